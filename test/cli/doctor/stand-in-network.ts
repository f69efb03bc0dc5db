/** EC2, as far as a network is looked at: its own dialect of the Query protocol, with lists of <item>. */
import type { Answer, StandIn } from './protocol';
import type { World } from './world';

type Fields = Record<string, unknown>;

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => `<item>${xml(entry)}</item>`).join('');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `<${key}>${xml(entry)}</${key}>`)
    .join('');
}

const headers = { 'content-type': 'text/xml' };

const OPERATIONS: Record<string, (world: World, input: Record<string, unknown>) => Fields> = {
  DescribeRouteTables: ({ network }) => ({
    routeTableSet: network.tables.map(({ main, subnets, routes }) => ({
      associationSet: [...(main ? [{ main: true }] : []), ...subnets.map((subnetId) => ({ main: false, subnetId }))],
      routeSet: [{ destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local', state: 'active' }, ...routes],
    })),
  }),
  DescribeVpcAttribute: ({ network }, { Attribute }) => {
    const name = String(Attribute) as 'enableDnsSupport' | 'enableDnsHostnames';
    return { [name]: { value: network[name] } };
  },
  DescribeVpcEndpoints: ({ network }) => ({
    vpcEndpointSet: network.endpoints.map(({ name, state }) => ({ serviceName: `com.amazonaws.ap-northeast-1.${name}`, state })),
  }),
};

export const ec2: StandIn = {
  prefix: 'ec2',
  read({ body }) {
    const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    return { operation: Action, input };
  },
  answer(world, { operation, input }): Answer {
    const run = OPERATIONS[operation];
    if (!run) throw new Error(`The stand-in has no ec2:${operation}`);
    // Only of the VPC that is asked for.
    const asked = input['Filter.1.Value.1'] ?? input.VpcId;
    if (asked !== world.network.vpc) throw new Error(`The stand-in knows ${world.network.vpc}, not ${asked}`);
    return { headers, body: xml({ [`${operation}Response`]: run(world, input) }) };
  },
  // Its code for a call that IAM denies: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  refuse: ({ code, message, status }) => ({
    status,
    headers,
    body: xml({
      Response: {
        Errors: { Error: { Code: code.replace('AccessDeniedException', 'UnauthorizedOperation'), Message: message } },
        RequestID: '1',
      },
    }),
  }),
};

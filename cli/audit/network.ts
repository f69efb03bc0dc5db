/** The ways out: which function calls what, and what the network lets it reach. */
import { CALLS, callsWithoutEndpoint, functionsOf, WAYS } from '../../config/switches/calls';
import type { FunctionName } from '../../config/switches/functions';
import type { Config } from '../../config/schema';
import { at, list, number, object, text } from '../../handlers/domain/text/reading';
import { type AuditedStack, type Place, type Resource, resourcesOf, several } from './assembly';
import { type AuditedRole, rolesOf } from './rights';
import { namerOf, type Namer } from './value';

export interface WayOut {
  /** Of the function. */
  anchor: string;
  name: string;
  place: Place;
  /** `own`: it stands in a VPC; `lambda`: in Lambda's own network, from which all can be reached. */
  network: 'vpc' | 'lambda';
  /** What the code calls, by its table; where no table says it, the services in which its role has a right. */
  calls: { service: string; by: 'endpoint' | 'way out' }[];
  /** What its security groups let out: `tcp 443 → 0.0.0.0/0`. */
  egress: string[];
}

/** Whatever else lets traffic in or out: gateways, endpoints, public addresses of functions. */
export interface Opening {
  anchor: string;
  type: string;
  name: string;
}

const OPENINGS = [
  ...['NatGateway', 'InternetGateway', 'EgressOnlyInternetGateway', 'TransitGatewayAttachment', 'VPCEndpoint', 'VPCPeeringConnection'].map(
    (name) => `AWS::EC2::${name}`,
  ),
  ...['AWS::Lambda::Url', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
];

/**
 * What CloudFormation calls for a resource answers to an address in S3 that it is given, signed for this one answer.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export const RESPONSE_URL = 's3 (CloudFormation’s ResponseURL)';

export function waysOut(stacks: readonly AuditedStack[], { settings }: Config): WayOut[] {
  const enrolls = settings.enablement.mode === 'stack-sets';
  const calling = { ...settings.regions, model: settings.model.enabled, enrolls };
  const endpoints: readonly string[] = settings.network?.endpoints ?? [];
  return stacks.flatMap((stack) => {
    const namer = namerOf(stack);
    const roles = rolesOf([stack]);
    const answering = stack.resources.map(({ properties }) => namer.resourceOf(properties.ServiceToken)?.anchor);
    return resourcesOf([stack], 'AWS::Lambda::Function').map((resource): WayOut => {
      const name =
        stack.place === 'security' ? functionsOf(calling).find((each) => resource.name.toLowerCase().startsWith(each)) : undefined;
      const groups = list(at(resource.properties, 'VpcConfig', 'SecurityGroupIds'));
      const inVpc = resource.properties.VpcConfig !== undefined;
      return {
        anchor: resource.anchor,
        name: resource.name,
        place: stack.place,
        network: inVpc ? 'vpc' : 'lambda',
        calls: [
          ...(name === undefined
            ? servicesOf(namer.resourceOf(resource.properties.Role), roles)
            : callsOf(name, endpoints, calling, inVpc)),
          ...(answering.includes(resource.anchor) ? [{ service: RESPONSE_URL, by: 'way out' as const }] : []),
        ],
        egress: groups.flatMap((group) => egressOf(group, namer)),
      };
    });
  });
}

function servicesOf(role: Resource | undefined, roles: readonly AuditedRole[]): WayOut['calls'] {
  const rights = roles.find(({ anchor }) => anchor === role?.anchor)?.rights ?? [];
  const services = rights.flatMap(({ effect, actions }) => (effect === 'Deny' ? [] : actions.map((action) => action.split(':')[0] ?? '')));
  return [...new Set(services)].filter((service) => service !== 'logs').map((service) => ({ service, by: 'way out' }));
}

function callsOf(
  name: FunctionName,
  endpoints: readonly string[],
  calling: Parameters<typeof callsWithoutEndpoint>[2],
  inVpc: boolean,
): WayOut['calls'] {
  const outside = callsWithoutEndpoint(name, endpoints, calling);
  const model = (called: string) => called !== 'bedrock-runtime' || calling.model;
  const own = CALLS[name].filter(model).map((service) => {
    const by: 'endpoint' | 'way out' = inVpc && !outside.includes(service) && WAYS[service] !== 'outside' ? 'endpoint' : 'way out';
    return { service, by };
  });
  const abroad = outside.filter((each) => !own.some(({ service }) => service === each));
  return [...own, ...abroad.map((service) => ({ service, by: 'way out' as const }))];
}

function egressOf(group: unknown, { resourceOf, named }: Namer): string[] {
  const resource = resourceOf(group);
  if (!resource) return [`as security group ${named(group)} lets out`];
  return several(resource.properties.SecurityGroupEgress).map((rule) => {
    const { IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, DestinationPrefixListId, DestinationSecurityGroupId } = object(rule);
    const ports = number(FromPort) === number(ToPort) ? `${FromPort}` : `${FromPort}–${ToPort}`;
    const to = [CidrIp, CidrIpv6, DestinationPrefixListId, DestinationSecurityGroupId].find((each) => each !== undefined);
    return `${text(IpProtocol) ?? ''} ${ports} → ${named(to)}`;
  });
}

export function openingsOf(stacks: readonly AuditedStack[]): Opening[] {
  return resourcesOf(stacks, ...OPENINGS).map(({ anchor, type, name }) => ({ anchor, type, name }));
}

/** Where the deliver function's posts go, as its environment says. */
export function slackAddress(stacks: readonly AuditedStack[]): { anchor: string; url: string } | undefined {
  const found = resourcesOf(stacks, 'AWS::Lambda::Function').find(
    ({ properties }) => at(properties, 'Environment', 'Variables', 'SLACK_API_URL') !== undefined,
  );
  return found && { anchor: found.anchor, url: String(at(found.properties, 'Environment', 'Variables', 'SLACK_API_URL')) };
}

/** Whether the functions in a VPC get to Slack and to what they call of AWS, as far as routes and endpoints tell. */
import type { Route } from '@aws-sdk/client-ec2';
import type { NetworkSettings } from '../../../config/switches/network';
import { check, counted, fail, type Item, pass, type Remedy, skipped } from '../check';
import type { Context } from '../context';

const TITLE = 'Network';

/** @param before only what is there already can be looked at. */
export function networkChecks(network: NetworkSettings | undefined, before = false) {
  if (network === undefined || (before && network.vpc === 'own')) return [];
  const needs = [before ? 'caller' : 'system.stack'];
  return [check({ id: 'system.network', group: 'This system', title: TITLE, needs }, (context) => examined(context, network))];
}

async function examined(context: Context, network: NetworkSettings) {
  const { vpcId, subnetIds } = await places(context, network);
  if (!vpcId || subnetIds.length === 0) return skipped('the stack as deployed has no network: it is made with the next deployment');
  const { network: reads, config } = context;
  const { home } = config.settings.regions;
  const ways = await reads.waysOut(vpcId, subnetIds);
  const { support, hostnames } = await reads.resolution(vpcId);
  const there = (await reads.endpoints(vpcId)).filter(({ State }) => /^available$/i.test(String(State)));
  const names = there.map(({ ServiceName = '' }) => ServiceName.slice(ServiceName.indexOf(`.${home}.`) + home.length + 2));

  const items: Item[] = [];
  const remedies: Remedy[] = [];
  const found = (line: string, data: Record<string, unknown>, remedy: Remedy) => {
    items.push({ line, data });
    if (!remedies.some(({ say }) => say === remedy.say)) remedies.push(remedy);
  };
  for (const [subnet, way] of ways) {
    const why = wrong(way);
    if (why) found(`${subnet}  ${why}`, { subnet, why }, WAY_OUT);
  }
  const turnOn = (attribute: string): Remedy => ({
    say: `Turn ${attribute} on, or nothing is found by its name:`,
    command: `aws ec2 modify-vpc-attribute --region ${home} --vpc-id ${vpcId} --enable-dns-${attribute}`,
  });
  if (!support) found(`${vpcId}  names are not resolved in it`, { vpc: vpcId, why: 'no DNS support' }, turnOn('support'));
  if (!hostnames && network.endpoints.length > 0)
    found(
      `${vpcId}  has no DNS host names, which the endpoints' names need`,
      { vpc: vpcId, why: 'no DNS host names' },
      turnOn('hostnames'),
    );
  for (const endpoint of network.endpoints.filter((name) => !names.includes(name)))
    found(`${endpoint}  has no endpoint that is available`, { endpoint }, MAKE_ENDPOINT);
  if (items.length > 0)
    return fail(`functions in ${vpcId} do not reach all that they call: ${counted(items.length, 'fault')}`, remedies, items);
  const out = [...new Set([...ways.values()].map((way) => target(way ?? {})))].join(', ');
  const by = names.length > 0 ? `; endpoints of ${[...new Set(names)].sort().join(', ')}` : '';
  return pass(`${counted(subnetIds.length, 'subnet leads', 'subnets lead')} out by ${out}${by}`);
}

const WAY_OUT: Remedy = {
  say: 'Slack is reached from the internet alone. Give the route table of each subnet a route 0.0.0.0/0 to a NAT gateway, a transit gateway or a firewall that lets 443 out, or name other subnets in network.subnetIds.',
};
const MAKE_ENDPOINT: Remedy = {
  say: 'Make the endpoint, with private DNS and a security group that lets in 443 from the functions; or take it out of network.endpoints: it is then reached by the way out.',
};

/** The stack names what it used; before it is there, the settings do. */
async function places({ stack }: Context, network: NetworkSettings): Promise<{ vpcId?: string; subnetIds: string[] }> {
  const { vpc, subnets } = network.vpc === 'own' ? await stack.network() : { vpc: network.vpcId, subnets: network.subnetIds };
  return { vpcId: vpc, subnetIds: subnets ?? [] };
}

function target({ NatGatewayId, TransitGatewayId, GatewayId, NetworkInterfaceId, VpcPeeringConnectionId }: Route): string {
  return NatGatewayId ?? TransitGatewayId ?? GatewayId ?? NetworkInterfaceId ?? VpcPeeringConnectionId ?? 'another way';
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html */
function wrong(way: Route | undefined): string | undefined {
  if (!way) return 'has no route to the internet';
  if (way.State === 'blackhole') return `its route leads to ${target(way)}, which is gone`;
  if (way.GatewayId?.startsWith('igw-')) return 'is a public subnet: a function has no public address, so nothing it sends comes back';
  if (way.VpcPeeringConnectionId) return 'leads to a peered VPC, and a peering lets nothing through to the internet';
  return undefined;
}

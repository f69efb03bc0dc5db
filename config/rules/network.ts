/** The network: whole, of one kind, and such that each call of each function has a way. */
import type { Fault } from '../mistake';
import { type ConfigPath, texts, valueAt } from '../path';
import { callsWithoutEndpoint, type Calling, ENDPOINTS, functionsOf, isOffered } from '../switches/calls';
import { EGRESS } from '../switches/network';
import { settingsFault, type SettingsRule } from './fault';

const PATH = ['network'];
/** What is said of one kind of VPC only, and what that kind cannot do without. */
const KINDS = {
  own: {
    keys: ['zones', 'availabilityZones', 'cidr', 'transitGatewayId', 'dynamodbPrefixList'],
    needed: [],
    egress: ['nat', 'nat-per-zone', 'transit-gateway', 'none'],
  },
  existing: { keys: ['vpcId', 'subnetIds', 'securityGroupIds'], needed: ['vpcId', 'subnetIds'], egress: ['existing', 'none'] },
} as const;
const EXAMPLE_CIDR = 'Write for example "10.255.0.0/24".';
const EXAMPLES: Record<string, string> = {
  cidr: '"10.20.30.0/24"',
  vpcId: '"vpc-0a1b2c3d4e5f60718"',
  subnetIds: '["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]',
  transitGatewayId: '"tgw-0a1b2c3d4e5f60718"',
};

export function checkNetwork(raw: unknown): Fault[] {
  const network = valueAt(raw, PATH);
  const vpc = valueAt(network, ['vpc']);
  if (vpc !== 'own' && vpc !== 'existing') return [];
  const egress = valueAt(network, ['egress']);
  return [
    ...checkKind(network, vpc),
    ...(EGRESS.some((known) => known === egress) ? checkEgress(network, vpc, String(egress)) : []),
    ...checkZones(network),
    ...checkZonesOf(raw),
    ...checkCidr(network),
    ...checkEndpoints(raw),
    ...checkIdle(raw, vpc),
    ...(egress === 'none' ? checkWayOut(raw, vpc) : []),
  ];
}

const at = (rule: SettingsRule, key: ConfigPath, message: string, remedy: string) =>
  settingsFault(rule, [...PATH, ...key], message, remedy);
const has = (network: unknown, key: string) => valueAt(network, [key]) !== undefined;
const missing = (key: string, message: string) => at('network-key-missing', [key], message, `Write for example ${EXAMPLES[key]}.`);

function checkKind(network: unknown, vpc: 'own' | 'existing'): Fault[] {
  const other = vpc === 'own' ? 'existing' : 'own';
  return [
    ...KINDS[other].keys
      .filter((key) => has(network, key))
      .map((key) =>
        at('network-key-other', [key], `this is said of a VPC that is ${other}, and vpc is ${vpc}`, `Remove it, or write vpc: ${other}.`),
      ),
    ...KINDS[vpc].needed
      .filter((key) => !has(network, key))
      .map((key) => missing(key, 'this key is missing: an existing VPC is given by its id and those of its private subnets')),
  ];
}

function checkEgress(network: unknown, vpc: 'own' | 'existing', egress: string): Fault[] {
  const known: readonly string[] = KINDS[vpc].egress;
  if (!known.includes(egress))
    return [at('network-egress', ['egress'], `a VPC that is ${vpc} cannot have the way out ${egress}`, `Write ${known[0]}.`)];
  if (vpc === 'existing') return [];
  const through = egress === 'transit-gateway';
  if (through)
    return [
      ...(has(network, 'transitGatewayId') ? [] : [missing('transitGatewayId', 'this key is missing: the way out is a transit gateway')]),
      // Two networks behind a gateway with the same addresses: neither finds its way back.
      ...(has(network, 'cidr')
        ? []
        : [missing('cidr', 'this key is missing: behind a transit gateway nobody else may have these addresses')]),
    ];
  if (has(network, 'transitGatewayId'))
    return [
      at(
        'network-key-other',
        ['transitGatewayId'],
        `the way out is ${egress}, and no transit gateway`,
        'Remove it, or write egress: transit-gateway.',
      ),
    ];
  return [];
}

function checkZones(network: unknown): Fault[] {
  if (!has(network, 'zones') || !has(network, 'availabilityZones')) return [];
  return [at('network-zones-twice', ['zones'], 'the zones are named beside it, so their number is said twice', 'Remove it, or the names.')];
}

/** A zone is called after its Region. */
function checkZonesOf(raw: unknown): Fault[] {
  const home = valueAt(raw, ['regions', 'home']);
  return texts(valueAt(raw, [...PATH, 'availabilityZones'])).flatMap((zone, index) => {
    const region = /^(.*\d)[a-z]$/.exec(zone)?.[1];
    if (typeof home !== 'string' || region === undefined || region === home) return [];
    const message = `"${zone}" is a zone of ${region}, and the functions run in the home Region, ${home}`;
    return [at('network-zone-region', ['availabilityZones', index], message, `Write for example ${home}${zone.slice(-1)}.`)];
  });
}

/** EC2 would take 10.1.1.0/16 for 10.1.0.0/16 without a word. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
function checkCidr(network: unknown): Fault[] {
  const cidr = valueAt(network, ['cidr']);
  const [, address, length] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d+)$/.exec(String(cidr)) ?? [];
  if (address === undefined) return [];
  const parts = address.split('.').map(Number);
  const tooBig = parts.find((part) => part > 255);
  if (tooBig !== undefined)
    return [at('network-cidr', ['cidr'], `"${cidr}" has the number ${tooBig}, and those of an address end at 255`, EXAMPLE_CIDR)];
  const kept = Number(length);
  const first = parts.map((part, index) => part & (0xff << Math.min(8, Math.max(0, 8 * (index + 1) - kept)))).join('.');
  if (first === address) return [];
  const message = `"${cidr}" does not begin where its ${2 ** (32 - kept)} addresses do`;
  return [at('network-cidr', ['cidr'], message, `Write "${first}/${length}", or a longer prefix.`)];
}

function checkEndpoints(raw: unknown): Fault[] {
  const home = String(valueAt(raw, ['regions', 'home']));
  return texts(valueAt(raw, [...PATH, 'endpoints'])).flatMap((name, index) => {
    const endpoint = ENDPOINTS.find((each) => each === name);
    if (endpoint === undefined || isOffered(endpoint, home)) return [];
    const message = `AWS has an interface endpoint of ${name} in us-east-1 only, and the home Region is ${home}: it is reached by the way out`;
    return [at('network-endpoint-region', ['endpoints', index], message, 'Remove it.')];
  });
}

/** What is written and changes nothing. */
function checkIdle(raw: unknown, vpc: 'own' | 'existing'): Fault[] {
  if (vpc === 'existing') return [];
  const endpoints = texts(valueAt(raw, [...PATH, 'endpoints']));
  const calling = callingOf(raw);
  const closed = functionsOf(calling).some((name) => callsWithoutEndpoint(name, endpoints, calling).length === 0);
  const bedrock = endpoints.indexOf('bedrock-runtime');
  return [
    ...(valueAt(raw, [...PATH, 'dynamodbPrefixList']) !== undefined && !closed
      ? [
          at(
            'network-idle',
            ['dynamodbPrefixList'],
            'every function still calls something that has no endpoint here, so each keeps the way out',
            'Remove it, or add sqs to network.endpoints.',
          ),
        ]
      : []),
    ...(bedrock >= 0 && !calling.model
      ? [
          at(
            'network-idle',
            ['endpoints', bedrock],
            'model.enabled is false, so nobody calls Bedrock, and the endpoint costs',
            'Remove it.',
          ),
        ]
      : []),
  ];
}

function callingOf(raw: unknown): Calling {
  return {
    home: String(valueAt(raw, ['regions', 'home'])),
    linked: texts(valueAt(raw, ['regions', 'linked'])),
    model: valueAt(raw, ['model', 'enabled']) !== false,
    enrolls: (valueAt(raw, ['enablement', 'mode']) ?? 'stack-sets') === 'stack-sets',
  };
}

/** Slack has no endpoint, so this is refused always: it says what else would have no way. */
function checkWayOut(raw: unknown, vpc: 'own' | 'existing'): Fault[] {
  const calling = callingOf(raw);
  const { home } = calling;
  const endpoints = texts(valueAt(raw, [...PATH, 'endpoints']));
  const unreached = functionsOf(calling)
    .map((name) => ({ name, calls: callsWithoutEndpoint(name, endpoints, calling) }))
    .filter(({ calls }) => calls.length > 0)
    .map(({ name, calls }) => `${name} could not reach ${calls.join(', ')}`);
  const offered = ENDPOINTS.filter((name) => isOffered(name, home)).join(', ');
  const message = `nothing leads out of this network, and Slack has no endpoint in any: ${unreached.join('; ')}`;
  const remedy = `Write ${KINDS[vpc].egress[0]}; what of it is AWS's need not go that way: endpoints may name ${offered}.`;
  return [at('network-no-way-out', ['egress'], message, remedy)];
}

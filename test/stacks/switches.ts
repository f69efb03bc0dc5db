/** The switches of a deployment, and sets of settings in which every two values of two switches meet. */
import { type Config, routesSchema } from '../../config/schema';
import type { Fault } from '../../config/mistake';
import { validate } from '../../config/validate';
import { NOW } from '../config/folder';

type Patch = Record<string, unknown>;
/** What a value writes into settings.yaml; for some it depends on the home Region. */
type Value = Patch | ((home: string) => Patch);

const subnetIds = ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'];
const endpoints = (home: string) => [
  ...['sqs', 'secretsmanager', 'securityhub', 'bedrock-runtime'],
  ...(home === 'us-east-1' ? ['organizations'] : []),
];
const keyArn = (home: string) =>
  `arn:${home.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'}:kms:${home}:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const each = (limits: (name: string) => Patch) => ({
  functions: Object.fromEntries(['intake', 'deliver', 'tick'].map((name) => [name, limits(name)])),
});
const WORKDAYS = { from: '08:30', to: '19:00', days: ['MON', 'TUE', 'WED', 'THU', 'FRI'] };

/** A switch is a line: its name, and its values by name. The first value of each is what is so without a word. */
export const SWITCHES: Record<string, Record<string, Value>> = {
  network: {
    none: {},
    'own, NAT, endpoints': (home) => ({
      network: { vpc: 'own', zones: 3, egress: 'nat-per-zone', endpoints: endpoints(home), dynamodbPrefixList: 'pl-0a1b2c3d' },
    }),
    'own, transit gateway': { network: { vpc: 'own', egress: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d', cidr: '10.20.30.0/24' } },
    existing: { network: { vpc: 'existing', vpcId: 'vpc-0a1b2c3d', subnetIds } },
  },
  keys: { 'as ever': {}, own: { keys: { all: 'own' } }, existing: (home) => ({ keys: { all: keyArn(home), secrets: 'aws' } }) },
  limits: { measured: {}, others: each((name) => ({ memoryMb: 2048, timeoutSeconds: name === 'tick' ? 100 : 300 })) },
  reserved: { none: {}, few: each(() => ({ reservedConcurrency: 5 })) },
  provisioned: {
    none: {},
    always: each(() => ({ provisionedConcurrency: 2 })),
    hours: each(() => ({ provisionedConcurrency: 1, provisionedHours: WORKDAYS })),
  },
  deployment: { 'all-at-once': {}, canary: { deployment: 'canary' }, linear: { deployment: 'linear' } },
  metrics: { on: {}, off: { metrics: false } },
  tracing: { off: {}, on: { tracing: true } },
  allTo: { none: {}, one: { allTo: 'C0TRIALS001' } },
  mode: {
    'stack-sets': { enablement: { targets: ['r-ab12'] } },
    'central-configuration': { enablement: { mode: 'central-configuration', targets: ['r-ab12'] } },
    none: { enablement: { mode: 'none' } },
  },
  model: { on: {}, off: { model: { enabled: false } } },
  alarms: {
    emails: { alarms: { emails: ['sec-ops@example.com'], silenceHours: 24 } },
    topic: (home) => ({
      alarms: {
        topicArn: keyArn(home)
          .replace(/:kms:/, ':sns:')
          .replace(/key\/.*/, 'alarms'),
      },
    }),
  },
  where: {
    Tokyo: {
      regions: { home: 'ap-northeast-1', linked: ['us-east-1'] },
      model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    },
    Virginia: {
      regions: { home: 'us-east-1', linked: ['us-west-2'] },
      model: { profiles: ['us.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    },
    GovCloud: {
      regions: { home: 'us-gov-west-1', linked: ['us-gov-east-1'] },
      model: { profiles: ['us-gov.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    },
  },
};

/** By the name of the switch, the name of its value. */
export type Choice = Record<string, string>;

const names = Object.keys(SWITCHES);
const valuesOf = (name: string) => Object.keys(SWITCHES[name] ?? {});
const pairOf = (a: string, one: string, b: string, other: string) => [`${a}=${one}`, `${b}=${other}`].sort().join(' & ');

/** Every two values of two switches. */
export function allPairs(): Set<string> {
  return new Set(
    names.flatMap((a, index) =>
      names.slice(index + 1).flatMap((b) => valuesOf(a).flatMap((one) => valuesOf(b).map((other) => pairOf(a, one, b, other)))),
    ),
  );
}

export function pairsIn(choice: Choice): string[] {
  const chosen = Object.entries(choice);
  return chosen.flatMap(([a, one], index) => chosen.slice(index + 1).map(([b, other]) => pairOf(a, one, b, other)));
}

/** Greedy: each set takes, switch by switch, the value that meets most of what has not met yet. The best of some orders. */
export function covering(): Choice[] {
  fewest ??= fewestOf();
  return fewest;
}
let fewest: Choice[] | undefined;

function fewestOf(): Choice[] {
  const orders = names.map((_, index) => [...names.slice(index), ...names.slice(0, index)]);
  const found = [...orders, ...orders.map((order) => [...order].reverse())].map(coveringIn);
  return found.reduce((best, sets) => (sets.length < best.length ? sets : best));
}

function coveringIn(order: readonly string[]): Choice[] {
  const missing = allPairs();
  const sets: Choice[] = [];
  while (missing.size > 0) {
    const [first = ''] = missing;
    const choice: Choice = Object.fromEntries(first.split(' & ').map((half) => half.split('=') as [string, string]));
    for (const name of order.filter((each) => !(each in choice))) {
      const gain = (value: string) => pairsIn({ ...choice, [name]: value }).filter((pair) => missing.has(pair)).length;
      choice[name] = valuesOf(name).reduce((best, value) => (gain(value) > gain(best) ? value : best));
    }
    for (const pair of pairsIn(choice)) missing.delete(pair);
    sets.push(choice);
  }
  return sets;
}

function merged(below: Patch, above: Patch): Patch {
  const both = (value: unknown, other: unknown) =>
    [value, other].every((each) => each !== null && typeof each === 'object' && !Array.isArray(each))
      ? merged(value as Patch, other as Patch)
      : other;
  return {
    ...below,
    ...Object.fromEntries(Object.entries(above).map(([key, value]) => [key, key in below ? both(below[key], value) : value])),
  };
}

const BASE: Patch = {
  organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
  slack: { tokenSecret: 'security-hub-interpreter/slack' },
};
const ROUTES = { receivers: { 'sec-ops': { channel: 'C0SECOPS001' } }, route: { receiver: 'sec-ops' } };

/** @returns the configuration as the rules of settings.yaml let it pass, and their errors. */
export function configurationOf(choice: Choice): { config?: Config; errors: Fault[] } {
  const where = SWITCHES.where?.[choice.where ?? 'Tokyo'] as { regions: { home: string } };
  const settings = names.reduce((written, name) => {
    const value = SWITCHES[name]?.[choice[name] ?? valuesOf(name)[0] ?? ''] ?? {};
    return merged(written, typeof value === 'function' ? value(where.regions.home) : value);
  }, BASE);
  const { config, faults } = validate({ settings, routes: routesSchema.parse(ROUTES) }, NOW);
  return { config, errors: faults.filter(({ level }) => level === 'error') };
}

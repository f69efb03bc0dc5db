/** What must hold of settings.yaml, and between it and routes.yaml, beyond the shape. */
import { isOptIn, partitionOf } from '../../config/partitions';
import { mistakesOf, removeFolders, routesWith, SETTINGS, said } from './folder';

afterAll(removeFolders);

const TARGETS = 'enablement: { targets: [r-ab12] }';
const REGIONS = 'home: ap-northeast-1, linked: [us-east-1, eu-west-1]';
const PROFILE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';

const settingsCases: [fact: string, from: string, to: string, expected: string[]][] = [
  [
    'a mode that turns Security Hub on needs targets',
    TARGETS,
    'enablement: { mode: central-configuration }',
    ['error enablement.targets: mode central-configuration turns Security Hub on in the accounts of its targets, and none is named'],
  ],
  ['so does the default mode', `${TARGETS}\n`, '', ['error enablement.targets: mode stack-sets turns Security Hub on']],
  ['mode none needs no targets', TARGETS, 'enablement: { mode: none }', []],
  [
    'mode none with targets is a warning',
    TARGETS,
    'enablement: { mode: none, targets: [r-ab12] }',
    ['warning enablement.targets: mode none turns nothing on'],
  ],
  [
    'a target listed twice is refused',
    TARGETS,
    'enablement: { targets: [ou-ab12-prod0001, ou-ab12-stag0001, ou-ab12-prod0001] }',
    ['error enablement.targets[2]: "ou-ab12-prod0001" is listed twice'],
  ],
  [
    'an OU beside the root is a warning',
    TARGETS,
    'enablement: { targets: [ou-ab12-prod0001, r-ab12] }',
    ['warning enablement.targets[0]: "ou-ab12-prod0001" lies below the root "r-ab12", which is a target as well'],
  ],
  [
    'a second root is refused',
    TARGETS,
    'enablement: { targets: [r-ab12, r-cd34] }',
    ['error enablement.targets[1]: "r-cd34" is a second root beside "r-ab12"'],
  ],
  [
    'a standard listed twice is refused',
    TARGETS,
    'enablement: { targets: [r-ab12], standards: [pci-dss/v/4.0.1, nist-800-53/v/5.0.0, pci-dss/v/4.0.1] }',
    ['error enablement.standards[2]: "pci-dss/v/4.0.1" is listed twice'],
  ],
  ['an aggregator for no linked Region is fine', ', linked: [us-east-1, eu-west-1]', '', []],
  [
    'Regions of two partitions do not go together',
    'us-east-1, eu-west-1',
    'us-east-1, us-gov-east-1, cn-north-1',
    [
      'error regions.linked[1]: "us-gov-east-1" belongs to AWS GovCloud (US) and the home Region "ap-northeast-1" to the commercial Regions',
      'error regions.linked[2]: "cn-north-1" belongs to the Regions in China and the home Region "ap-northeast-1" to the commercial Regions',
    ],
  ],
  [
    'an opt-in Region as the home Region is a warning',
    `${REGIONS} }\nmodel: { profiles: ["jp.`,
    'home: me-south-1, linked: [us-east-1, eu-west-1, ap-east-1] }\nmodel: { profiles: ["global.',
    ['warning regions.home: "me-south-1" is an opt-in Region, and AWS accepts none of those as the home Region'],
  ],
  [
    'a profile of GovCloud does not work elsewhere',
    'jp.anthropic',
    'us-gov.anthropic',
    [
      `error model.profiles[0]: "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0" is an inference profile of AWS GovCloud (US) and the home Region "ap-northeast-1" lies in the commercial Regions.  Write jp.anthropic.claude-haiku-4-5-20251001-v1:0 or global.anthropic.claude-haiku-4-5-20251001-v1:0, or the id of a model.`,
    ],
  ],
  [
    'a commercial profile does not work in GovCloud',
    REGIONS,
    'home: us-gov-west-1, linked: [us-gov-east-1]',
    [
      `error model.profiles[0]: "${PROFILE}" is an inference profile of the commercial Regions and the home Region "us-gov-west-1" lies in AWS GovCloud (US).  Write us-gov.anthropic.claude-haiku-4-5-20251001-v1:0, or the id of a model.`,
    ],
  ],
  [
    'nor in a partition without profiles',
    REGIONS,
    'home: cn-north-1',
    [
      `error model.profiles[0]: "${PROFILE}" is an inference profile of the commercial Regions and the home Region "cn-north-1" lies in the Regions in China.  Name the id of a model that is offered there, or set model.enabled to false.`,
    ],
  ],
  ['with the model off, its profile is used nowhere', `${REGIONS} }\nmodel: {`, 'home: cn-north-1 }\nmodel: { enabled: false,', []],
  ['the id of a model is of no partition', `${REGIONS} }\nmodel: { profiles: ["jp.`, 'home: us-gov-west-1 }\nmodel: { profiles: ["', []],
];

test.each(settingsCases)('%s', (_fact, from, to, expected) => {
  const settings = SETTINGS.replace(from, to);
  expect(settings).not.toBe(SETTINGS);
  const lines = said(mistakesOf({ settings }));
  expect(lines).toHaveLength(expected.length);
  for (const part of expected) expect(lines).toContainEqual(expect.stringContaining(part));
});

const receiverCases: [fact: string, from: string, to: string, expected: string[]][] = [
  [
    'a receiver with both addresses is refused',
    'channel: C0WORKLD001',
    'channel: C0WORKLD001, webhookSecret: interpreter/workloads',
    ['error receivers.workloads.webhookSecret: "workloads" has both a channel and a webhookSecret'],
  ],
  [
    'a receiver without an address is refused',
    'channel: C0WORKLD001',
    'language: en',
    ['error receivers.workloads: "workloads" has neither a channel nor a webhookSecret'],
  ],
  [
    'a webhook may mention people',
    'channel: C0WORKLD001',
    'webhookSecret: interpreter/workloads, mentions: { CRITICAL: [U0ONCALL01] }',
    [],
  ],
  [
    'a receiver that is another one once more is a warning',
    '{ channel: C0WORKLD001 }',
    '{ channel: C0SECOPS001 }',
    ['warning receivers.workloads: "workloads" is "sec-ops" once more'],
  ],
  ['two receivers may share a channel and differ', 'C0WORKLD001', 'C0SECOPS001, mentions: { CRITICAL: [U0ONCALL01] }', []],
];

test.each(receiverCases)('%s', (_fact, from, to, expected) => {
  const routes = routesWith('').replace(from, to);
  expect(routes).not.toBe(routesWith(''));
  const lines = said(mistakesOf({ routes }));
  expect(lines).toHaveLength(expected.length);
  for (const part of expected) expect(lines).toContainEqual(expect.stringContaining(part));
});

test('a channel needs the secret of the bot token, and webhooks alone need none', () => {
  const settings = SETTINGS.replace(/^slack:.*\n/m, '');
  const webhooks = routesWith('').replace(/channel: C0(\w+)/g, (_, name: string) => `webhookSecret: interpreter/${name}`);
  expect(said(mistakesOf({ settings }))).toEqual([
    expect.stringContaining('error slack.tokenSecret: "sec-ops" of routes.yaml is told in a channel, for which the bot needs its token'),
  ]);
  expect(mistakesOf({ settings, routes: webhooks })).toEqual([]);
  expect(said(mistakesOf({ routes: webhooks }))).toEqual([
    expect.stringContaining('warning slack.tokenSecret: every receiver of routes.yaml is an incoming webhook'),
  ]);
});

test('an empty Region is said to be empty, and nothing else is said of it', () => {
  const settings = (from: string) => ({ settings: SETTINGS.replace(from, "''") });
  const routes = { routes: routesWith("- { match: { region: '' }, receiver: workloads }") };
  for (const files of [settings('ap-northeast-1'), settings('us-east-1'), routes])
    expect(said(mistakesOf(files))).toEqual([expect.stringContaining('"": name a Region.')]);
});

test('of an aggregator that is not for the linked Regions alone, nobody knows what never arrives', () => {
  const routes = routesWith('- { match: { region: us-west-2 }, receiver: workloads }');
  const mistakeCount = (aggregator: string) =>
    mistakesOf({ routes, settings: SETTINGS.replace('eu-west-1]', `eu-west-1], aggregator: ${aggregator}`) }).length;
  expect([mistakeCount('linked'), mistakeCount('all'), mistakeCount('existing')]).toEqual([1, 0, 0]);
});

test.each([
  ['us-east-1', 'aws', false],
  ['ap-northeast-1', 'aws', false],
  ['ap-east-1', 'aws', true],
  ['mx-central-1', 'aws', true],
  ['us-gov-east-1', 'aws-us-gov', false],
  ['cn-northwest-1', 'aws-cn', false],
  ['eusc-de-east-1', 'aws-eusc', false],
  ['us-isob-east-1', 'aws-iso', false],
  ['us-iso-west-1', 'aws-iso', false],
])('%s is in partition %s, and that it is opt-in is %s', (region, partition, optIn) => {
  expect([partitionOf(region), isOptIn(region)]).toEqual([partition, optIn]);
});

test('no account has to enable one of the seventeen Regions that AWS has on by default', () => {
  // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html, in the order of that page.
  const on =
    'us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-3 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ' +
    'ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1';
  expect(on.split(' ').filter(isOptIn)).toEqual([]);
});

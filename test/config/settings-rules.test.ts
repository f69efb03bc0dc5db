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
    'a network that nothing leaves is refused, with what each function could not reach',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, egress: none, endpoints: [sqs, secretsmanager, securityhub, bedrock-runtime] }`,
    [
      'error network.egress: nothing leads out of this network, and Slack has no endpoint in any: intake could not reach organizations; deliver could not reach slack; enroll could not reach securityhub of us-east-1, securityhub of eu-west-1, organizations',
    ],
  ],
  [
    'an existing VPC is given by its id and its subnets',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: existing, vpcId: vpc-0a1b2c3d, zones: 3 }`,
    ['error network.zones: this is said of a VPC that is own, and vpc is existing', 'error network.subnetIds: this key is missing'],
  ],
  [
    'a transit gateway is a way out only where it is named, and named only where it is the way out',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, egress: transit-gateway }`,
    [
      'error network.transitGatewayId: this key is missing: the way out is a transit gateway',
      'error network.cidr: this key is missing: behind a transit gateway nobody else may have these addresses',
    ],
  ],
  [
    'a word for the way out that is not known is told once',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, egress: nat-gateway }`,
    ['error network.egress: "nat-gateway": this value is not known.  It is one of: nat, nat-per-zone'],
  ],
  [
    'addresses that EC2 would round, or that are none, are refused',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, cidr: 172.16.9.0/20 }`,
    ['error network.cidr: "172.16.9.0/20" does not begin where its 4096 addresses do.  Write "172.16.0.0/20", or a longer prefix'],
  ],
  ['and those that are whole are not', TARGETS, `${TARGETS}\nnetwork: { vpc: own, cidr: 192.168.48.0/20 }`, []],
  [
    'no part of an address is above 255',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, cidr: 10.256.0.0/16 }`,
    ['error network.cidr: "10.256.0.0/16" has the number 256'],
  ],
  [
    'an id that was cut off is none',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: existing, vpcId: vpc-0a1b2c3d4e, subnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e], dynamodbPrefixList: pl-0a1b2c3d }`,
    [
      'error network.vpcId: "vpc-0a1b2c3d4e": this is not the id of a VPC',
      'error network.dynamodbPrefixList: this is said of a VPC that is own, and vpc is existing',
    ],
  ],
  [
    'two subnets that are one are refused, and so is a day that is named twice',
    TARGETS,
    `${TARGETS}\ntimeZone: UTC\nnetwork: { vpc: existing, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3d] }\nfunctions: { tick: { provisionedConcurrency: 1, provisionedHours: { from: "08:00", to: "09:00", days: [MON, MON] } } }`,
    [
      'error network.subnetIds[1]: "subnet-0a1b2c3d" is listed twice',
      'error functions.tick.provisionedHours.days[1]: "MON" is listed twice',
    ],
  ],
  [
    'an endpoint of Bedrock is idle where the model is off',
    `model: { profile: "${PROFILE}" }`,
    `model: { enabled: false, profile: "${PROFILE}" }\nnetwork: { vpc: own, endpoints: [sqs, bedrock-runtime] }`,
    ['warning network.endpoints[1]: model.enabled is false, so nobody calls Bedrock'],
  ],
  [
    'a key is given by its id, which no name of it is',
    TARGETS,
    `${TARGETS}\nkeys: { queues: "arn:aws:kms:ap-northeast-1:222222222222:key/interpreter" }`,
    ['error keys.queues: "arn:aws:kms:ap-northeast-1:222222222222:key/interpreter": write aws, own, or the ARN of a key'],
  ],
  [
    'and that of a multi-Region key is one',
    TARGETS,
    `${TARGETS}\nkeys: { queues: "arn:aws:kms:ap-northeast-1:222222222222:key/mrk-1234abcd12ab34cd56ef1234567890ab" }`,
    [],
  ],
  [
    'an abbreviation is no time zone',
    TARGETS,
    `${TARGETS}\ntimeZone: JST`,
    [
      'error timeZone: "JST" is not the IANA name of a time zone: abbreviations mean several, and Application Auto Scaling knows none.  Write Asia/Tokyo',
    ],
  ],
  [
    'nor is a place in small letters',
    TARGETS,
    `${TARGETS}\ntimeZone: asia/tokyo`,
    ['error timeZone: "asia/tokyo" is not the IANA name of a time zone'],
  ],
  [
    'allTo that is neither an id nor a name is told once',
    TARGETS,
    `${TARGETS}\nallTo: "#trials"`,
    ['error allTo: "#trials": this is neither the id of a channel nor the name of a receiver'],
  ],
  [
    'text in place of a list is told once, and taken apart at its commas',
    TARGETS,
    `${TARGETS}\nnetwork: { vpc: own, availabilityZones: "ap-northeast-1a, ap-northeast-1c" }`,
    [
      'error network.availabilityZones: "ap-northeast-1a, ap-northeast-1c": a list is wanted here.  Write ["ap-northeast-1a", "ap-northeast-1c"]',
    ],
  ],
  [
    'of what is no day an example is given',
    TARGETS,
    `${TARGETS}\ntimeZone: UTC\nfunctions: { tick: { provisionedConcurrency: 1, provisionedHours: { from: "08:00", to: "09:00", days: MON-FRI } } }`,
    ['error functions.tick.provisionedHours.days: "MON-FRI": a list is wanted here.  Write for example ["SUN"]'],
  ],
  [
    'a key of another partition is refused, and one of the home Region is not',
    TARGETS,
    `${TARGETS}\nkeys: { logs: "arn:aws-cn:kms:ap-northeast-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab", queues: "arn:aws:kms:ap-northeast-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }`,
    ['error keys.logs: this key is in ap-northeast-1 of aws-cn, and what it would encrypt is in ap-northeast-1'],
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
    `${REGIONS} }\nmodel: { profile: "jp.`,
    'home: me-south-1, linked: [us-east-1, eu-west-1, ap-east-1] }\nmodel: { profile: "global.',
    ['warning regions.home: "me-south-1" is an opt-in Region, and AWS accepts none of those as the home Region'],
  ],
  [
    'a profile of GovCloud does not work elsewhere',
    'jp.anthropic',
    'us-gov.anthropic',
    [
      `error model.profile: "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0" is an inference profile of AWS GovCloud (US) and the home Region "ap-northeast-1" lies in the commercial Regions.  Write jp.anthropic.claude-haiku-4-5-20251001-v1:0 or global.anthropic.claude-haiku-4-5-20251001-v1:0, or the id of a model.`,
    ],
  ],
  [
    'a commercial profile does not work in GovCloud',
    REGIONS,
    'home: us-gov-west-1, linked: [us-gov-east-1]',
    [
      `error model.profile: "${PROFILE}" is an inference profile of the commercial Regions and the home Region "us-gov-west-1" lies in AWS GovCloud (US).  Write us-gov.anthropic.claude-haiku-4-5-20251001-v1:0, or the id of a model.`,
    ],
  ],
  [
    'nor in a partition without profiles',
    REGIONS,
    'home: cn-north-1',
    [
      `error model.profile: "${PROFILE}" is an inference profile of the commercial Regions and the home Region "cn-north-1" lies in the Regions in China.  Name the id of a model that is offered there, or set model.enabled to false.`,
    ],
  ],
  ['with the model off, its profile is used nowhere', `${REGIONS} }\nmodel: {`, 'home: cn-north-1 }\nmodel: { enabled: false,', []],
  ['the id of a model is of no partition', `${REGIONS} }\nmodel: { profile: "jp.`, 'home: us-gov-west-1 }\nmodel: { profile: "', []],
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

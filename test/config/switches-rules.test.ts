/** What the switches of a deployment may say, beyond the shape of each. */
import { mistakesOf, removeFolders, SETTINGS, said } from './folder';

afterAll(removeFolders);

const TARGETS = 'enablement: { targets: [r-ab12] }';
const PROFILE = 'jp.anthropic.claude-haiku-4-5-20251001-v1:0';

const switchCases: [fact: string, from: string, to: string, expected: string[]][] = [
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
    `model: { profiles: ["${PROFILE}"] }`,
    `model: { enabled: false, profiles: ["${PROFILE}"] }\nnetwork: { vpc: own, endpoints: [sqs, bedrock-runtime] }`,
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
];

test.each(switchCases)('%s', (_fact, from, to, expected) => {
  const settings = SETTINGS.replace(from, to);
  expect(settings).not.toBe(SETTINGS);
  const lines = said(mistakesOf({ settings }));
  expect(lines).toHaveLength(expected.length);
  for (const part of expected) expect(lines).toContainEqual(expect.stringContaining(part));
});

import { folderWith, mistakesOf, removeFolders, routesWith, SETTINGS, said } from './folder';

afterAll(removeFolders);

const settingsCases: [fact: string, from: string, to: string, expected: string[]][] = [
  [
    'names the key that was probably meant',
    'slack:',
    'slak:',
    [
      'error slak: the key "slak" is not known here.  Did you mean "slack"?',
      'error slack.tokenSecret: "sec-ops" of routes.yaml is told in a channel',
    ],
  ],
  [
    'lists the known keys where none is near',
    'home:',
    'colour: x, home:',
    ['error regions.colour: the key "colour" is not known here.  Remove it; known are: home, linked, aggregator, unlisted.'],
  ],
  [
    'refuses an account id of 11 digits',
    '"111111111111"',
    '"11111111111"',
    ['error organization.managementAccount: "11111111111": an AWS account id has exactly 12 digits'],
  ],
  [
    'keeps the leading zero of an account id without quotes in what it tells',
    '"111111111111"',
    '012345678901',
    [
      'error organization.managementAccount: 012345678901 without quotes is a number, which loses leading zeros; text is wanted.  Write "012345678901".',
    ],
  ],
  [
    'tells missing quotes and a missing digit at once',
    '"111111111111"',
    '01234567890',
    [
      'error organization.managementAccount: 01234567890 without quotes is a number',
      'error organization.managementAccount: "01234567890": an AWS account id has exactly 12 digits',
    ],
  ],
  [
    'refuses an id of no organization',
    'o-ab12cd34ef',
    'ab12cd34ef',
    ['error organization.id: "ab12cd34ef": this is not the id of an organization.  Write for example "o-a1b2c3d4e5".'],
  ],
  [
    'writes the one text of a list where a text is wanted',
    'id: o-ab12cd34ef',
    'id: [o-ab12cd34ef]',
    ['error organization.id: text is wanted here.  Write "o-ab12cd34ef".'],
  ],
  [
    'refuses what is no Region',
    'us-east-1',
    'us-east1',
    ['error regions.linked[0]: there is no Region "us-east1".  Did you mean "us-east-1"?'],
  ],
  [
    'refuses the home Region among the linked',
    'us-east-1',
    'ap-northeast-1',
    ['error regions.linked[0]: "ap-northeast-1" is the home Region, which cannot be linked to itself'],
  ],
  ['warns of a Region linked twice', 'us-east-1', 'eu-west-1', ['warning regions.linked[1]: "eu-west-1" is listed twice']],
  [
    'suggests a severity in capitals',
    'slack:',
    'severities: [critical]\nslack:',
    ['error severities[0]: "critical": this value is not known.  Did you mean "CRITICAL"?'],
  ],
  ['refuses to admit no severity', 'slack:', 'severities: []\nslack:', ['error severities: name at least one severity']],
  [
    'suggests the time zone that was meant',
    'slack:',
    'timeZone: Asia/Tokio\nslack:',
    ['error timeZone: "Asia/Tokio" is not a time zone.  Did you mean "Asia/Tokyo"?'],
  ],
  ['names the bound of a number', 'profiles:', 'maxTokens: 9000, profiles:', ['error model.maxTokens: 9000: at most 8000 is wanted here']],
  [
    'names the terms that CloudWatch Logs knows',
    'slack:',
    'retention: { logDays: 91 }\nslack:',
    ['error retention.logDays: 91: this value is not known.  It is one of: 1, 3, 5, 7,'],
  ],
  [
    'refuses a portal without https',
    'slack:',
    'accessPortal: http://acme.awsapps.com\nslack:',
    ['error accessPortal: "http://acme.awsapps.com": the access portal is an https:// address'],
  ],
  [
    'refuses a product without its company',
    'slack:',
    'trustText: [prowler]\nslack:',
    ['error trustText[0]: "prowler": a product is written company/product, as at the end of its ProductArn'],
  ],
  ['refuses a key without a value', 'slack:', 'alarms:\nslack:', ['error alarms: this key has no value']],
  [
    'refuses text where true or false is wanted',
    'slack:',
    'writeBack: "yes"\nslack:',
    ['error writeBack: "yes": true or false is wanted here'],
  ],
  [
    'refuses one value where a list is wanted',
    'slack:',
    'trustText: prowler/prowler\nslack:',
    ['error trustText: "prowler/prowler": a list is wanted here'],
  ],
];

test.each(settingsCases)('%s', (_fact, from, to, expected) => {
  const settings = SETTINGS.replace(from, to);
  expect(settings).not.toBe(SETTINGS);
  const lines = said(mistakesOf({ settings }));
  expect(lines).toHaveLength(expected.length);
  for (const start of expected) expect(lines).toContainEqual(expect.stringContaining(start));
});

const routesCases: [fact: string, routes: string, expected: string[]][] = [
  [
    'refuses the name of a channel',
    routesWith('').replace('C0SECOPS001', '"#sec-ops"'),
    ['error receivers.sec-ops.channel: "#sec-ops": a channel is given by its id, not its name'],
  ],
  [
    'refuses the name of a person to mention',
    routesWith('').replace('C0SECOPS001', 'C0SECOPS001, mentions: { HIGH: ["@yamada"] }'),
    ['error receivers.sec-ops.mentions.HIGH[0]: "@yamada": a mention is the id of a Slack user'],
  ],
  [
    'suggests the severity of mentions',
    routesWith('').replace('C0SECOPS001', 'C0SECOPS001, mentions: { HIHG: [U0ONCALL01] }'),
    ['error receivers.sec-ops.mentions.HIHG: the key "HIHG" is not known here.  Did you mean "HIGH"?'],
  ],
  [
    'refuses a receiver’s name in capitals',
    routesWith('').replaceAll('workloads', 'Workloads'),
    ['error receivers.Workloads: "Workloads": a receiver’s name has lower-case letters'],
  ],
  [
    'refuses half an OU id',
    routesWith('- { match: { ou: ou-ab12-1 }, receiver: workloads }'),
    ['error route.routes[0].match.ou: "ou-ab12-1": an OU is a path of names below the root, or the id of an OU'],
  ],
  [
    'refuses an OU path with a slash at its end',
    routesWith('- { match: { ou: Workloads/ }, receiver: workloads }'),
    ['error route.routes[0].match.ou: "Workloads/": an OU is a path'],
  ],
  [
    'finds the bad entry of a list',
    routesWith('- { match: { account: ["333333333333", "3333"] }, receiver: workloads }'),
    ['error route.routes[0].match.account[1]: "3333": an AWS account id has exactly 12 digits'],
  ],
  [
    'refuses an empty list',
    routesWith('- { match: { account: [] }, receiver: workloads }'),
    ['error route.routes[0].match.account: name at least one, or leave the key out'],
  ],
  [
    'asks for quotes around a tag that YAML takes for a boolean',
    routesWith('- { match: { tag: { pci: true } }, receiver: workloads }'),
    ['error route.routes[0].match.tag.pci: true without quotes is a boolean; text is wanted.  Write "true".'],
  ],
  [
    'refuses a mute without a reason',
    routesWith('- { match: { control: S3.1 }, mute: { until: 2027-01-31 } }'),
    ['error route.routes[0].mute.reason: this key is missing'],
  ],
  [
    'refuses a day that the calendar has not',
    routesWith('- { match: { control: S3.1 }, mute: { reason: Accepted, until: 2026-02-30 } }'),
    ['error route.routes[0].mute.until: "2026-02-30": this is not a day of the calendar'],
  ],
  [
    'names the key of a nested route that was probably meant',
    routesWith('- { match: { ou: Workloads }, receiver: workloads, routes: [{ mach: { severity: HIGH }, receiver: sec-ops }] }'),
    ['error route.routes[0].routes[0].mach: the key "mach" is not known here.  Did you mean "match"?'],
  ],
  ['refuses a file without a tree', 'receivers: {}\n', ['error route: this key is missing']],
];

test.each(routesCases)('%s', (_fact, routes, expected) => {
  const lines = said(mistakesOf({ routes }));
  expect(lines).toHaveLength(expected.length);
  for (const start of expected) expect(lines).toContainEqual(expect.stringContaining(start));
});

test('an empty file says which keys belong there', () => {
  expect(said(mistakesOf({ settings: '# nothing yet\n' }))).toEqual([
    expect.stringContaining('error : the file is empty.  It has the keys organization, regions,'),
  ]);
  expect(said(mistakesOf({ routes: '- a list\n' }))).toEqual([expect.stringContaining('the file is not a mapping of keys')]);
});

test('the folder that the other cases start from has no mistake', () => {
  expect(mistakesOf({})).toEqual([]);
  expect(folderWith()).toContain('config-');
});

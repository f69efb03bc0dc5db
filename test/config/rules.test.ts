import { NOW, mistakesOf, removeFolders, routesWith, SETTINGS, said } from './folder';

afterAll(removeFolders);

const cases: [fact: string, routes: string, expected: string[]][] = [
  [
    'a receiver that is not defined is suggested from those that are',
    '- { match: { ou: A }, receiver: prod-onclal }',
    ['error route.routes[0].receiver: "prod-onclal" is not defined.  Did you mean "prod-oncall"?'],
  ],
  [
    'a name that every object has is no receiver',
    '- { match: { ou: A }, receiver: constructor }',
    ['error route.routes[0].receiver: "constructor" is not defined'],
  ],
  [
    'a mute with a receiver is refused',
    '- { match: { ou: A }, receiver: sec-ops, mute: { reason: Accepted } }',
    ['error route.routes[0].receiver: a muted route tells nobody, yet it names a receiver'],
  ],
  [
    'a mute with routes below is refused',
    '- { match: { ou: A }, mute: { reason: Accepted }, routes: [{ receiver: sec-ops }] }',
    ['error route.routes[0].routes: a muted route can have no routes below it'],
  ],
  [
    'a mute that ended yesterday is a warning',
    '- { match: { ou: A }, mute: { reason: Accepted, until: 2026-11-23 } }',
    ['warning route.routes[0].mute.until: the mute ended with 2026-11-23'],
  ],
  ['a mute that ends today has not ended', '- { match: { ou: A }, mute: { reason: Accepted, until: 2026-11-24 } }', []],
  [
    'a mute without a match is a warning, and what comes after it is never reached',
    '- { match: { ou: A }, receiver: workloads, routes: [{ mute: { reason: Accepted } }] }',
    ['warning route.routes[0].routes[0]: this mute silences everything that the routes before it leave in A'],
  ],
  [
    'a match that asks for nothing is refused',
    '- { match: { ou: A }, receiver: workloads, routes: [{ match: {}, receiver: sec-ops }] }',
    ['error route.routes[0].routes[0].match: this match asks for nothing'],
  ],
  [
    'a route that changes nothing is refused',
    '- { match: { ou: A }, receiver: workloads, routes: [{ match: { severity: HIGH } }] }',
    ['error route.routes[0].routes[0]: this route has neither receiver, mute nor routes, so it changes nothing'],
  ],
  [
    'a route that keeps something with the receiver above should say so',
    '- { match: { ou: A } }',
    [
      'warning route.routes[0]: this route names no receiver: what it takes stays with "sec-ops", the receiver above.  If that is meant, say so with receiver: sec-ops',
    ],
  ],
  [
    'a route with routes of its own may leave the receiver to those above',
    '- { match: { ou: A }, routes: [{ match: { severity: HIGH }, receiver: workloads }] }',
    [],
  ],
  [
    'continue on the last of its siblings is a warning',
    '- { match: { ou: A }, receiver: workloads, routes: [{ match: { severity: HIGH }, receiver: sec-ops, continue: true }] }',
    ['warning route.routes[0].routes[0].continue: continue does nothing here'],
  ],
  [
    'the root as an OU is a warning',
    '- { match: { ou: Root, severity: HIGH }, receiver: workloads }',
    ['warning route.routes[0].match.ou: OU "Root" is the whole organization'],
  ],
  [
    'the id of the root is no OU',
    '- { match: { ou: r-ab12 }, receiver: workloads }',
    ['error route.routes[0].match.ou: "r-ab12" is the id of the root'],
  ],
  [
    'an OU takes no wildcards',
    '- { match: { ou: Workloads/* }, receiver: workloads }',
    ['error route.routes[0].match.ou: "Workloads/*": an OU takes no wildcards'],
  ],
  [
    'a Region that nothing comes from is a warning',
    '- { match: { region: us-west-2 }, receiver: workloads }',
    ['warning route.routes[0].match.region: findings of us-west-2 never arrive'],
  ],
  [
    'a regular expression is no pattern',
    '- { match: { product: "aws/(?:guardduty|macie)$" }, receiver: workloads }',
    ['error route.routes[0].match.product: "aws/(?:guardduty|macie)$": this is a regular expression'],
  ],
  [
    'two stars are refused',
    '- { match: { type: "TTPs/**" }, receiver: workloads }',
    ['error route.routes[0].match.type: "TTPs/**": two stars mean no more than one'],
  ],
  [
    'a space around a pattern is refused',
    '- { match: { control: "S3.1 " }, receiver: workloads }',
    ['error route.routes[0].match.control: "S3.1 ": a space at the beginning or end'],
  ],
  [
    'two controls in one pattern are refused',
    '- { match: { control: S3.1 S3.2 }, receiver: workloads }',
    ['error route.routes[0].match.control: "S3.1 S3.2": a control id has no spaces'],
  ],
  [
    'a ProductArn is no product',
    '- { match: { product: "arn:aws:securityhub:eu-west-1::product/aws/macie" }, receiver: workloads }',
    ['error route.routes[0].match.product: "arn:aws:securityhub:eu-west-1::product/aws/macie": a product is company/product'],
  ],
  [
    'CloudFormation’s spelling of a resource type is refused',
    '- { match: { resourceType: "AWS::S3::Bucket" }, receiver: workloads }',
    ['error route.routes[0].match.resourceType: "AWS::S3::Bucket": this is CloudFormation’s spelling'],
  ],
  [
    'an entry that another of its list takes is a warning',
    '- { match: { control: ["S3.*", S3.1] }, receiver: workloads }',
    ['warning route.routes[0].match.control[1]: "S3.1" is taken by "S3.*" of the same list'],
  ],
  [
    'of two equal entries only the second is a warning',
    '- { match: { account: ["333333333333", "333333333333"] }, receiver: workloads }',
    ['warning route.routes[0].match.account[1]: "333333333333" is taken by'],
  ],
];

test.each(cases)('%s', (_fact, routes, expected) => {
  const lines = said(mistakesOf({ routes: routesWith(routes) }));
  expect(lines).toHaveLength(expected.length);
  for (const start of expected) expect(lines).toContainEqual(expect.stringContaining(start));
});

const rootCases: [fact: string, routes: string, expected: string][] = [
  [
    'a root without receiver is refused',
    routesWith('').replace('  receiver: sec-ops\n', '  name: all\n'),
    'error route: the root has no receiver',
  ],
  [
    'a root with a match is refused',
    routesWith('').replace('  receiver: sec-ops\n', '  receiver: sec-ops\n  match: { severity: HIGH }\n'),
    'error route.match: the root takes everything',
  ],
  [
    'a root with a mute is refused',
    routesWith('').replace('  receiver: sec-ops\n', '  receiver: sec-ops\n  mute: { reason: Accepted }\n'),
    'error route.mute: the root cannot be muted',
  ],
  [
    'a root that continues is refused',
    routesWith('').replace('  receiver: sec-ops\n', '  receiver: sec-ops\n  continue: true\n'),
    'error route.continue: the root has no siblings',
  ],
  [
    'a receiver that no route names is a warning',
    routesWith('').replace('route:', '  spare: { channel: C0SPARE0001 }\nroute:'),
    'warning receivers.spare: no route names "spare"',
  ],
  [
    'mentions below the minimum severity are a warning',
    routesWith('').replace('C0WORKLD001', 'C0WORKLD001, minimumSeverity: CRITICAL, mentions: { HIGH: [U0ONCALL01] }'),
    'warning receivers.workloads.mentions.HIGH: "workloads" takes CRITICAL and above',
  ],
  [
    'a root’s receiver that passes over an admitted severity is refused',
    routesWith('').replace('C0SECOPS001', 'C0SECOPS001, minimumSeverity: CRITICAL'),
    'error receivers.sec-ops.minimumSeverity: "sec-ops" is the root’s receiver and takes CRITICAL and above, but settings.yaml admits HIGH',
  ],
];

test.each(rootCases)('%s', (_fact, routes, expected) => {
  expect(said(mistakesOf({ routes }))).toContainEqual(expect.stringContaining(expected));
});

test('a root’s receiver may pass over what is not admitted', () => {
  const routes = routesWith('').replace('C0SECOPS001', 'C0SECOPS001, minimumSeverity: HIGH');
  expect(mistakesOf({ routes })).toEqual([]);
  expect(said(mistakesOf({ routes, settings: `${SETTINGS}severities: [CRITICAL, HIGH, MEDIUM]\n` }))).toEqual([
    expect.stringContaining('settings.yaml admits MEDIUM'),
  ]);
});

test('the clock decides whether a mute has ended', () => {
  const routes = routesWith('- { match: { ou: A }, mute: { reason: Accepted, until: 2027-01-31 } }');
  expect(mistakesOf({ routes }, NOW)).toEqual([]);
  expect(said(mistakesOf({ routes }, Date.parse('2027-02-01T00:00:00Z')))).toEqual([
    expect.stringContaining('the mute ended with 2027-01-31'),
  ]);
});

test('a mute says why, in more than two letters', () => {
  const muted = (reason: string) => mistakesOf({ routes: routesWith(`- { match: { ou: A }, mute: { reason: ${reason} } }`) });
  expect(muted('any')).toEqual([]);
  expect(said(muted('no'))).toEqual([expect.stringContaining('a reason has at least 3 characters')]);
});

test('a receiver whose name is misspelt in its only route is not called unused: its route is what is wrong', () => {
  const routes = routesWith('').replace('receiver: workloads', 'receiver: worklods');
  expect(mistakesOf({ routes }).map(({ rule }) => rule)).toEqual(['receiver-undefined']);
});

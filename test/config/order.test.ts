import { PRODUCTS } from '../../config/products';
import { growth } from '../growth';
import { mistakesOf as mistakesOfFiles, removeFolders, routesWith, SETTINGS, said } from './folder';

afterAll(removeFolders);

/** One route a line, each with a receiver; a match in YAML, and what else the route has. */
function routes(...lines: string[]): string {
  return routesWith(lines.map((line) => `- { ${line.includes('mute:') ? '' : 'receiver: sec-ops, '}${line} }`).join('\n'));
}

/** Every severity is told, so that none is a mistake of its own. */
function mistakesOf(files: { routes: string }) {
  return mistakesOfFiles({ settings: `${SETTINGS}severities: [CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL]\n`, ...files });
}

/** The routes after those of a case only use the receivers. */
function isAmongFirst(path: string, count: number): boolean {
  return Number(/^route\.routes\[(\d+)\]/.exec(path)?.[1] ?? 0) < count;
}

const refused: [fact: string, lines: string[], expected: string][] = [
  [
    'an ancestor OU before its descendant',
    ['match: { ou: Workloads }', 'match: { ou: Workloads/Prod }'],
    'error route.routes[1]: OU Workloads/Prod comes after OU Workloads, which it lies below (route.routes[0] (line 9))',
  ],
  [
    'an ancestor OU before its descendant, with Root/ in front of one',
    ['match: { ou: Root/Workloads }', 'match: { ou: Workloads/Prod }'],
    'error route.routes[1]: OU Workloads/Prod comes after OU Root/Workloads',
  ],
  [
    'an ancestor OU in a list before its descendant in a list',
    ['match: { ou: [Infrastructure, Workloads] }', 'match: { ou: [Sandbox, Workloads/Prod/Regulated] }'],
    'error route.routes[1]: OU Workloads/Prod/Regulated comes after OU Workloads',
  ],
  [
    'an ancestor OU that asks for a severity as well',
    ['match: { ou: Workloads, severity: HIGH }', 'match: { ou: Workloads/Prod }'],
    'error route.routes[1]: OU Workloads/Prod comes after OU Workloads',
  ],
  [
    'an ancestor OU that is muted',
    ['match: { ou: Workloads, control: S3.1 }, mute: { reason: Accepted, until: 2027-01-31 }', 'match: { ou: Workloads/Prod }'],
    'error route.routes[1]: OU Workloads/Prod comes after OU Workloads',
  ],
  [
    'one OU named twice',
    ['match: { ou: Workloads }', 'match: { ou: Root/Workloads }'],
    'error route.routes[1]: this route is never reached: OU Root/Workloads is named twice, first by route.routes[0] (line 9)',
  ],
  [
    'one OU in two lists',
    ['match: { ou: [Workloads, Sandbox] }', 'match: { ou: [Infrastructure, Sandbox] }'],
    'error route.routes[1].match.ou[1]: ou Sandbox never gets here: route.routes[0] (line 9) takes it',
  ],
  [
    'one match given twice, in another order',
    ['match: { control: "S3.*", severity: HIGH }', 'match: { severity: HIGH, control: "s3.*" }'],
    'error route.routes[1]: this route is never reached: its match is given twice',
  ],
  [
    'a route after one without a match',
    ['name: all', 'match: { severity: HIGH }'],
    'error route.routes[1]: this route is never reached: route.routes[0] (line 9) has no match and takes everything',
  ],
  [
    'a narrower route after a wider',
    ['match: { product: guardduty }', 'match: { product: aws/guardduty, severity: HIGH }'],
    'error route.routes[1]: this route is never reached: route.routes[0] (line 9) takes everything it could',
  ],
  [
    'a pattern after one that takes all of it',
    ['match: { type: "UnauthorizedAccess:*" }', 'match: { type: "UnauthorizedAccess:EC2?*" }'],
    'error route.routes[1]: this route is never reached',
  ],
  [
    'tags that ask for more after tags that ask for less',
    ['match: { tag: { env: prod } }', 'match: { tag: { env: prod, team: payments } }'],
    'error route.routes[1]: this route is never reached',
  ],
  [
    'the same tag of a resource, asked for more narrowly',
    ['match: { resourceTag: { team: web } }', 'match: { resourceTag: { team: web }, severity: HIGH }'],
    'error route.routes[1]: this route is never reached',
  ],
  [
    'a list after routes for each of its entries',
    ['match: { severity: HIGH }', 'match: { severity: CRITICAL }', 'match: { severity: [HIGH, CRITICAL], ou: Sandbox }'],
    'error route.routes[2]: this route is never reached: the routes before it, from route.routes[0] (line 9) on, together take everything it could',
  ],
  [
    'a route after routes for every severity',
    ['match: { severity: [CRITICAL, HIGH] }', 'match: { severity: [MEDIUM, LOW, INFORMATIONAL] }', 'match: { ou: Sandbox }'],
    'error route.routes[2]: this route is never reached: the routes before it',
  ],
  [
    'an entry that an earlier route takes',
    ['match: { control: "S3.*" }', 'match: { control: [S3.1, EC2.8] }'],
    'warning route.routes[1].match.control[0]: control S3.1 never gets here',
  ],
  [
    'an OU that does not lie below the route above',
    ['match: { ou: Workloads }, routes: [{ match: { ou: Prod }, receiver: sec-ops }]'],
    'error route.routes[0].routes[0].match.ou: this route never matches: it takes only ou Prod, and route.routes[0] (line 9) above it only ou Workloads.  Did you mean "Workloads/Prod"? OUs are written from the top. Else: Move it out from under that route, or change one of the two.',
  ],
  [
    'a severity that the route above does not let through',
    ['match: { severity: HIGH }, routes: [{ match: { severity: LOW }, receiver: sec-ops }]'],
    'error route.routes[0].routes[0]: this route never matches',
  ],
  [
    'a nested route that an earlier sibling of its parent takes',
    ['match: { control: "S3.*" }', 'match: { ou: Sandbox }, routes: [{ match: { control: S3.1 }, receiver: workloads }]'],
    'error route.routes[1].routes[0]: this route is never reached',
  ],
  [
    'a nested route that its parent and an earlier sibling leave nothing',
    ['match: { ou: Sandbox }, routes: [{ match: { ou: Sandbox }, receiver: workloads }, { match: { severity: HIGH }, receiver: sec-ops }]'],
    'error route.routes[0].routes[1]: this route is never reached',
  ],
  [
    'an OU by id whose place among the others does not show',
    ['match: { ou: ou-ab12-wkld0001 }', 'match: { ou: Workloads/Prod }'],
    'warning route.routes[1]: one of these OUs is given by id, so this file does not show whether route.routes[0] (line 9) lies above this one',
  ],
];

test.each(refused)('finds %s', (_fact, lines, expected) => {
  const told = said(mistakesOf({ routes: routes(...lines) }).filter(({ path }) => isAmongFirst(path, lines.length)));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(expected);
});

const accepted: [fact: string, lines: string[]][] = [
  ['the nearest OU first', ['match: { ou: Workloads/Prod/Regulated }', 'match: { ou: Workloads/Prod }', 'match: { ou: Workloads }']],
  ['the nearest OU within the farther', ['match: { ou: Workloads }, routes: [{ match: { ou: Workloads/Prod }, receiver: prod-oncall }]']],
  ['an ancestor OU that continues', ['match: { ou: Workloads }, continue: true', 'match: { ou: Workloads/Prod }']],
  [
    'an ancestor OU for another severity',
    ['match: { ou: Workloads, severity: HIGH }', 'match: { ou: Workloads/Prod, severity: CRITICAL }'],
  ],
  ['an OU whose name only begins like another', ['match: { ou: Work }', 'match: { ou: Workloads }']],
  ['the same match after one that continues', ['match: { severity: HIGH }, continue: true', 'match: { severity: HIGH }']],
  [
    'a route after a mute that will end',
    ['match: { ou: Sandbox }, mute: { reason: Accepted, until: 2027-01-31 }', 'match: { ou: Sandbox }'],
  ],
  [
    'two types, which one finding may both have',
    ['match: { type: "TTPs/A" }, routes: [{ match: { type: "TTPs/B" }, receiver: workloads }]'],
  ],
  [
    'two tags of resources, which a finding of two may both have',
    ['match: { resourceTag: { team: web } }, routes: [{ match: { resourceTag: { team: data } }, receiver: workloads }]'],
  ],
  ['one OU for two severities', ['match: { ou: Sandbox, severity: HIGH }', 'match: { ou: Sandbox, severity: CRITICAL }']],
  ['a pattern that another may or may not take', ['match: { control: "S3.?" }', 'match: { control: "S3.*" }']],
  ['a wider route after a narrower', ['match: { tag: { env: prod, team: payments } }', 'match: { tag: { env: prod } }']],
];

test.each(accepted)('accepts %s', (_fact, lines) => {
  expect(said(mistakesOf({ routes: routes(...lines) }))).toEqual([]);
});

test('what lies below a route that is never reached is not told again', () => {
  const told = said(
    mistakesOf({
      routes: routes('match: { ou: A }', 'match: { ou: A, severity: HIGH }, routes: [{ match: { severity: HIGH }, receiver: workloads }]'),
    }),
  );
  expect(told).toEqual([expect.stringContaining('error route.routes[1]: this route is never reached')]);
});

test('what lies below a route that never matches is not told again', () => {
  const nested =
    'routes: [{ match: { severity: LOW }, receiver: workloads, routes: [{ match: { severity: LOW, ou: A }, receiver: sec-ops }] }]';
  const told = said(mistakesOf({ routes: routes(`match: { severity: HIGH }, ${nested}`) }));
  expect(told).toEqual([expect.stringContaining('error route.routes[0].routes[0]: this route never matches')]);
});

test('lists of many entries in every key are compared key by key, not combination by combination', () => {
  const checked = (length: number) => {
    const many = (prefix: string) => `[${Array.from({ length }, (_, index) => `"${prefix}${index}"`).join(', ')}]`;
    const match = `match: { control: ${many('S3.')}, type: ${many('T')}, resourceType: ${many('R')}, product: [${PRODUCTS.slice(0, length).join(', ')}] }`;
    expect(said(mistakesOf({ routes: routes(match, match) }))).toEqual([expect.stringContaining('its match is given twice')]);
  };
  // Of 15 entries in each of four keys there are 50,625 combinations, of 60 there are 256 times as many.
  expect(growth(checked, 15, 60)).toBeLessThan(64);
});

test.each([
  ['continues', ['match: { ou: ou-ab12-wkld0001 }, continue: true', 'match: { ou: Workloads/Prod }']],
  ['cannot be read', ['match: { ou: ou-ab12-wkld0001, severity: HIHG }', 'match: { ou: Workloads/Prod }']],
  ['is before one that cannot be read', ['match: { ou: ou-ab12-wkld0001 }', 'match: { ou: Workloads/Prod, severity: HIHG }']],
  [
    'takes nothing of the other’s',
    ['match: { ou: ou-ab12-wkld0001, severity: HIGH }', 'match: { ou: Workloads/Prod, severity: CRITICAL }'],
  ],
])('an OU by id raises no question of order where its route %s', (_what, lines) => {
  expect(mistakesOf({ routes: routes(...lines) }).filter(({ rule }) => rule === 'ou-order-unknown')).toEqual([]);
});

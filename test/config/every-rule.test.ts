/** Every rule beyond the shape, broken once: told at its line, with a remedy that works when it is followed. A rule without a case fails. */
import { basename } from 'node:path';
import type { Facet } from '../../config/routing/facet';
import { FACETS } from '../../config/routing/facets';
import { ROUTES_RULES, SETTINGS_RULES } from '../../config/rules/fault';
import { YAML_RULES, type YamlRule } from '../../config/syntax';
import { mistakesOf, removeFolders, routesWith, SETTINGS } from './folder';
import { type Files, followed, stepsOf } from './follow';
import { type Case, OF_SETTINGS, receivers, settings } from './rule-cases';

afterAll(removeFolders);

const TO_WORKLOADS = 'receiver: workloads';
const all = (words: string) => `${SETTINGS}severities: [${words}]\n`;

const OF_FACETS = Object.values<Facet>(FACETS).flatMap(({ rules }) => rules.map(({ rule, level }) => [rule, level] as const));

/** Owners in front of the receivers, and a tag that names them. */
const owned = (owners: string) => ({
  settings: `${SETTINGS}ownerTags: ["resource:team"]\n`,
  routes: receivers('receivers:\n', `owners:\n  ${owners}\nreceivers:\n`),
});

const OF_ROUTES: Record<string, Case> = {
  'continue-last': {
    routes: routesWith(
      `- { match: { ou: A }, ${TO_WORKLOADS}, routes: [{ match: { severity: HIGH }, receiver: sec-ops, continue: true }] }`,
    ),
    line: 9,
  },
  'control-spaces': {
    routes: routesWith(`- { match: { control: S3.1 S3.2 }, ${TO_WORKLOADS} }`),
    line: 9,
  },
  'entry-unreachable': {
    routes: routesWith(`- { match: { control: S3.1 }, receiver: sec-ops }\n- { match: { control: [S3.2, S3.1] }, ${TO_WORKLOADS} }`),
    line: 10,
  },
  'match-empty': { routes: receivers('    - { match: { account: "000000000002" }', '    - { match: {}'), line: 10, mended: {} },
  'match-region-unknown': { routes: routesWith(`- { match: { region: eu-wset-1 }, ${TO_WORKLOADS} }`), line: 9 },
  'match-region-unused': { routes: routesWith(`- { match: { region: us-west-2 }, ${TO_WORKLOADS} }`), line: 9 },
  'match-severity-unused': { routes: routesWith(`- { match: { severity: MEDIUM }, ${TO_WORKLOADS} }`), line: 9 },
  'mentions-below-minimum': {
    routes: receivers('C0WORKLD001', 'C0WORKLD001, minimumSeverity: CRITICAL, mentions: { HIGH: [U0ONCALL01], CRITICAL: [U0ONCALL01] }'),
    line: 3,
  },
  'mute-ended': {
    routes: routesWith('- { match: { ou: A }, mute: { reason: Accepted, until: 2026-11-23 } }'),
    line: 9,
    mended: { routes: routesWith('- { match: { ou: A }, mute: { reason: Accepted, until: 2027-01-31 } }') },
  },
  'mute-everything': {
    routes: routesWith(`- { match: { ou: A }, ${TO_WORKLOADS}, routes: [{ mute: { reason: Accepted } }] }`),
    line: 9,
    mended: {
      routes: routesWith(`- { match: { ou: A }, ${TO_WORKLOADS}, routes: [{ match: { control: S3.1 }, mute: { reason: Accepted } }] }`),
    },
  },
  'mute-resource-tag': {
    routes: routesWith('- { match: { ou: A, resourceTag: { team: web } }, mute: { reason: Accepted } }'),
    line: 9,
    mended: { routes: routesWith('- { match: { ou: A, control: S3.1 }, mute: { reason: Accepted } }') },
  },
  'mute-receiver': { routes: routesWith('- { match: { ou: A }, receiver: sec-ops, mute: { reason: Accepted } }'), line: 9 },
  'mute-routes': {
    routes: routesWith('- { match: { ou: A }, mute: { reason: Accepted }, routes: [{ match: { severity: HIGH }, receiver: sec-ops }] }'),
    line: 9,
    mended: {
      routes: routesWith('- { match: { ou: A, severity: HIGH }, receiver: sec-ops }\n- { match: { ou: A }, mute: { reason: Accepted } }'),
    },
  },
  'ou-ancestor-first': {
    routes: routesWith(`- { match: { ou: A }, receiver: sec-ops }\n- { match: { ou: A/B }, ${TO_WORKLOADS} }`),
    line: 10,
    mended: { routes: routesWith(`- { match: { ou: A/B }, ${TO_WORKLOADS} }\n- { match: { ou: A }, receiver: sec-ops }`) },
  },
  'ou-case': {
    routes: routesWith(`- { match: { ou: Workloads/Prod }, receiver: sec-ops }\n- { match: { ou: workloads/Test }, ${TO_WORKLOADS} }`),
    line: 10,
  },
  'ou-order-unknown': {
    routes: routesWith(`- { match: { ou: A }, receiver: sec-ops }\n- { match: { ou: ou-ab12-prod0001 }, ${TO_WORKLOADS} }`),
    line: 10,
    mended: { routes: routesWith(`- { match: { ou: A }, receiver: sec-ops }\n- { match: { ou: Prod }, ${TO_WORKLOADS} }`) },
  },
  'ou-root': { routes: routesWith(`- { match: { ou: Root, severity: HIGH }, ${TO_WORKLOADS} }`), line: 9 },
  'ou-root-id': { routes: routesWith(`- { match: { ou: r-ab12, severity: HIGH }, ${TO_WORKLOADS} }`), line: 9 },
  'ou-unreachable': {
    routes: routesWith(`- { match: { ou: A }, receiver: sec-ops }\n- { match: { ou: [B, A] }, ${TO_WORKLOADS} }`),
    line: 10,
  },
  'ou-wildcard': { routes: routesWith(`- { match: { ou: Workloads/* }, ${TO_WORKLOADS} }`), line: 9 },
  'owner-mention-twice': { ...owned('payments: { mention: [S0PAYMENT1, S0PAYMENT1] }'), line: 2 },
  'owner-severity-unused': { ...owned('payments: { mention: S0PAYMENT1, severities: [CRITICAL, LOW] }'), line: 2 },
  'owner-twice': { ...owned('payments: { mention: S0PAYMENT1 }\n  Payments: { mention: S0PAYMENT2 }'), line: 3 },
  'owners-unused': { ...owned('payments: { mention: S0PAYMENT1 }'), settings: SETTINGS, line: 1 },
  'pattern-covered': { routes: routesWith(`- { match: { control: ["S3.*", S3.1] }, ${TO_WORKLOADS} }`), line: 9 },
  'pattern-regex': {
    routes: routesWith(`- { match: { control: "S3.(1|2)" }, ${TO_WORKLOADS} }`),
    line: 9,
    mended: { routes: routesWith(`- { match: { control: [S3.1, S3.2] }, ${TO_WORKLOADS} }`) },
  },
  'pattern-space': { routes: routesWith(`- { match: { control: "S3.1 " }, ${TO_WORKLOADS} }`), line: 9 },
  'pattern-stars': { routes: routesWith(`- { match: { type: "TTPs/**" }, ${TO_WORKLOADS} }`), line: 9 },
  'product-characters': { routes: routesWith(`- { match: { product: Amazon GuardDuty }, ${TO_WORKLOADS} }`), line: 9 },
  'product-slashes': {
    routes: routesWith(`- { match: { product: "arn:aws:securityhub:eu-west-1::product/aws/macie" }, ${TO_WORKLOADS} }`),
    line: 9,
  },
  'product-unknown': { routes: routesWith(`- { match: { product: guardutty }, ${TO_WORKLOADS} }`), line: 9 },
  'receiver-address-missing': {
    routes: receivers('channel: C0WORKLD001', 'language: en'),
    line: 3,
    mended: {},
  },
  'receiver-address-twice': { routes: receivers('C0WORKLD001', 'C0WORKLD001, webhookSecret: interpreter/workloads'), line: 3 },
  'receiver-twin': {
    routes: receivers('C0WORKLD001', 'C0SECOPS001'),
    line: 3,
    mended: { routes: receivers('C0WORKLD001', 'C0SECOPS001, mentions: { CRITICAL: [U0ONCALL01] }') },
  },
  'receiver-undefined': { routes: routesWith('- { match: { ou: A }, receiver: prod-onclal }'), line: 9 },
  'receiver-unused': { routes: receivers('receivers:\n', 'receivers:\n  spare: { channel: C0SPARE0001 }\n'), line: 2 },
  'resource-type-spelling': { routes: routesWith(`- { match: { resourceType: "AWS::S3::Bucket" }, ${TO_WORKLOADS} }`), line: 9 },
  'root-key': { routes: receivers('  receiver: sec-ops\n', '  receiver: sec-ops\n  continue: true\n'), line: 8 },
  'root-minimum': { routes: receivers('C0SECOPS001', 'C0SECOPS001, minimumSeverity: CRITICAL'), line: 2 },
  'root-receiver': {
    routes: receivers('  receiver: sec-ops\n', '  name: all\n').replace(TO_WORKLOADS, 'receiver: sec-ops'),
    line: 7,
    mended: {},
  },
  'route-idle': {
    routes: routesWith(`- { match: { ou: A }, ${TO_WORKLOADS}, routes: [{ match: { severity: HIGH } }] }`),
    line: 9,
  },
  'route-inherits': {
    routes: routesWith('- { match: { ou: A } }'),
    line: 9,
    mended: { routes: routesWith('- { match: { ou: A }, receiver: sec-ops }') },
  },
  'route-never-fits': {
    routes: routesWith(
      `- { match: { ou: Workloads/Prod }, ${TO_WORKLOADS}, routes: [{ match: { ou: workloads/prod }, receiver: sec-ops }] }`,
    ),
    line: 9,
    mended: {},
  },
  'route-unreachable': {
    routes: routesWith(`- { match: { ou: A }, receiver: sec-ops }\n- { match: { ou: A, severity: HIGH }, ${TO_WORKLOADS} }`),
    line: 10,
  },
};

const OF_YAML: Record<YamlRule, Case> = {
  'yaml-alias': { routes: routesWith(`- { match: { product: *duty }, ${TO_WORKLOADS} }`), line: 9 },
  'yaml-anchor': { routes: routesWith(`- match: { ou: &Data Analytics }\n  ${TO_WORKLOADS}`), line: 9 },
  'yaml-blank': { routes: receivers('  receiver: sec-ops\n', '  receiver: sec-ops\u3000\n'), line: 7 },
  'yaml-comment': { routes: routesWith(`- match:\n    tag:\n      team: Team #1\n  ${TO_WORKLOADS}`), line: 11 },
  'yaml-directive': { settings: `%YAML 1.1\n---\n${SETTINGS}`, line: 1, mended: {} },
  'yaml-documents': { settings: `${SETTINGS}---\nlanguage: ja\n`, line: 6, mended: {} },
  'yaml-duplicate-key': { settings: `${SETTINGS}language: ja\nlanguage: en\n`, line: 7, mended: {} },
  'yaml-indent': {
    routes: receivers('  receiver: sec-ops\n  routes:', '  receiver: sec-ops\n   routes:'),
    line: 8,
    mended: {},
  },
  'yaml-lines': { routes: routesWith(`- match:\n    ou: Data\n      Analytics\n  ${TO_WORKLOADS}`), line: 10 },
  'yaml-syntax': { settings: settings('{ id:', '} id:'), line: 1, mended: {} },
  'yaml-tab': { settings: `${SETTINGS}retention:\n\tlogDays: 30\n`, line: 7, mended: {} },
  'yaml-tag': { routes: routesWith(`- match: { ou: !Data Analytics }\n  ${TO_WORKLOADS}`), line: 9 },
  'yaml-two-keys': { routes: routesWith(`- match: { ou: A }\n  ${TO_WORKLOADS} continue: true`), line: 10, mended: {} },
  'yaml-unclosed': { settings: `${SETTINGS}retention: { logDays: 30\nlanguage: ja\n`, line: 6, mended: {} },
};

test.each([
  ...['mentions-below-minimum', 'mute-routes', 'receiver-address-missing', 'receiver-address-twice', 'receiver-twin', 'receiver-unused'],
  ...['root-key', 'owner-twice', 'owners-unused', 'mute-resource-tag'],
])('%s is of a key, and told at the key, not at its value', (rule) => {
  const { line: _line, mended: _mended, ...written } = OF_ROUTES[rule] as Case;
  const files: Files = { settings: SETTINGS, routes: routesWith(''), ...written };
  const { line, column, path } = mistakesOf(files).find((mistake) => mistake.rule === rule) ?? { line: 0, column: 0, path: '' };
  expect(files.routes.split('\n')[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${stepsOf(path).at(-1)}:`));
});

test('the rules about severities start from settings that admit some and not all', () => {
  expect(mistakesOf({ settings: all('CRITICAL, HIGH') })).toEqual([]);
});

describe.each([
  ['settings.yaml', SETTINGS_RULES, OF_SETTINGS],
  ['routes.yaml', { ...ROUTES_RULES, ...Object.fromEntries(OF_FACETS) }, OF_ROUTES],
  ['YAML', YAML_RULES, OF_YAML],
] as const)('the rules of %s', (_where, rules, cases) => {
  test('each has its case', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(rules).sort());
  });

  test.each(Object.entries<Case>(cases))('%s', (rule, { line, mended, ...written }) => {
    const files: Files = { settings: SETTINGS, routes: routesWith(''), ...written };
    const told = mistakesOf(files).filter((mistake) => mistake.rule === rule);
    const [mistake] = told;
    expect(told.map((each) => `${each.level} ${each.line}`)).toEqual([`${(rules as Record<string, string>)[rule]} ${line}`]);
    expect(mistake?.message.length).toBeGreaterThan(10);
    expect(mistake?.level).toMatch(/^(error|warning)$/);
    if (rule in OF_SETTINGS) expect(basename(mistake?.file ?? '')).toBe('settings.yaml');
    if (rule in OF_ROUTES) expect(basename(mistake?.file ?? '')).toBe('routes.yaml');
    expect(mistakesOf(mended ? { ...files, settings: SETTINGS, routes: routesWith(''), ...mended } : followed(files))).toEqual([]);
  });
});

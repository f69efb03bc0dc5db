/** Whose something is, by the tags that the settings name, and who that is in Slack. */
import { allToOne } from '../../../config/routing/all-to';
import { mentionsOf, taggedOwner } from '../../../config/routing/owner-tags';
import { config } from '../../world/config';
import { mistakesOf, removeFolders, routesWith, SETTINGS } from '../folder';

afterAll(removeFolders);

const TAGS = ['resource:team', 'account:team', 'resource:app:owner'];

test.each([
  ['the resource before the account, as they are named', { team: 'a' }, { team: ['b'] }, 'b resource team 0'],
  ['the account where the resource says nothing', { team: 'a' }, { env: ['b'] }, 'a account team 1'],
  ['an empty tag says nothing', { team: ' ' }, { 'app:owner': ['c'] }, 'c resource app:owner 2'],
  ['of several resources the first counts', {}, { team: ['b', 'c'] }, 'b resource team 0'],
  ['a tag of another key says nothing', { Team: 'a' }, {}, undefined],
  ['a name that every object has', {}, {}, undefined],
])('%s', (_what, account, resources, expected) => {
  const owner = taggedOwner(TAGS, account as Record<string, string>, resources as Record<string, string[]>);
  expect(owner && `${owner.value} ${owner.of} ${owner.key} ${owner.rank}`).toBe(expected);
});

test('without tags that are named nothing has an owner; what every object has is no tag', () => {
  expect(taggedOwner([], { team: 'a' }, { team: ['b'] })).toBeUndefined();
  expect(taggedOwner(['account:constructor', 'resource:toString'], {}, {})).toBeUndefined();
});

test('who that is in Slack: in whatever capitals, for the severities that are named', () => {
  const owners = {
    Payments: { mention: 'S0PAYMENT1', severities: ['CRITICAL' as const] },
    web: { mention: ['U0WEB00001', 'U0WEB00002'], severities: ['CRITICAL' as const, 'HIGH' as const] },
  };
  expect(mentionsOf('payments ', 'CRITICAL', owners)).toEqual(['S0PAYMENT1']);
  expect(mentionsOf('payments', 'HIGH', owners)).toEqual([]);
  expect(mentionsOf('WEB', 'HIGH', owners)).toEqual(['U0WEB00001', 'U0WEB00002']);
  expect(mentionsOf('constructor', 'CRITICAL', owners)).toEqual([]);
  expect(mentionsOf('payments', 'CRITICAL', undefined)).toEqual([]);
});

test('where one channel stands for all nobody is mentioned', () => {
  const { settings, routes } = config({ settings: { allTo: 'C0TRIALS001' } });
  const owners = { payments: { mention: 'S0PAYMENT1', severities: ['CRITICAL' as const] } };
  expect(allToOne({ settings, routes: { ...routes, owners } }).routes.owners).toBeUndefined();
});

const owned = (owners: string) => routesWith('').replace('receivers:\n', `owners:\n  ${owners}\nreceivers:\n`);
const OWNER_TAGS = `${SETTINGS}ownerTags: ["resource:team"]\n`;

test.each([
  [
    'a tag without what has it',
    `${SETTINGS}ownerTags: [team]\n`,
    routesWith(''),
    [
      'settings.yaml ownerTags[0]: "team": an owner tag is written account:KEY or resource:KEY, by what has the tag  Write for example "resource:team" or "account:team".',
    ],
  ],
  [
    'a list of mappings, as YAML reads a blank',
    `${SETTINGS}ownerTags: [resource: team]\n`,
    routesWith(''),
    ['settings.yaml ownerTags[0]: text is wanted here  Write for example "resource:team" or "account:team".'],
  ],
  [
    'a tag that is listed twice',
    `${SETTINGS}ownerTags: ["resource:team", "resource:team"]\n`,
    routesWith(''),
    ['settings.yaml ownerTags[1]: "resource:team" is listed twice  Remove it, or write the one that was meant.'],
  ],
  [
    'a name for an id',
    OWNER_TAGS,
    owned('payments: { mention: "@payments" }'),
    [
      'routes.yaml owners.payments.mention: "@payments": a mention is the id of a Slack user (U…) or user group (S…), not a name  Write for example "U0ONCALL01" or "S0ONCALL01".',
    ],
  ],
  [
    'an id without its key',
    OWNER_TAGS,
    owned('payments: S0PAYMENT1'),
    ['routes.yaml owners.payments: "S0PAYMENT1": a mapping of keys is wanted here  Give it the keys mention, severities, one a line.'],
  ],
  [
    'owners in two capitals',
    OWNER_TAGS,
    owned('web: { mention: S0PAYMENT1 }\n  Web: { mention: S0PAYMENT1 }'),
    ['routes.yaml owners.Web: "Web" is "web" once more: capitals make no other owner  Remove it, or the other.'],
  ],
  [
    'an owner as it should be, also of a webhook',
    OWNER_TAGS,
    owned('payments: { mention: [S0PAYMENT1, U0ONCALL01], severities: [HIGH] }'),
    [],
  ],
])('%s', (_what, settings, routes, expected) => {
  const told = mistakesOf({ settings, routes }).map(
    ({ file, path, message, remedy }) => `${file.split('/').at(-1)} ${path}: ${message}  ${remedy}`,
  );
  expect(told).toEqual(expected);
});

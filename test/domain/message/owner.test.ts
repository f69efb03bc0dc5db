/** Whose it is within its account, as a message says it, and whom it mentions for that. */
import type { TaggedOwner } from '../../../config/routing/owner-tags';
import { type Language, type Owners, SEVERITIES, type Severity } from '../../../config/schema';
import { renderMessage } from '../../../handlers/domain/message/message';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import { faultsOf } from '../inspect';
import { closed, member, NOW, owner, receiver, type Reported, rendering, report } from '../made';

const TEAMS = ['payments', 'billing', 'web', 'data', 'ml', 'edge', 'mail', 'search'];
const idOf = (team: string) => `S0${team.toUpperCase().padEnd(8, '0')}`;
const OWNERS: Owners = Object.fromEntries(TEAMS.map((team) => [team, { mention: idOf(team), severities: ['CRITICAL' as const] }]));
const OWN = ['U0ONCALL01', 'S0ONCALL01'];

const by = (value: string, changes: Partial<TaggedOwner> = {}): TaggedOwner => ({
  value,
  key: 'team',
  of: 'resource',
  rank: 0,
  ...changes,
});
const its = (name: string, taggedOwner?: TaggedOwner, severity: Severity = 'CRITICAL'): Reported =>
  member(name, {
    ...(taggedOwner ? { taggedOwner } : {}),
    reports: { r1: report({ open: { revision: [NOW, NOW, 'e1'], severity, firstObservedAt: NOW } }) },
  });

interface Choices extends Partial<Rendering> {
  language?: Language;
}
function made(all: Reported[], { language = 'en', ...changes }: Choices = {}): Rendering {
  return rendering(all, { owners: OWNERS, receiver: { ...receiver, language }, ...changes });
}
function told(all: Reported[], choices?: Choices) {
  const message = renderMessage(made(all, choices));
  expect(faultsOf(message, { mentions: [...OWN, ...TEAMS.map(idOf)] })).toEqual([]);
  return { lines: rowsOf(message), mentions: mentionsIn(message) };
}
/** Each row as one line. */
function rowsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf);
  const { type, elements = [], blocks } = node as { type?: string; elements?: { text?: string }[]; blocks?: unknown };
  if (type === 'rich_text_section') return [elements.map(({ text = '' }) => text).join('')];
  return rowsOf(blocks ?? elements);
}
const mentionsIn = (message: object) => [...JSON.stringify(message).matchAll(/"(?:user_id|usergroup_id)":"(\w+)"/g)].map(([, id]) => id);

test.each([
  ['en', by('payments'), 'Owner  payments (tag team)'],
  ['en', by('payments', { of: 'account', key: 'owner' }), 'Owner  payments (account tag owner)'],
  ['ja', by('payments'), '担当  payments（タグ team）'],
  ['ja', by('決済', { of: 'account' }), '担当  決済（アカウントのタグ team）'],
] as const)('in %s a row says who and by which tag: %j', (language, taggedOwner, row) => {
  const { lines } = told([its('a', taggedOwner)], { language });
  expect(lines.filter((line) => line === row)).toHaveLength(1);
});

test.each([
  ['en', 'Comes from  CloudFormation payments-core · Auto Scaling web'],
  ['ja', '管理元  CloudFormation payments-core · Auto Scaling web'],
] as const)('in %s a row says what made it', (language, row) => {
  const origin = [
    { by: 'CloudFormation', name: 'payments-core' },
    { by: 'Auto Scaling', name: 'web' },
  ];
  const [one] = [its('a')];
  const all = one ? [{ ...one, resource: { ...one.resource, origin } }] : [];
  expect(told(all, { language }).lines).toContain(row);
});

test('without a tag nobody is named as owner, and nobody is mentioned but the receiver’s own', () => {
  const { lines, mentions } = told([its('a')]);
  expect(lines.join('\n')).not.toMatch(/tag|Comes from/);
  expect(mentions).toEqual(OWN);
});

test('of several that are one owner’s one row says it, of several owners each row of the list its own', () => {
  const one = told([its('a', by('payments')), its('b', by('Payments'))]).lines;
  expect(one.filter((line) => line.includes('Owner'))).toEqual(['Owner  payments (tag team)']);
  const two = told([its('a', by('payments')), its('b', by('billing')), its('c')]).lines.filter((line) => line.includes('Owner'));
  expect(two).toEqual(['a  Owner payments', 'b  Owner billing']);
});

test('where more are open than are named nobody knows that all are one owner’s', () => {
  const all = Array.from({ length: 70 }, (_, n) => its(`bucket-${n}`, by('payments')));
  const lines = told(all).lines.filter((line) => line.includes('Owner'));
  expect(lines).toHaveLength(5);
  expect(lines.every((line) => line.endsWith('Owner payments'))).toBe(true);
});

test('owners are mentioned behind the receiver’s own, each once', () => {
  expect(told([its('a', by('payments')), its('b', by('PAYMENTS')), its('c', by('billing'))]).mentions).toEqual([
    ...OWN,
    idOf('payments'),
    idOf('billing'),
  ]);
});

test('of many owners five, those of the most urgent', () => {
  const all = TEAMS.map((team, n) =>
    member(`b${n}`, {
      taggedOwner: by(team),
      reports: { r1: report({ open: { revision: [NOW, NOW, 'e'], severity: 'CRITICAL', firstObservedAt: NOW - 1000 + n } }) },
    }),
  );
  expect(told(all).mentions).toEqual([...OWN, ...TEAMS.slice(0, 5).map(idOf)]);
});

test.each(SEVERITIES)('by the severity of what is theirs, whatever else the problem holds: %s', (severity) => {
  const { mentions } = told([its('a', by('payments')), its('b', by('billing'), severity)]);
  expect(mentions.includes(idOf('billing'))).toBe(severity === 'CRITICAL');
});

test('what has closed calls nobody: neither whose it was, nor by a message in which all is closed', () => {
  const done = (name: string, team: string) => ({ ...its(name, by(team)), reports: { r1: closed(NOW) } });
  expect(told([its('a', by('payments')), done('b', 'billing')]).mentions).toEqual([...OWN, idOf('payments')]);
  const { lines, mentions } = told([done('a', 'payments')]);
  expect(mentions).toEqual([]);
  expect(lines).toContain('Owner  payments (tag team)');
});

test('a receiver may have owners named and not mentioned; who is one of its own is mentioned once', () => {
  const quiet = told([its('a', by('payments'))], { receiver: { ...receiver, mentionOwners: false } });
  expect(quiet.mentions).toEqual(OWN);
  expect(quiet.lines).toContain('Owner  payments (tag team)');
  const owners: Owners = { payments: { mention: OWN, severities: ['CRITICAL'] } };
  expect(told([its('a', by('payments'))], { owners }).mentions).toEqual(OWN);
});

test('a broadcast mentions the owners of what is new, a plain reply nobody', () => {
  const all = [its('a', by('payments')), member('b', { taggedOwner: by('billing'), owner: owner({ accountId: '666666666666' }) })];
  const given = made(all);
  const fresh = given.view.named
    .filter(({ id }) => id === 'b')
    .map((each) => ({ member: each, newness: 'new-account' as const, loud: true, news: [] }));
  const reply = (broadcast: boolean) => renderReply(given, { step: 'reply', about: 'growth', broadcast, fresh, unnamed: [] });
  expect(mentionsIn(reply(true))).toEqual([...OWN, idOf('billing')]);
  expect(mentionsIn(reply(false))).toEqual([]);
  expect(rowsOf(reply(false))).toContainEqual(expect.stringMatching(/b {2}Owner billing$/));
});

test('a name that every object has is nobody’s, and a tag of any length and kind is one inert line', () => {
  expect(told([its('a', by('constructor'))]).mentions).toEqual(OWN);
  const tag = by(`<!channel> *x* <@U1>\n\u202e${'x'.repeat(300)}`, { key: '<https://evil.example|k>' });
  const row = told([its('a', tag)]).lines.find((line) => line.startsWith('Owner')) ?? '';
  expect(row).toContain('‹!channel> *x* ‹@U1>');
  expect(row.length).toBeLessThan(130);
});

/** docs/architecture.md says where each row of the ledger stands; the code says it in rowKeys. */
import { readFileSync } from 'node:fs';
import { findingKey } from '../../handlers/domain/finding/key';
import { type LedgerKey, rowKeys } from '../../handlers/domain/problem/rows';

const page = readFileSync('docs/architecture.md', 'utf8');
const start = page.indexOf('| row | key |');
const table = page.slice(start, page.indexOf('\n\n', start));

const problem = { receiver: 'R', fingerprint: 'F' };
const finding = { format: 'asff' as const, accountId: 'A', productArn: 'P', id: 'I' };
/** One of each kind; a kind that is new does not compile until it stands here. */
const KEYS: Record<Exclude<keyof typeof rowKeys, 'problem' | 'marks'>, LedgerKey> = {
  finding: rowKeys.finding(findingKey(finding)),
  header: rowKeys.header(problem),
  state: rowKeys.state(problem, 'M'),
  notify: rowKeys.notify(problem, 'F'),
  toMark: rowKeys.toMark(problem, 0, 1),
  mark: rowKeys.mark(problem, 0, 'F', 1),
  flag: rowKeys.flag(problem),
  text: rowKeys.text('T'),
  delivery: rowKeys.delivery(problem, 'D'),
  controlText: rowKeys.controlText('C'),
  account: rowKeys.account('A'),
  parent: rowKeys.parent('A'),
  unit: rowKeys.unit('U'),
  briefing: rowKeys.briefing('B'),
  purges: rowKeys.purges('A', 0),
  spent: rowKeys.spent('2026-11'),
  lease: rowKeys.lease('L'),
  slot: rowKeys.slot('S'),
  hold: rowKeys.hold('C'),
  away: rowKeys.away('S'),
  failures: rowKeys.failures('M'),
  unknownOwner: rowKeys.unknownOwner('A', 'F'),
  unknownAccount: rowKeys.unknownAccount('A'),
  due: rowKeys.due('2026'),
};

test.each(Object.entries(KEYS))('the ledger’s table has the key of %s', (_kind, { pk, sk }) => {
  const [partition = '', numbered] = pk.split(/(#)/);
  // `same` stands for the partition of the row above; rows of a problem are known by their sort key.
  if (partition === 'problem') expect(table).toMatch(new RegExp(`(same|\`problem#[^\`]*\`) / \`${sk.split('#')[0]}[#\`]`));
  else expect(table).toContain(numbered ? `\`${partition}#` : `\`${partition}\``);
});

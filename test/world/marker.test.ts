/** Marks of many problems in one look: what had no turn at Security Hub when it was told. */
import { Refused } from '../../handlers/domain/failure';
import { FREE } from '../../handlers/domain/pacing';
import { NOTIFY, rowKeys, TO_MARK } from '../../handlers/domain/problem/rows';
import { control, findingId } from './events';
import { DAY } from '../../handlers/domain/time';
import { MINUTE, SECOND, START, World } from './world';

const of = (n: number) => ({ control: `EC2.${n}`, title: `Control ${n}`, bucket: `r-${n}` });
const ids = (count: number) => Array.from({ length: count }, (_, n) => findingId(of(n))).sort();
const markedIn = ({ hub }: World) => hub.marked.map(({ id }) => id).sort();

/** So many problems of one finding each, while others have all turns at Security Hub. */
async function busy(problems: number): Promise<World> {
  const world = new World();
  await world.ledger.writeAll([{ key: rowKeys.slot('securityhub'), value: { ...FREE, nextAt: START + 90 * SECOND } }]);
  for (let n = 0; n < problems; n++) world.send(control(of(n)));
  return world;
}

test('those of thirty problems are made with one reading and one batch, within a minute or two of being told, and nothing is left behind', async () => {
  const world = await busy(30);
  await world.run(START + MINUTE);
  expect([world.slack.posts.length, world.hub.marked]).toEqual([30, []]);
  const calls: number[] = [];
  world.hub.onMark = (findings) => void calls.push(findings.length);
  const looks = world.invocations;
  await world.run(START + 3 * MINUTE);
  expect(calls).toEqual([30]);
  expect(markedIn(world)).toEqual(ids(30));
  // Some ticks, and the marker: once before its turn has come, and once with it.
  expect(world.invocations - looks).toBeLessThanOrEqual(6);
  expect(world.ledger.keys().filter(({ pk, sk }) => pk === TO_MARK || sk.startsWith(NOTIFY))).toEqual([]);
});

test('each says in its note which receiver was told, and where', async () => {
  const world = await busy(1);
  world.send(control({ ...of(1), account: '222222222222' }));
  await world.run();
  const notes = world.hub.marked.map(({ note }) => note);
  expect(notes.some((note) => note?.includes('workloads, channel C0WORKLD001'))).toBe(true);
  expect(notes.every((note) => note?.includes('channel C0'))).toBe(true);
});

test('one that Security Hub refuses is tried again by itself, and the others are marked', async () => {
  const world = await busy(3);
  world.hub.refuses = (id) => (id === findingId(of(1)) && world.now < START + 20 * MINUTE ? 'InvalidInput' : undefined);
  await world.run(START + 10 * MINUTE);
  expect(markedIn(world)).toEqual([findingId(of(0)), findingId(of(2))].sort());
  await world.run();
  expect(markedIn(world)).toEqual(ids(3));
});

test('one for which Security Hub refuses to read or to mark all that is asked with it keeps no other waiting', async () => {
  const world = await busy(5);
  const { hub } = world;
  const [read, mark] = [hub.read.bind(hub), hub.markNotified.bind(hub)];
  const answers = async <T>(n: number, asked: readonly { id: string }[], call: () => Promise<T>) => {
    if (asked.some(({ id }) => id === findingId(of(n)))) throw new Refused('Security Hub answered InvalidInputException (HTTP 400)');
    return call();
  };
  hub.read = (asked) => answers(1, asked, () => read(asked));
  hub.markNotified = (asked) => answers(3, asked, () => mark(asked));
  await world.run(START + 3 * MINUTE);
  expect(markedIn(world)).toEqual([0, 2, 4].map((n) => findingId(of(n))).sort());
  await world.run(START + 4 * DAY);
  expect(world.ledger.keys().filter(({ pk }) => pk === TO_MARK)).toEqual([]);
});

test('what ended meanwhile, however it ended, keeps what was set, and nothing of it is left behind', async () => {
  const world = await busy(5);
  await world.run(START + MINUTE);
  const at = START + 61 * SECOND;
  const later = (n: number, parts: object) => control({ ...of(n), ...parts, updatedAt: at, time: at, firstObservedAt: at });
  world.send(later(0, { workflow: 'SUPPRESSED' }), SECOND);
  world.send(later(1, { workflow: 'RESOLVED' }), SECOND);
  world.send(later(2, { recordState: 'ARCHIVED' }), SECOND);
  world.send(later(3, { compliance: 'PASSED', severity: 'INFORMATIONAL' }), SECOND);
  await world.run();
  expect(markedIn(world)).toEqual([findingId(of(4))]);
  expect(world.ledger.keys().filter(({ pk, sk }) => pk === TO_MARK || sk.startsWith(NOTIFY))).toEqual([]);
});

test('what changed and is not told yet is left to whoever tells it', async () => {
  const world = await busy(1);
  const grown = (account: string, after: number) => {
    const at = START + after;
    return control({ ...of(0), account, updatedAt: at, time: at, eventId: account });
  };
  // The first is told when changes have gathered for a minute; the second gathers still when the marker comes.
  await world.run(START + 30 * SECOND);
  world.send(grown('666666666666', 30 * SECOND));
  await world.run(START + 70 * SECOND);
  world.send(grown('777777777777', 70 * SECOND));
  await world.run(START + 100 * SECOND);
  expect(markedIn(world)).toEqual([findingId(of(0)), findingId({ ...of(0), account: '666666666666' })].sort());
  await world.run();
  expect(markedIn(world)).toHaveLength(3);
});

/** What is sent again and says nothing new costs one read, and still no state that was overtaken comes back. */
import { readable } from '../../cli/simulate/world/slack';
import { control } from './events';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

/** A finding that was told and marked NOTIFIED, of which Security Hub said so. */
async function told(): Promise<World> {
  const world = new World();
  world.send(control());
  world.send(control({ workflow: 'NOTIFIED', time: START + MINUTE, eventId: 'marked' }), MINUTE);
  await world.run();
  world.now = START + 12 * HOUR;
  return world;
}
const at = (hours: number) => ({ updatedAt: START + hours * HOUR, time: START + hours * HOUR });

test('what was marked and is refreshed by Security Hub costs one read of the ledger and no write', async () => {
  const world = await told();
  const before = { ...world.ledger.calls };
  world.send(control({ workflow: 'NOTIFIED', ...at(12) }));
  await world.run();
  expect(world.decisions.at(-1)?.outcome).toBe('unchanged');
  expect(world.ledger.calls).toEqual({ ...before, read: before.read + 1 });
});

test.each([
  ['was archived and came back', {}, { recordState: 'ARCHIVED' }],
  ['was suppressed and marked again by hand', { workflow: 'NOTIFIED', updatedAt: START }, { workflow: 'SUPPRESSED', updatedAt: START }],
])('what %s stays open where its closing comes last', async (_what, back, closing) => {
  const world = await told();
  world.send(control({ ...at(12), ...back }));
  world.send(control({ ...at(11), ...closing }), MINUTE);
  await world.run();
  // Nobody is told; the message says since when it is open again.
  expect(world.slack.calls.map(({ operation }) => operation)).toEqual(['post', 'update']);
  expect(readable(only(world.slack.posts))).toMatch(/^🔴 CRITICAL [\s\S]*1 open resource[\s\S]*(?:open again|no longer suppressed) since/);
});

test('words that came with another state are still learned from what changes nothing else', async () => {
  const world = await told();
  const before = world.ledger.calls.write;
  // Older than what is known, of another severity: when it falls to that again, these are its words.
  world.send(control({ workflow: 'NOTIFIED', severity: 'HIGH', updatedAt: START - HOUR, time: START - HOUR, title: 'As it was before' }));
  await world.run();
  const row = world.ledger.all().find(({ key }) => key.pk.startsWith('finding#'))?.value as {
    report: { wordings: { textKey?: string }[] };
  };
  expect(world.ledger.calls.write).toBeGreaterThan(before);
  expect(row.report.wordings.map(({ textKey }) => textKey !== undefined)).toEqual([true, true]);
});

test('how it had ended before it came back is counted as the finding has it, in whatever order that comes', async () => {
  const steps = [{}, { workflow: 'SUPPRESSED' }, { compliance: 'PASSED', severity: 'INFORMATIONAL' }, {}];
  const orders = [
    [0, 1, 2, 3],
    [0, 1, 3, 2],
    [0, 3, 1, 2],
    [3, 0, 2, 1],
  ];
  for (const order of orders) {
    // Each run ends with a recount.
    const world = new World();
    for (const [hour, n] of order.entries())
      world.send(control({ ...steps[n], updatedAt: START + (n === 3 ? MINUTE : 0), time: START + n }), hour * HOUR);
    await world.run(START + 12 * HOUR);
    expect(readable(only(world.slack.posts))).toContain('🔴 CRITICAL');
  }
});

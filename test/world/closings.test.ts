/** How a problem ends: what is mended is green, and what ends otherwise says how; each closing ends what it closes, however late it comes. */
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { asked, control, controlFinding, imported } from './events';
import { HOUR, MINUTE, START, World } from './world';

const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const text = (world: World) => readable(only(world.slack.posts));

test('a failing control that can no longer be checked is told as that, with what its reason code means', async () => {
  const world = new World();
  world.send(control());
  const gone = {
    compliance: 'NOT_AVAILABLE',
    severity: 'INFORMATIONAL',
    reason: 'CONFIG_RETURNS_NOT_APPLICABLE',
    firstObservedAt: START + HOUR,
  };
  world.send(control({ ...gone, ...at(HOUR) }), HOUR);
  await world.run();
  expect(text(world)).toMatch(/^⚪ NO LONGER EVALUATED · CRITICAL/);
  expect(text(world)).toContain('Could not be checked: it does not apply any more, or the resource is gone');
  expect(text(world)).not.toContain('Do now');
});

test('a control that never failed and could not be checked is not told as failing', async () => {
  const world = new World();
  world.send(control({ compliance: 'WARNING', severity: 'CRITICAL', reason: 'S3_BUCKET_CROSS_ACCOUNT_CROSS_REGION' }));
  await world.run();
  expect(world.slack.posts).toEqual([]);
  expect(only(world.decisions)).toMatchObject({
    outcome: 'filtered',
    admission: { rule: 'unchecked', reason: expect.stringContaining('elsewhere') },
  });
});

test('what a person suppressed is not green, and says who and why; what this system noted itself is nobody’s reason', async () => {
  for (const [author, said] of [
    ['alice', 'Suppressed by alice: “accepted in RISK-42 ‹!channel>”'],
    ['security-hub-interpreter', undefined],
  ] as const) {
    const world = new World();
    world.send(control());
    const note = { Text: 'accepted in RISK-42 <!channel>', UpdatedBy: author };
    world.send(imported({ ...controlFinding({ workflow: 'SUPPRESSED', ...at(HOUR) }), Note: note }, { time: START + HOUR }), HOUR);
    await world.run();
    expect(text(world)).toMatch(/^⚪ SUPPRESSED · CRITICAL/);
    if (said) expect(text(world)).toContain(said);
    else expect(text(world)).not.toContain('RISK-42');
    // A mention is an element of its own in Slack: this one is text.
    expect(JSON.stringify(world.slack.posts)).not.toContain('"type":"broadcast"');
  }
});

test('what ended stays ended as it did when Security Hub puts its record away days later', async () => {
  for (const [ended, badge, reason] of [
    [{ compliance: 'PASSED', severity: 'INFORMATIONAL', workflow: 'RESOLVED', firstObservedAt: START + HOUR }, /^✅ RESOLVED/, ''],
    [
      { compliance: 'NOT_AVAILABLE', severity: 'INFORMATIONAL', reason: 'CONFIG_RETURNS_NOT_APPLICABLE', firstObservedAt: START + HOUR },
      /^⚪ NO LONGER EVALUATED/,
      'the resource is gone',
    ],
    [{ workflow: 'SUPPRESSED' }, /^⚪ SUPPRESSED/, 'RISK-42'],
  ] as const) {
    const world = new World();
    const noted = (made: object) => ({ ...controlFinding({ ...ended, ...made }), Note: { Text: 'RISK-42', UpdatedBy: 'alice' } });
    world.send(control());
    world.send(imported(noted(at(HOUR)), { time: START + HOUR }), HOUR);
    world.send(imported(noted({ ...at(72 * HOUR), recordState: 'ARCHIVED' }), { time: START + 72 * HOUR }), 72 * HOUR);
    await world.run(START + 80 * HOUR);
    expect(text(world)).toMatch(badge);
    expect(text(world)).toContain(reason);
    expect(world.slack.replies).toHaveLength(1);
  }
});

test('of several that ended in several ways each is counted, and the message is not green', async () => {
  const world = new World();
  for (const bucket of ['a', 'b']) world.send(control({ bucket }));
  const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR };
  world.send(control({ bucket: 'a', ...passed, ...at(HOUR) }), HOUR);
  world.send(control({ bucket: 'b', workflow: 'SUPPRESSED', ...at(HOUR) }), HOUR);
  await world.run();
  expect(text(world)).toMatch(/^⚪ CLOSED · CRITICAL/);
  expect(text(world)).toContain('1 resource suppressed, 1 mended');
  expect(world.slack.replies.map(readable).join()).toContain(
    'Closed, and not all of it known to be mended: 1 resource suppressed, 1 mended',
  );
});

test('a finding that passed and is sent by hand has nothing to do', async () => {
  const world = new World();
  world.send(asked(controlFinding({ compliance: 'PASSED', severity: 'INFORMATIONAL', workflow: 'RESOLVED' })));
  await world.run();
  expect(text(world)).toMatch(/^✅ RESOLVED/);
  expect(text(world)).not.toMatch(/Do now|What it means/);
});

test('a closing that is dated before a new chapter and comes after it ends it', async () => {
  const world = new World();
  const pass = (time: number, delay: number) =>
    world.send(
      control({
        compliance: 'PASSED',
        severity: 'INFORMATIONAL',
        firstObservedAt: START + time,
        updatedAt: START + time,
        time: START + time,
      }),
      delay,
    );
  world.send(control());
  pass(HOUR, HOUR);
  await world.run(START + 2 * HOUR);
  // It fails again 40 hours later; its events come through a backlog, two minutes late.
  const again = 40 * HOUR;
  world.send(control({ ...at(again), firstObservedAt: START + again }), START + again + 2 * MINUTE - world.now);
  pass(again + MINUTE, START + again + 3 * MINUTE - world.now);
  await world.run(START + 60 * HOUR);
  expect(world.slack.posts).toHaveLength(2);
  for (const post of world.slack.posts) expect(readable(post)).toMatch(/^✅/);
});

test('what fails again is open again, also where its closing comes late', async () => {
  const world = new World();
  world.send(control());
  world.send(control({ firstObservedAt: START + 2 * HOUR, ...at(2 * HOUR) }), 2 * HOUR);
  world.send(control({ compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR, ...at(HOUR) }), 3 * HOUR);
  await world.run();
  expect(world.slack.replies.map(readable)).toEqual([expect.stringContaining('Open again')]);
  expect(text(world)).toContain('1 open');
});

test('what somebody takes back from suppressed is told as that, not as failing again', async () => {
  const world = new World();
  world.send(control());
  world.send(control({ workflow: 'SUPPRESSED', ...at(HOUR) }), HOUR);
  world.send(control({ ...at(3 * HOUR) }), 3 * HOUR);
  await world.run();
  expect(world.slack.replies.map(readable)).toEqual([
    expect.stringContaining('the risk remains'),
    expect.stringContaining('No longer suppressed: open again'),
  ]);
});

test('a closing that is sent back days later before its opening is not forgotten', async () => {
  const world = new World();
  const day = 24 * HOUR;
  world.send(control({ compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR, ...at(HOUR) }), 3 * day);
  world.send(control(at(0)), 3 * day + MINUTE);
  await world.run();
  expect(text(world)).toMatch(/^✅ RESOLVED · CRITICAL/);
});

import { awsError } from '../../cli/simulate/world/limits';
import { asked, control, controlFinding, imported, threat } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

describe('a problem is told', () => {
  test('posts a finding once, however often it is re-emitted, with and without a changed UpdatedAt', async () => {
    const world = new World();
    for (let n = 0; n < 5; n++) world.send(control());
    for (let n = 1; n <= 5; n++) world.send(control({ updatedAt: START + n * HOUR, time: START + n * HOUR }), n * 12 * HOUR);
    await world.run();
    expect(world.slack.calls.map(({ operation }) => operation)).toEqual(['post']);
    expect(world.dead).toEqual([]);
    expect(world.decisions.map(({ outcome }) => outcome)).toEqual(['recorded', ...Array(9).fill('unchanged')]);
  });

  test('tells 500 findings of 5 controls over 100 accounts in 5 messages, counts them all, and asks the model 5 times', async () => {
    const world = new World();
    for (let n = 0; n < 500; n++) {
      const control_ = `S3.${1 + (n % 5)}`;
      world.send(
        control({
          control: control_,
          severity: 'HIGH',
          title: `Control ${control_}`,
          account: String(100000000000 + (Math.floor(n / 5) % 100)),
          bucket: `bucket-${n}`,
        }),
      );
    }
    await world.run();
    expect(world.dead).toEqual([]);
    expect(world.slack.posts).toHaveLength(5);
    for (const post of world.slack.posts) expect(readable(post)).toContain('100 open');
    expect(world.asks).toBe(5);
    expect(world.hub.marked).toHaveLength(500);
    expect(world.slack.calls.length).toBeLessThanOrEqual(60);
  });

  test('growth into a new account is a broadcast reply, and the message grows', async () => {
    const world = new World();
    world.send(control());
    world.send(control({ account: '666666666666', bucket: 'exports' }), 10 * MINUTE);
    world.send(control({ account: '666666666666', bucket: 'reports' }), 20 * MINUTE);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.slack.replies.map(({ broadcast, at }) => [broadcast, (at - START) / MINUTE])).toEqual([
      [true, 10],
      [false, 20],
    ]);
    expect(readable(only(world.slack.posts))).toContain('3 open');
  });

  test('a rise in severity is told loudly, and the message shows it', async () => {
    const world = new World();
    world.send(threat({ severity: 'HIGH' }));
    world.send(threat({ severity: 'CRITICAL', updatedAt: START + 30 * MINUTE, time: START + 30 * MINUTE }), 30 * MINUTE);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.slack.replies).toHaveLength(1);
    expect(world.slack.replies[0]).toMatchObject({ broadcast: true });
    expect(only(world.slack.posts).text).toMatch(/^🔴 CRITICAL/);
  });

  test('when the last one closes the message turns to resolved, with the time it took, and a reply says so', async () => {
    const world = new World();
    world.send(control({ firstObservedAt: START }));
    world.send(
      control({
        compliance: 'PASSED',
        severity: 'INFORMATIONAL',
        workflow: 'RESOLVED',
        updatedAt: START + 3 * HOUR,
        time: START + 3 * HOUR,
        firstObservedAt: START + 3 * HOUR,
      }),
      3 * HOUR,
    );
    await world.run();
    expect(only(world.slack.posts).text).toMatch(/^✅ RESOLVED · .*CRITICAL/);
    expect(readable(only(world.slack.posts))).toContain('after 3 h');
    expect(world.slack.replies.map(({ text }) => text)).toEqual([expect.stringContaining('all of it passes, after 3 h')]);
  });

  test('reopening within the window is a broadcast reply in the same message, later a new message that links to the old', async () => {
    const close = (hours: number) =>
      control({
        compliance: 'PASSED',
        severity: 'INFORMATIONAL',
        updatedAt: START + hours * HOUR,
        time: START + hours * HOUR,
        firstObservedAt: START + hours * HOUR,
      });
    const open = (hours: number) =>
      control({ updatedAt: START + hours * HOUR, time: START + hours * HOUR, firstObservedAt: START + hours * HOUR });
    const world = new World();
    world.send(open(0));
    world.send(close(2), 2 * HOUR);
    world.send(open(5), 5 * HOUR);
    world.send(close(6), 6 * HOUR);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.slack.replies.map(({ broadcast }) => broadcast)).toEqual([false, true, false]);
    world.send(open(60), 54 * HOUR);
    await world.run();
    expect(world.slack.posts).toHaveLength(2);
    const second = only(world.slack.posts.slice(1));
    expect(JSON.stringify(second.blocks)).toContain('https://acme.slack.com/archives/');
    expect(readable(second)).toContain('1 open');
  });

  test('a closing that overtook its opening ends in the same message as the other way round', async () => {
    const opening = control({ time: START, eventId: 'a' });
    const closing = control({
      compliance: 'PASSED',
      severity: 'INFORMATIONAL',
      updatedAt: START + MINUTE,
      time: START + MINUTE,
      eventId: 'b',
      firstObservedAt: START + MINUTE,
    });
    const finals: string[] = [];
    for (const events of [
      [opening, closing],
      [closing, opening],
    ]) {
      const world = new World();
      for (const [index, event] of events.entries()) world.send(event, index * 2 * MINUTE);
      await world.run();
      expect(world.slack.posts).toHaveLength(1);
      finals.push(JSON.stringify(only(world.slack.posts).blocks));
    }
    expect(finals[0]).toContain('RESOLVED');
    expect(finals[0]).toBe(finals[1]);
  });

  test('the closing of a finding never told costs no message', async () => {
    const world = new World();
    world.send(control({ compliance: 'PASSED', severity: 'INFORMATIONAL' }));
    await world.run();
    expect(world.slack.calls).toEqual([]);
    expect(world.decisions[0]).toMatchObject({ outcome: 'filtered' });
  });

  test('four standards about one bucket are one member', async () => {
    const world = new World();
    for (const standard of ['nist', 'pci', 'cis', 'afsbp']) world.send(control({ standard }));
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.slack.replies).toHaveLength(0);
    expect(readable(only(world.slack.posts))).toContain('1 open');
  });

  test('a finding sent by hand is told at any severity, and again as a broadcast where it is known', async () => {
    const world = new World();
    const byHand = (eventId: string) => asked(controlFinding({ severity: 'LOW' }), { eventId });
    world.send(byHand('hand-1'));
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    world.send(byHand('hand-2'), MINUTE);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.slack.replies).toMatchObject([{ broadcast: true }]);
  });

  test('what a person set is never overwritten', async () => {
    const world = new World();
    const finding = controlFinding();
    world.send(imported(finding));
    expect(world.hub.update({ id: String(finding.Id), productArn: String(finding.ProductArn) }, { workflow: 'SUPPRESSED' })).toBe(1);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect(world.hub.marked).toEqual([]);
  });

  test('words that fail come later by update', async () => {
    let fails = 2;
    const world = new World({
      analyst: {
        interpret: async () => {
          if (fails-- > 0) throw awsError('ThrottlingException', 'Rate exceeded');
          return {
            content: { summary: 'The lock is off.', impact: 'Anyone may enter.', actions: ['Lock it.'] },
            model: 'm',
            inputTokens: 1,
            outputTokens: 1,
          };
        },
      },
    });
    world.send(control());
    await world.run(START + MINUTE);
    expect(readable(only(world.slack.posts))).toContain('No AI interpretation yet');
    await world.run();
    expect(readable(only(world.slack.posts))).toContain('The lock is off.');
    expect(world.slack.calls.map(({ operation }) => operation)).toEqual(['post', 'update']);
  });
});

test('a rise to CRITICAL is broadcast at once, whatever was broadcast before; what rises again, a quarter of an hour after it', async () => {
  const world = new World();
  const send = (minute: number, account: string, severity: string) =>
    world.send(control({ account, severity, updatedAt: START + minute * MINUTE }), minute * MINUTE);
  send(0, '555555555555', 'HIGH');
  send(6, '666666666666', 'HIGH');
  for (const [minute, severity] of [
    [7, 'CRITICAL'],
    [9, 'HIGH'],
    [15, 'CRITICAL'],
  ] as const)
    send(minute, '555555555555', severity);
  await world.run();
  const broadcasts = world.slack.told.filter(({ broadcast }) => broadcast).map(({ at }) => (at - START) / MINUTE);
  expect(broadcasts.map(Math.floor)).toEqual([6, 7, 22]);
});

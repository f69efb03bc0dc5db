/**
 * What a finding costs in calls and bytes; times are not checked. The promises are 20 calls for a lone finding, 8 in a storm, 1 for
 * what is sent again unchanged, and 2 invocations of deliver a Slack call: where it costs more today, the ceiling is what it costs.
 */
import type { Figures } from '../../bench/measured';
import { lone, organizationOf, storm } from '../../bench/scenarios';

const CEILING = {
  lone: { CRITICAL: 20, HIGH: 20 },
  loneDeliveries: { CRITICAL: 1, HIGH: 1 },
  again: 1,
  storm: 6.8,
  deliveries: 2,
};
const deliveries = ({ invocations, slackCalls }: Figures) => (invocations.deliver ?? 0) / slackCalls;

test.each(['CRITICAL', 'HIGH'] as const)(
  'a lone %s of a new control costs no more ledger calls and looks than it did',
  async (severity) => {
    const { knownAccount, again } = await lone(severity);
    expect(knownAccount.slackCalls).toBe(1);
    expect(knownAccount.ledgerCalls).toBeLessThanOrEqual(CEILING.lone[severity]);
    expect(deliveries(knownAccount)).toBeLessThanOrEqual(CEILING.loneDeliveries[severity]);
    expect(again.ledgerCalls).toBeLessThanOrEqual(CEILING.again);
    expect([again.slackCalls, again.bedrockCalls]).toEqual([0, 0]);
  },
);

test('a finding in a storm costs few ledger calls, and its problem some few Slack calls', async () => {
  const { findings, figures, largestRow } = await storm(1000);
  expect(figures.ledgerCalls / findings).toBeLessThanOrEqual(CEILING.storm);
  expect(figures.slackCalls).toBeLessThanOrEqual(6);
  expect(figures.bedrockCalls).toBe(1);
  expect(largestRow).toBeLessThan(200_000);
});

test('beside the naive design: fewer posts, one question a control, nothing at all for what is sent again', async () => {
  const [first, again] = await organizationOf(100);
  expect(first?.naive).toMatchObject({ slackCalls: 100, bedrockCalls: 100 });
  expect(first?.core.bedrockCalls).toBe(4);
  expect(first?.core.slackCalls).toBeLessThanOrEqual(30);
  expect(first && deliveries(first.core)).toBeLessThanOrEqual(CEILING.deliveries);
  expect(again?.naive).toMatchObject({ slackCalls: 100, bedrockCalls: 100 });
  expect(again?.core).toMatchObject({ slackCalls: 0, bedrockCalls: 0 });
});

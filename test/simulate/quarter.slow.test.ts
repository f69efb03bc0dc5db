/**
 * A tenth of the quarter, played through the product and counted anew by code that shares nothing with it.
 * @proves lost, repeated
 */
import { playedAndRecounted } from './played';

describe('a tenth of the simulated quarter', () => {
  let quarter: Awaited<ReturnType<typeof playedAndRecounted>>;
  beforeAll(async () => {
    quarter = await playedAndRecounted({ scale: 0.1, days: 90, seed: 1 });
  }, 900_000);

  test('ends without a dead letter, and Slack’s limits are never met', () => {
    expect(quarter.played.deadLetters).toEqual([]);
    expect(quarter.played.slack.refused).toBe(0);
    // The hour in which Slack turns most away was met.
    expect(quarter.played.slack.busy).toBeGreaterThan(0);
  });

  test('loses nothing: what is neither muted nor closed before is told under its own name', () => {
    expect(quarter.recount.lost).toEqual([]);
  });

  test('repeats nothing: no words twice, no resource as new once more', () => {
    expect(quarter.recount.repeated).toEqual([]);
  });

  test('tells a thing in one message, whichever Security Hub or standard reports it', () => {
    expect(quarter.recount.twice).toEqual([]);
  });

  test('shows nothing as mended that was suppressed or is no longer evaluated', () => {
    expect(quarter.recount.greenThoughUnmended).toEqual([]);
  });

  test('leaves nothing red in which everything is closed', () => {
    expect(quarter.recount.redThoughClosed).toEqual([]);
  });

  test('shows nothing as green while something in it is open', () => {
    expect(quarter.recount.greenWhileOpen).toEqual([]);
  });

  test('is counted in full: each thing is told, muted, closed before, or lost', () => {
    const { things, told, muted, closedBefore, lost } = quarter.recount;
    expect(things).toBeGreaterThan(1500);
    expect(muted).toBeGreaterThan(0);
    expect(told + muted + closedBefore + lost.length).toBe(things);
  });

  test('asks the model once for many: controls and scanners alike, and vulnerabilities that nobody uses', () => {
    const { briefs, played, report } = quarter;
    const admitted = Object.values(report.receivers).reduce((sum, { newFindings }) => sum + newFindings, 0);
    console.log(`${briefs.table()}\nthe model was asked ${played.modelAsked} times for ${admitted} findings admitted`);
    expect(briefs.of('control').briefs).toBeLessThan(briefs.of('control').findings / 50);
    expect(briefs.of('third-party').briefs).toBe(1);
    // Some 700 CVEs: what kind of package in what kind of resource, mended or not, and two that are exploited.
    expect(briefs.of('inspector').briefs).toBeLessThan(12);
    // Of a tenth: there are as many controls as in the whole, of which it is a hundredth, and a tenth of the findings.
    expect(played.modelAsked).toBeLessThan(admitted * 0.05);
  });
});

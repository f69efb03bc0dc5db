import { enroll } from '../../handlers/enroll/enroll';
import { accountsOf, LATER, REGIONS, sum, world } from './memory';

describe('10,000 accounts', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A run in virtual time, in which each call for 50 accounts lasts so many seconds. */
  async function run(secondsACall: number, deadlineSeconds: number) {
    jest.useFakeTimers({ now: 0 });
    const organization = world(accountsOf(9_998));
    for (const hub of organization.hubs) hub.delay = () => new Promise((resolve) => setTimeout(resolve, secondsACall * 1000));
    const running = enroll(deadlineSeconds * 1000, organization.deps);
    await jest.advanceTimersByTimeAsync(3_600_000);
    const outcomes = await running;
    return { ...organization, outcomes };
  }

  test('in three Regions take less than six minutes of the fifteen where a call lasts five seconds, four calls at once in each', async () => {
    const { outcomes, hubs, lines } = await run(5, 6 * 60);
    expect(sum(outcomes, 'added')).toBe(3 * 9_999);
    expect(sum(outcomes, 'left')).toBe(0);
    expect(hubs.map(({ mostInFlight }) => mostInFlight)).toEqual([4, 4, 4]);
    expect(lines.filter(({ message }) => message === 'enrolled')).toHaveLength(REGIONS.length);
  });

  test('that Security Hub takes too long for are left to the next run, which is said, and the next run goes on with them', async () => {
    const { outcomes, hubs, lines, deps } = await run(60, 14 * 60);
    const left = sum(outcomes, 'left');
    expect(left).toBeGreaterThan(0);
    expect(sum(outcomes, 'added')).toBe(3 * 9_999 - left);
    expect(lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual(
      REGIONS.map(() => 'out of time: accounts are left to the next run'),
    );
    for (const hub of hubs) hub.delay = async () => {};
    await enroll(LATER, deps);
    expect(hubs.map(({ associated }) => associated.size)).toEqual(REGIONS.map(() => 9_999));
    expect(hubs.map(({ batches }) => new Set(batches.flat()).size === batches.flat().length)).toEqual([true, true, true]);
  });
});

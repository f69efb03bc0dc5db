/** The bundles as deployed, against the rates of AWS: a crowd of accounts that nobody knows yet, at one instant. */
import { ORGANIZATIONS } from '../../local/protocol/rate';
import { control } from '../world/events';
import { cleanUp, deadLetters, deployed, posts, prepare } from './deployment';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

const ACCOUNTS = 60;

test('more accounts than Organizations answers for at once: each finding is told and marked in the end, in one message', async () => {
  const cloud = await deployed({ functionTimeoutMs: 60_000 });
  try {
    for (let n = 0; n < ACCOUNTS; n++)
      cloud.putEvent(control({ eventId: `e-${n}`, account: String(100_000_000_000 + n), bucket: `b-${n}` }) as Record<string, unknown>);
    await cloud.drain();
    expect(ACCOUNTS).toBeGreaterThan(ORGANIZATIONS.DescribeAccount?.account.burst ?? ACCOUNTS);
    // Each waited for its turn, so that none was turned away, and none asked for again.
    expect(cloud.calls('organizations', 'DescribeAccount')).toBe(ACCOUNTS);
    expect(deadLetters(cloud)).toEqual([]);
    expect(posts(cloud)).toHaveLength(1);
    expect(cloud.securityHub.findings.asff().map(({ Workflow }) => Workflow)).toEqual(
      Array.from({ length: ACCOUNTS }, () => ({ Status: 'NOTIFIED' })),
    );
    for (const { memoryMb, maxMemoryUsedMb } of cloud.memory()) expect(maxMemoryUsedMb).toBeLessThan(memoryMb / 2);
  } finally {
    await cloud.close();
  }
}, 300_000);

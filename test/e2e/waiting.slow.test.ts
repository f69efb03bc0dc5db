/** The bundles as deployed, over the stand-ins and in virtual time: more than an hour in which one service breaks every connection. */
import type { ServiceName } from '../../local/protocol/wire';
import { control } from '../world/events';
import { HOUR, MINUTE, START } from '../world/world';
import { cleanUp, deadLetters, deployed, ofFunctions, posts, prepare } from './deployment';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

const ENDS = START + 75 * MINUTE;
/** Before, at the beginning of, within and after it: of accounts of their own, since an owner is asked for once. */
const STORY = [0, 2, 40, 80];
const ACCOUNTS = ['555555555555', '666666666666', '444444444444', '333333333333'];

test.each<ServiceName>(['dynamodb', 'sqs', 'organizations', 'secretsmanager', 'bedrock', 'securityhub'])(
  '%s: no dead letter, and each told once',
  async (service) => {
    let now = () => START;
    let broken = 0;
    const cloud = await deployed({
      faults: ofFunctions((call) => {
        if (call.service !== service || now() < START + MINUTE || now() >= ENDS) return undefined;
        broken++;
        return 'reset-before';
      }),
    });
    now = () => cloud.clock.now();
    try {
      for (const [n, minutes] of STORY.entries()) {
        const at = minutes * MINUTE;
        await cloud.drain({ until: START + at });
        const made = {
          control: `EC2.${n}`,
          account: ACCOUNTS[n],
          title: `Control ${n}`,
          bucket: `b-${n}`,
          updatedAt: START + at,
          time: START + at,
        };
        cloud.putEvent(control({ ...made, severity: n % 2 ? 'CRITICAL' : 'HIGH' }) as Record<string, unknown>);
      }
      await cloud.drain({ until: START + 4 * HOUR });
      expect(broken).toBeGreaterThan(0);
      expect(deadLetters(cloud)).toEqual([]);
      expect(
        posts(cloud)
          .map(({ text }) => /EC2\.\d/.exec(text)?.[0])
          .sort(),
      ).toEqual(STORY.map((_minutes, n) => `EC2.${n}`));
      if (service !== 'dynamodb') return;
      // Received fifty times it was sent anew, and by that time its line says how long it has waited.
      const waited = cloud.logs.flatMap(({ entry }) => (entry?.message === 'waits to be told' ? [Number(entry.seconds)] : []));
      expect(Math.max(...waited)).toBeGreaterThan(70 * 60);
    } finally {
      await cloud.close();
    }
  },
  120_000,
);

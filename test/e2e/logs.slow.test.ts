/**
 * The bundles as deployed: none of their log lines has a word that an importer chose, also where their services fail and repeat it.
 * @proves logs
 */
import type { Fault } from '../../local/protocol/faults';
import { HOSTILE, hostileFindings, saysForeignWords } from '../world/hostile-texts';
import { HOUR, START } from '../world/world';
import { cleanUp, deadLetters, deployed, ofFunctions, posts, prepare, type Running } from './deployment';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

async function played(fault: (operation: string, number: number) => Fault | undefined): Promise<Running> {
  const cloud = await deployed({ faults: ofFunctions(({ operation, number }) => fault(operation, number)) });
  try {
    for (const at of [0, HOUR]) {
      await cloud.drain({ until: START + at });
      for (const event of hostileFindings({ at, bucket: `at ${at}` })) cloud.putEvent(event as Record<string, unknown>);
    }
    // What no rule lets in, were it to come all the same.
    await cloud.drain({ until: START + 6 * HOUR });
  } finally {
    await cloud.close();
  }
  return cloud;
}

/** Raw lines too: what a library writes by itself is no entry. */
const linesOf = (cloud: Running) => cloud.logs.map((line) => JSON.stringify(line));

test('where all goes well', async () => {
  const cloud = await played(() => undefined);
  expect(posts(cloud).some(({ blocks }) => saysForeignWords(JSON.stringify(blocks)))).toBe(true);
  expect(linesOf(cloud).length).toBeGreaterThan(5);
  expect(linesOf(cloud).filter(saysForeignWords)).toEqual([]);
  expect(deadLetters(cloud)).toEqual([]);
}, 60_000);

test('where each call fails now and then, in words that repeat what it was asked', async () => {
  const echo = { awsError: 'ValidationException', message: `Value '${HOSTILE}' failed to satisfy the constraint` };
  const cloud = await played((_operation, number) => (number % 4 === 0 ? echo : undefined));
  expect(linesOf(cloud).some((line) => line.includes('ValidationException'))).toBe(true);
  expect(linesOf(cloud).filter(saysForeignWords)).toEqual([]);
}, 120_000);

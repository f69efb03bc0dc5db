import { createClock } from '../../local/clock';

const START = Date.UTC(2026, 10, 21);

test('virtual time stands still until it is moved', async () => {
  const clock = createClock(START);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(clock.now()).toBe(START);
  clock.advanceTo(START + 60_000);
  expect(clock.now()).toBe(START + 60_000);
});

test('virtual time never goes back', () => {
  const clock = createClock(START);
  expect(() => clock.advanceTo(START - 1)).toThrow(/cannot go back/);
  expect(clock.now()).toBe(START);
});

test('a worker thread reads the same time from the shared memory', () => {
  const clock = createClock(START);
  clock.advanceTo(START + 1);
  expect(Number(Atomics.load(new BigInt64Array(clock.shared), 0))).toBe(START + 1);
});

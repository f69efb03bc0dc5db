/** Which of a finding's times may be believed. */
import { dated } from '../../../handlers/domain/finding/dates';
import { finding, HOUR, MINUTE, NOW } from '../made';

const times = (changes: Parameters<typeof finding>[0], eventTime = NOW) => {
  const { updatedAt, createdAt, firstObservedAt } = dated(finding({ kind: 'third-party', ...changes }), eventTime);
  return { updatedAt, createdAt, firstObservedAt };
};
const plausible = { updatedAt: NOW - 1, createdAt: NOW - HOUR, firstObservedAt: NOW - 2 * HOUR };
const FAR = Date.UTC(2199, 0, 1);

test('times of the past stay as they are', () => {
  expect(times(plausible)).toEqual(plausible);
  expect(times({ ...plausible, firstObservedAt: Date.UTC(2000, 0, 1) }).firstObservedAt).toBe(Date.UTC(2000, 0, 1));
});

test('a revision is five minutes ahead of its event at the most, and nothing is first seen after it', () => {
  expect(times({ updatedAt: NOW + 4 * MINUTE }).updatedAt).toBe(NOW + 4 * MINUTE);
  expect(times({ updatedAt: FAR, createdAt: FAR, firstObservedAt: FAR })).toEqual({
    updatedAt: NOW + 5 * MINUTE,
    createdAt: NOW,
    firstObservedAt: NOW,
  });
});

test('the begin of a control’s episode is as Security Hub wrote it, also where its clock is ahead: it names the episode', () => {
  const ahead = { kind: 'control' as const, firstObservedAt: NOW + MINUTE };
  expect(times(ahead).firstObservedAt).toBe(times(ahead, NOW + HOUR).firstObservedAt);
  expect(times({ ...ahead, firstObservedAt: FAR }).firstObservedAt).toBe(NOW + 5 * MINUTE);
});

test('a time before the year 2000 is none: the next that is known stands for it, at last the event’s', () => {
  expect(times({ ...plausible, firstObservedAt: 0 }).firstObservedAt).toBe(plausible.createdAt);
  expect(times({ ...plausible, createdAt: 0, firstObservedAt: 0 }).firstObservedAt).toBe(plausible.updatedAt);
  expect(times({ updatedAt: 0, createdAt: -1, firstObservedAt: Date.UTC(1999, 11, 31) })).toEqual({
    updatedAt: NOW,
    createdAt: NOW,
    firstObservedAt: NOW,
  });
});

test('an event without a time bounds nothing', () => {
  expect(times(plausible, 0)).toEqual(plausible);
});

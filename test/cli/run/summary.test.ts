import type { Outcome } from '../../../cli/run/run';
import { countCall, NO_CALLS, renderSummary, standIns, summaryOf } from '../../../cli/run/summary';
import { tooWide } from '../width';

const outcome = (changes: Partial<Outcome>): Outcome => ({
  file: 'a.json',
  findingId: 'arn:aws:securityhub:ap-northeast-1:555555555555:finding/1',
  title: 't',
  severity: 'HIGH',
  accountId: '555555555555',
  ouPath: 'Root',
  admitted: true,
  reason: 'told',
  receivers: ['a'],
  outcome: 'posted',
  ...changes,
});
const figures = { ...NO_CALLS, deadLetters: 0, seconds: 1, aborted: false, standIns: ['Bedrock', 'Slack'] };
const render = (outcomes: Outcome[], more: Partial<typeof figures> = {}) =>
  renderSummary(outcomes, summaryOf(outcomes, { ...figures, ...more }), 60);

test('one of a thing is singular, and none and many are plural', () => {
  const single = render([outcome({})], { posts: 1, replies: 1, updates: 1, bedrock: 1, deadLetters: 1 });
  expect(single).toMatch(/^1 finding: 1 posted\n1 message, 1 reply, 1 update, 1 call to the stand-in for\s+Bedrock, 1 dead letter, 1 s/);
  const many = render([outcome({}), outcome({})], { posts: 2, replies: 0, updates: 1234 });
  expect(many).toMatch(/^2 findings: 2 posted\n2 messages, 0 replies, 1,234 updates, 0 calls/);
});

test('what was canned is said, and only that', () => {
  expect(render([outcome({})]).replace(/\s+/g, ' ')).toMatch(/words that interpret a finding are canned.*Slack is a stand-in/);
  const live = render([outcome({})], { standIns: standIns({ bedrock: 'live', slack: 'live' }) });
  expect(live).not.toMatch(/stand-in|canned/);
  expect(standIns({ bedrock: 'live', slack: 'stub' })).toEqual(['Slack']);
});

test('the reasons of what was not told are folded', () => {
  const text = render([outcome({ outcome: 'failed', reason: 'because '.repeat(30) })]);
  expect(tooWide(text, 60)).toEqual([]);
  expect(text).toContain('failed   a.json');
});

test('posts of webhooks and of the Web API are messages, posts into a thread are replies', () => {
  const calls = { ...NO_CALLS };
  for (const [service, operation, request] of [
    ['slack', 'webhook', {}],
    ['slack', 'chat.postMessage', {}],
    ['slack', 'chat.postMessage', { thread_ts: '1.0' }],
    ['slack', 'chat.update', {}],
    ['slack', 'chat.getPermalink', {}],
    ['bedrock', 'Converse', {}],
  ] as const)
    countCall(calls, { service, operation, request });
  expect(calls).toEqual({ posts: 2, replies: 1, updates: 1, bedrock: 1 });
});

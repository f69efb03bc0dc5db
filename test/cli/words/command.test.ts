/** The command over a table and a stack on loopback: what it prints, its exit status, and what it leaves in the table. */
import { dynamoLedger } from '../../../handlers/adapters/dynamo';
import type { AnswerRow, KeptAnswer, PurgeRow } from '../../../handlers/domain/interpretation/answer';
import { NEW_PROBLEM } from '../../../handlers/domain/problem/fold';
import type { ProblemRow } from '../../../handlers/domain/problem/problem-row';
import { rowKeys } from '../../../handlers/domain/problem/rows';
import { folderWith, removeFolders } from '../../config/folder';
import { CALLER, ledgerDeployed } from '../ledger-deployed';
import { type Screen, typed } from '../terminal';

const CONFIG = ['--config', folderWith()];
const KEY = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const AT = Date.UTC(2026, 10, 26, 9, 30);

let close: () => Promise<void>;

beforeEach(async () => {
  close = await ledgerDeployed();
});
afterEach(() => close());
afterAll(removeFolders);

const kept: KeptAnswer = {
  edition: 1,
  briefing: { summary: 'The bucket is public.', impact: 'Strangers read it.', actions: ['Block public access.'] },
  ...{ model: 'jp.anthropic.claude-haiku-5-5', inputTokens: 900, outputTokens: 120, language: 'en', promptVersion: '2026-11-26' },
  ...{ briefHash: 'c'.repeat(32), at: AT, withheld: { link: 1, number: 2 } },
};

/** Two answers, and problems that show the first. */
async function filled(problems = 2): Promise<void> {
  const ledger = dynamoLedger('Ledger');
  await ledger.write<AnswerRow>(rowKeys.briefing(KEY), kept, 0);
  await ledger.write<AnswerRow>(rowKeys.briefing(OTHER), { ...kept, at: AT - 3_600_000, withheld: {} }, 0);
  const { briefing, briefHash, promptVersion, model } = kept;
  const interpretation = { briefing, briefHash, promptVersion, model, tries: 0, answer: { key: KEY, edition: 1 } };
  for (let n = 0; n < problems; n++) {
    const message = { channel: 'C0WORKLD001', ts: `1764149400.00000${n}`, postedAt: AT };
    const header: ProblemRow = { ...NEW_PROBLEM, foldedAt: AT, message, interpretation };
    await ledger.write(rowKeys.header({ receiver: 'workloads', fingerprint: `aws:control:S3.${n}` }), header, 0);
  }
}

const run = (argv: string[], screen: Screen = {}) => typed(['words', ...argv, ...CONFIG], { now: () => AT, ...screen });

test('list: the newest first, with how many messages show each, and what is withheld', async () => {
  await filled();
  const { code, out } = await run(['list'], { width: 200 });
  expect(code).toBe(0);
  const [head, first, second, count] = out.split('\n');
  expect(head?.split(/ {2,}/)).toEqual(['answer', 'given (UTC)', 'messages', 'withheld', 'language', 'model', 'prompt', 'brief']);
  expect(first?.split(/ {2,}/)).toEqual([
    ...[KEY, '2026-11-26 09:30', '2', '1 link, 2 number', 'en', 'jp.anthropic.claude-haiku-5-5', '2026-11-26', 'cccccccc'],
  ]);
  expect(second).toMatch(new RegExp(`^${OTHER} +2026-11-26 08:30 +0 `));
  expect(count).toBe('2 answers');
});

test('list: page by page, and those of which something is withheld', async () => {
  await filled();
  const page = await run(['list', '--limit', '1', '--json']);
  expect(JSON.parse(page.out)).toMatchObject({ answers: [{ name: KEY }], all: 2 });
  expect((await run(['list', '--limit', '1'])).out).toContain(`1 answer of 2; the next: --after ${KEY}`);
  expect(JSON.parse((await run(['list', '--limit', '1', '--after', KEY, '--json'])).out)).toMatchObject({ answers: [{ name: OTHER }] });
  expect(JSON.parse((await run(['list', '--withheld', '--json'])).out)).toMatchObject({ answers: [{ name: KEY }], all: 1 });
});

test('show: the words, what is withheld, and the messages', async () => {
  await filled();
  const { code, out } = await run(['show', KEY]);
  expect(code).toBe(0);
  for (const said of [
    'The bucket is public.',
    'Strangers read it.',
    '- Block public access.',
    'withheld: 1 link, 2 number',
    '2 messages show it',
  ])
    expect(out).toContain(said);
  expect(out).toContain('workloads: C0WORKLD001 1764149400.000000');
});

test('show: words of the model cannot move the terminal', async () => {
  await filled();
  const ledger = dynamoLedger('Ledger');
  const hostile: AnswerRow = { ...kept, edition: 1, briefing: { ...kept.briefing, summary: 'a\u001b[2Jb\u202Ec' } };
  await ledger.write(rowKeys.briefing('d'.repeat(32)), hostile, 0);
  expect((await run(['show', 'd'.repeat(32)])).out).toContain('a\uFFFD[2Jb\uFFFDc');
});

test('show: of an answer that nobody knows it says so, with status 1', async () => {
  const { code, out } = await run(['show', KEY]);
  expect(code).toBe(1);
  expect(out).toContain('It is not kept');
});

test('purge: the answer is gone, its problems are to be looked at, and who did it stands in the ledger', async () => {
  await filled();
  const slept: number[] = [];
  const { code, out } = await run(['purge', KEY, '--why', 'It is wrong.'], {
    sleep: async (ms) => {
      slept.push(ms);
    },
  });
  expect({ code, out }).toEqual({
    code: 0,
    out: [
      `${KEY}: purged; it is asked anew`,
      '2 messages are edited without it, by deliver, within minutes',
      '  C0WORKLD001 1764149400.000000',
      '  C0WORKLD001 1764149400.000001',
    ].join('\n'),
  });
  expect(slept).toEqual([100_000]);
  const ledger = dynamoLedger('Ledger');
  expect((await ledger.read<AnswerRow>(rowKeys.briefing(KEY)))?.value).toEqual({ edition: 1, purgedAt: AT });
  expect((await ledger.list('due', '')).map(({ value }) => value)).toMatchObject([
    { problem: { receiver: 'workloads', fingerprint: 'aws:control:S3.0' } },
    { problem: { receiver: 'workloads', fingerprint: 'aws:control:S3.1' } },
  ]);
  const header = await ledger.read<ProblemRow>(rowKeys.header({ receiver: 'workloads', fingerprint: 'aws:control:S3.0' }));
  expect(header?.value.interpretation).not.toHaveProperty('briefing');
  expect((await ledger.list<PurgeRow>(`purges#${KEY}`, '')).map(({ value }) => value)).toEqual([
    { answer: KEY, by: CALLER, why: 'It is wrong.', at: AT, messages: 2 },
  ]);
  expect((await run(['show', KEY])).out).toContain(`purged 2026-11-26 09:30 UTC by ${CALLER}: It is wrong.`);
  expect(JSON.parse((await run(['list', '--json'])).out)).toMatchObject({ answers: [{ name: OTHER }] });
});

test('purge: of what nothing is left it says so', async () => {
  const { code, out } = await run(['purge', KEY, '--why', 'x']);
  expect({ code, out }).toEqual({ code: 0, out: `${KEY}: there is nothing of it: it is not kept, and no problem shows it` });
});

test('purge: Ctrl-C while it waits ends it with 130, and says how it goes on', async () => {
  await filled();
  const stop = new AbortController();
  const sleep = async () => {
    stop.abort();
    stop.signal.throwIfAborted();
  };
  const { code, err } = await run(['purge', KEY, '--why', 'x'], { sleep, signal: stop.signal });
  expect([code, err]).toEqual([130, 'Stopped: run it again, and it goes on.']);
});

test.each([
  [['purge', KEY], /wants to know why/],
  [['purge', 'S3.2', '--why', 'x'], /not the name of an answer/],
  [['forget', KEY], /nothing to do with words/],
  [['list', KEY], /nothing to do with words/],
  [['show'], /nothing to do with words/],
  [['list', '--limit', '0'], /no number of answers/],
])('%j is wrong, and nothing is done', async (argv, says) => {
  const { code, err } = await run(argv);
  expect(code).toBe(2);
  expect(err).toMatch(says);
});

test('asks for the rights of the recount, and no others', async () => {
  const { out } = await run(['list', '--policy']);
  const { Statement } = JSON.parse(out) as { Statement: { Action: string[] }[] };
  expect(Statement.flatMap(({ Action }) => Action)).toEqual(
    expect.arrayContaining(['dynamodb:Scan', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem']),
  );
  expect(Statement.flatMap(({ Action }) => Action)).not.toContain('dynamodb:DeleteItem');
});

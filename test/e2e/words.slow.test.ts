/** An answer that was purged, and a prompt that changed, reach messages that stand: the bundles over the stand-ins, and the operator's command. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedBy } from '../../handlers/domain/interpretation/answer';
import { dynamoLedger } from '../../handlers/adapters/dynamo';
import { listed } from '../../cli/words/list';
import { purge } from '../../cli/words/purge';
import { scanned } from '../../cli/words/scan';
import type { Fault } from '../../local/protocol/faults';
import { towardsLoopback } from '../adapters/loopback';
import { control } from '../world/events';
import { HOUR, MINUTE, START } from '../world/world';
import { assemblyFolder, cleanUp, deployed, ofFunctions, posts, prepare, type Running } from './deployment';

beforeAll(prepare, 60_000);
const folders: string[] = [];
afterAll(() => {
  cleanUp();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'words-'));
  folders.push(folder);
  return folder;
};

/** What the model says now. Gate and message are those of the bundles. */
const words = (summary: string): Fault => ({
  modelAnswer: { summary, impact: '保存された内容を第三者に見られます。', actions: ['公開の要否を確認してください。'] },
});
const WRONG = '匿名の一覧取得も許可されている可能性があります。';
const RIGHT = '外部からの取得が続いている場合があります。';

const runTo = (cloud: Running, until: number) => cloud.drain({ until });
const shown = (cloud: Running) => posts(cloud).map(({ blocks }) => JSON.stringify(blocks));

test('a purge: the message that shows the answer is edited with what is said anew, and who did it is kept', async () => {
  let says = WRONG;
  const cloud = await deployed({
    faults: ofFunctions(({ service }) => (service === 'bedrock' ? words(says) : undefined)),
  });
  try {
    cloud.putEvent(control() as Record<string, unknown>);
    await runTo(cloud, START + HOUR);
    expect(shown(cloud)).toEqual([expect.stringContaining(WRONG)]);
    says = RIGHT;
    towardsLoopback({ DYNAMODB: cloud.url('dynamodb') });
    const { tableName } = cloud.ledger;
    const ledger = dynamoLedger(tableName);
    const seen = () => scanned(tableName, 'ap-northeast-1', () => undefined);
    const [first] = await listed(seen());
    expect(first).toMatchObject({ messages: 1, language: 'ja', withheld: {} });
    const name = namedBy(first?.name ?? '');
    if (!name) throw new Error('the answer has no name');
    const done = await purge(name, {
      ...{ ledger, seen, ledgerDays: 400, workersLive: 90_000, by: 'arn:aws:iam::222222222222:role/kim', why: 'It is wrong.' },
      ...{ now: cloud.clock.now, signal: new AbortController().signal, progress: () => undefined },
      sleep: async (ms) => void (await runTo(cloud, cloud.clock.now() + ms)),
    });
    expect(done).toMatchObject({ was: 'kept', messages: [{ channel: expect.any(String) }] });
    await runTo(cloud, cloud.clock.now() + 10 * MINUTE);
    expect(shown(cloud)).toEqual([expect.stringContaining(RIGHT)]);
    expect(shown(cloud)[0]).not.toContain(WRONG);
    expect((await listed(seen())).map(({ name: other, messages }) => [other, messages])).toEqual([[`${first?.name}.2`, 1]]);
    expect((await ledger.list(`purges#${first?.name}`, '')).map(({ value }) => value)).toMatchObject([
      { why: 'It is wrong.', messages: 1 },
    ]);
  } finally {
    await cloud.close();
  }
}, 120_000);

test('another prompt: the next edit of a message that stands asks with it', async () => {
  const stateDir = temporary();
  const first = await deployed({ stateDir, faults: ofFunctions(({ service }) => (service === 'bedrock' ? words(WRONG) : undefined)) });
  try {
    first.putEvent(control() as Record<string, unknown>);
    await runTo(first, START + HOUR);
    expect(shown(first)).toEqual([expect.stringContaining(WRONG)]);
  } finally {
    await first.close();
  }

  const second = await deployed({
    stateDir,
    assembly: withOtherPrompt(assemblyFolder()),
    faults: ofFunctions(({ service }) => (service === 'bedrock' ? words(RIGHT) : undefined)),
  });
  try {
    expect(shown(second)).toEqual([expect.stringContaining(WRONG)]);
    second.putEvent(control({ bucket: 'another', updatedAt: START + HOUR, time: START + HOUR }) as Record<string, unknown>);
    await runTo(second, START + 2 * HOUR);
    // For the words, and for the judge.
    expect(second.calls('bedrock')).toBe(2);
    expect(shown(second)).toEqual([expect.stringContaining(RIGHT)]);
  } finally {
    await second.close();
  }
}, 120_000);

/** The same assembly, but for words of the prompt in the bundle of deliver. */
function withOtherPrompt(assembly: string): string {
  const copy = temporary();
  cpSync(assembly, copy, { recursive: true });
  let changed = 0;
  for (const path of readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter(
    (each) => each.endsWith('.js') || each.endsWith('.mjs'),
  )) {
    const code = readFileSync(join(copy, path), 'utf8');
    const other = code.replace('who is on call and has ten seconds', 'who is on call and has a minute');
    if (other !== code) changed++;
    writeFileSync(join(copy, path), other);
  }
  if (changed !== 1) throw new Error(`the prompt is in ${changed} bundles`);
  return copy;
}

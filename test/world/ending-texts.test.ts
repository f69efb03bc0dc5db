/** How an ending reads to those who were not there: what is said of one of several resources names it, and nothing sounds better than it is. */
import { readable } from '../../cli/simulate/world/slack';
import type { Language } from '../../config/schema';
import { config } from './config';
import { control, controlFinding, type FindingParts, imported } from './events';
import { only } from './only';
import { HOUR, START, World } from './world';

const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const flat = (world: World) => readable(only(world.slack.posts)).replace(/\s+/g, ' ');
const replies = (world: World) => world.slack.replies.map((reply) => readable(reply).replace(/\s+/g, ' '));
const NOT_AVAILABLE = { compliance: 'NOT_AVAILABLE', severity: 'INFORMATIONAL', reason: 'CONFIG_RETURNS_NOT_APPLICABLE' };

function worldIn(language: Language): World {
  const receivers = { 'sec-ops': { channel: 'C0SECOPS001', language, securityAccountAccess: true } };
  return new World({ config: config({ routes: { receivers, route: { receiver: 'sec-ops' } } }) });
}

async function ended(language: Language, endings: Record<string, FindingParts | undefined>): Promise<World> {
  const world = worldIn(language);
  for (const [bucket, parts] of Object.entries(endings)) {
    world.send(control({ bucket }));
    if (parts) world.send(control({ bucket, firstObservedAt: START + HOUR, ...parts, ...at(HOUR) }), HOUR);
  }
  await world.run();
  return world;
}

test('in a message that is open, why another resource could not be checked is not said of the one that is open', async () => {
  const world = await ended('en', { alpha: undefined, bravo: NOT_AVAILABLE });
  expect(flat(world)).toContain('1 open resource, 1 no longer evaluated');
  expect(flat(world)).toContain('bravo · Could not be checked: it does not apply any more');
});

test('a reason that several share is said once, with the first of them; where all do, of none', async () => {
  const four = { a: NOT_AVAILABLE, b: NOT_AVAILABLE, c: NOT_AVAILABLE, d: NOT_AVAILABLE };
  const some = flat(await ended('en', { ...four, open: undefined }));
  expect(some.split('Could not be checked')).toHaveLength(2);
  expect(some).toMatch(/ [a-d], [a-d], [a-d] \+1 · Could not be checked/);
  const all = flat(await ended('en', four));
  expect(all).toContain('no longer evaluated Could not be checked: it does not apply any more');
});

test('who suppressed one of two is said of that one', async () => {
  const world = worldIn('en');
  for (const bucket of ['alpha', 'bravo']) world.send(control({ bucket }));
  const suppressed = controlFinding({ bucket: 'bravo', workflow: 'SUPPRESSED', ...at(HOUR) });
  world.send(imported({ ...suppressed, Note: { Text: 'accepted', UpdatedBy: 'alice' } }, { time: START + HOUR }), HOUR);
  await world.run();
  expect(flat(world)).toContain('bravo · Suppressed by alice: “accepted”');
});

test.each<[Language, RegExp]>([
  ['en', /a suppressed e no longer evaluated c archived b set to resolved . mended … and 1 more in the thread/],
  ['ja', /a 抑制済み e 評価不能 c アーカイブ済み b 解決済みに設定 . 是正済み … 他 1 件はスレッドへ/],
])('of more than the message names, those come first whose risk may remain (%s)', async (language, said) => {
  const endings = {
    d: PASSED,
    a: { workflow: 'SUPPRESSED' },
    b: { workflow: 'RESOLVED' },
    c: { recordState: 'ARCHIVED' },
    e: NOT_AVAILABLE,
    f: PASSED,
  };
  expect(flat(await ended(language, endings))).toMatch(said);
});

const PASSED = { compliance: 'PASSED', severity: 'INFORMATIONAL' };
test.each<[string, Language, Record<string, FindingParts>, string]>([
  ['none is mended', 'en', { a: { workflow: 'SUPPRESSED' } }, '⚪ Suppressed after 2 h: the risk remains'],
  [
    'some are',
    'en',
    { a: { workflow: 'SUPPRESSED' }, b: PASSED },
    '⚪ Closed, and not all of it known to be mended: 1 resource suppressed, 1 mended',
  ],
  [
    'a person says so of one',
    'en',
    { a: { workflow: 'RESOLVED' }, b: PASSED },
    '⚪ Closed, and not all of it known to be mended: 1 resource set to resolved, 1 mended',
  ],
  ['none is mended', 'ja', { a: { recordState: 'ARCHIVED' } }, '🗄 アーカイブ（検出から 2 時間）: 是正されたかは不明です'],
  [
    'some are',
    'ja',
    { a: { workflow: 'SUPPRESSED' }, b: PASSED },
    '⚪ クローズ（是正を確認できたのは一部のみ）: 抑制済み 1 リソース、是正済み 1',
  ],
])('where %s the reply says so (%s)', async (_what, language, endings, said) => {
  expect(replies(await ended(language, endings))).toEqual([expect.stringContaining(said)]);
});

test('a check that AWS Config lacks the right to make is not called out of scope in Japanese', async () => {
  const text = flat(await ended('ja', { a: { ...NOT_AVAILABLE, reason: 'CONFIG_ACCESS_DENIED' } }));
  expect(text).toMatch(/^⚪ 評価不能 · CRITICAL/);
  expect(text).toContain('評価できません: AWS Config の権限が不足しています');
  expect(text).not.toContain('評価対象外');
});

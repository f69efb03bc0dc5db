/** What an analyst would say of twenty findings, and whether the brief permits it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { briefHash, briefOf, officialText } from '../../../handlers/domain/interpretation/brief';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { promptFor } from '../../../handlers/domain/interpretation/prompt';
import { shared, testWithShared } from '../../where-there';
import { TWENTY } from './twenty';

const briefed = (raw: unknown) => {
  const finding = parseFinding(raw);
  return briefOf(finding, officialText(finding), []);
};

test.each(TWENTY)('the brief holds what is needed to say: $point', ({ raw, must, lacks = [] }) => {
  const brief = briefed(raw);
  expect(brief).toMatchObject(must);
  expect(lacks.filter((field) => field in brief)).toEqual([]);
});

test.each(TWENTY.filter(({ never }) => never))('and nothing of what others wrote, where the point is: $point', ({ raw, never = {} }) => {
  const sent = promptFor(briefed(raw), 'en');
  for (const [what, pattern] of Object.entries(never)) {
    expect(JSON.stringify(raw)).toMatch(pattern);
    expect({ what, sent: JSON.stringify(sent) }).toEqual({ what, sent: expect.not.stringMatching(pattern) });
  }
});

test('each of them is another question', () => {
  expect(new Set(TWENTY.map(({ raw }) => briefHash(briefed(raw)))).size).toBe(20);
});

testWithShared('findings')('published findings of the same kinds hold the same', () => {
  const files = TWENTY.flatMap(({ file, must }) => (file ? [{ file, must }] : []));
  // GuardDuty’s samples have a placeholder for the API, and of attack sequences none is published as Security Hub sends them.
  expect(files).toHaveLength(18);
  for (const { file, must } of files) {
    const path = join(shared('findings'), file);
    expect({ file, there: existsSync(path) }).toEqual({ file, there: true });
    const json = JSON.parse(readFileSync(path, 'utf8')) as { detail?: { findings?: unknown[] }; Findings?: unknown[] };
    const [raw] = json.detail?.findings ?? json.Findings ?? (Array.isArray(json) ? (json as unknown[]) : [json]);
    const { control: _ours, openPorts: _given, ...same } = must;
    expect({ file, brief: briefed(raw) }).toMatchObject({ file, brief: same });
  }
});

/** What people read of each kind of problem stands in test/messages; what Slack takes of it is checked with its limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_SETTINGS } from '../../cli/samples/settings';
import { SAMPLE_PROBLEMS } from '../../cli/samples/samples';
import { type Sample, samples, STATES } from '../../cli/samples/told';
import { FOLDER, messageFiles } from '../../scripts/messages';
import { blockProblem } from '../../local/slack/slack-blocks';
import { LANGUAGES } from '../../config/schema';

const written = () => LANGUAGES.flatMap((language) => readdirSync(join(FOLDER, language)).map((name) => `${language}/${name}`)).sort();

test('the files say what is told now; where they do not: `npm run messages`, and read what changed', async () => {
  const files = await messageFiles();
  expect(written()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect({ name, text: readFileSync(join(FOLDER, name), 'utf8') }).toEqual({ name, text });
});

test('there is one of each problem, state and language, and of each severity and each way to end that they have', () => {
  expect(written()).toHaveLength(SAMPLE_PROBLEMS.length * STATES.length * LANGUAGES.length);
  const closed = written()
    .filter((name) => name.startsWith('en/') && name.includes('-closed'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  for (const mark of ['✅', '⚪', '🗄']) expect(closed.filter((text) => text.includes(mark)).length).toBeGreaterThan(0);
});

/**
 * The blocks that stood in Slack's reference more than a year before this was written, by what its changelog says of when each came:
 * header 2020-05, rich_text 2023 (https://docs.slack.dev/changelog), the others 2019-02. `container`, `data_table` and
 * `data_visualization` are of 2026, `table` of 2025-08. https://docs.slack.dev/reference/block-kit/blocks
 */
const OLD_BLOCKS = new Set(['actions', 'context', 'divider', 'header', 'rich_text', 'section']);

describe.each(LANGUAGES)('what goes to Slack in %s', (language) => {
  let all: Sample['message'][] = [];
  beforeAll(async () => {
    all = (await samples(SAMPLE_SETTINGS, language)).flatMap(({ message, replies }) => [message, ...replies]);
  });

  test('is taken by Slack, as far as its limits are known', () => {
    expect(all.length).toBeGreaterThan(SAMPLE_PROBLEMS.length * STATES.length);
    expect(all.flatMap(({ text, blocks }) => blockProblem(blocks) ?? (text === '' ? 'no text' : []))).toEqual([]);
  });

  test('has only blocks older than a year', () => {
    const types = new Set(all.flatMap(({ blocks }) => blocks.map(({ type }) => String(type))));
    expect([...types].filter((type) => !OLD_BLOCKS.has(type))).toEqual([]);
    expect(types).toContain('rich_text');
  });
});

/** What people read of each kind of problem stands in test/messages; what Slack takes of it is checked with its limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGAN } from '../../cli/samples/frame';
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
 * Since when apps can send them, at the latest. Younger: `table` (2025), `container`, `data_table`, `data_visualization`, `card` (2026).
 * https://docs.slack.dev/reference/block-kit/blocks
 */
const OLD_BLOCKS: Record<string, [since: string, source: string]> = {
  actions: ['2019-02-13', 'https://api.slack.com/changelog/2018-12-a-bric-a-brac-of-broadcasts-built-with-blocks'],
  context: ['2019-02-13', 'https://api.slack.com/changelog/2018-12-a-bric-a-brac-of-broadcasts-built-with-blocks'],
  divider: ['2019-02-13', 'https://api.slack.com/changelog/2018-12-a-bric-a-brac-of-broadcasts-built-with-blocks'],
  section: ['2019-02-13', 'https://api.slack.com/changelog/2018-12-a-bric-a-brac-of-broadcasts-built-with-blocks'],
  header: ['2021-10-31', 'https://github.com/abdolence/slack-morphism-rust/releases/tag/v0.11.0'],
  rich_text: ['2024-07-03', 'https://metacpan.org/dist/Slack-BlockKit/changes (0.001 sends it)'],
};
const YEAR = 365 * 24 * 3_600_000;

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
    const old = (type: string) => Date.parse(OLD_BLOCKS[type]?.[0] ?? '') + YEAR < BEGAN;
    expect([...types].filter((type) => !old(type))).toEqual([]);
    expect(types).toContain('rich_text');
  });
});

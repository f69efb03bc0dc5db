/** What reads the page aloud, or is driven by keys alone, or needs contrast, can use it: axe finds nothing. */
import { renderPage } from '../../../cli/show/page';
import type { PageChannel, PageMeta } from '../../../cli/show/page-model';
import { SAMPLE_CHANNEL, SAMPLE_NAMES, samples } from '../../../cli/samples/told';
import { axeOn } from '../../axe';
import { testWithChromium } from '../../where-there';
import { config } from '../../world/config';

const test = testWithChromium();

/** Every kind of message told, grown and closed, and one line for each outcome. */
async function pageIn(language: 'en' | 'ja'): Promise<string> {
  const seen = (ts: string) => ({ ts, replies: [] });
  const told = await samples(config().settings, language);
  const channel: PageChannel = {
    ...SAMPLE_CHANNEL,
    description: 'account owners',
    language,
    messages: told.map(({ message, replies }) => ({
      ...seen(message.ts),
      text: message.text,
      blocks: message.blocks,
      ...(message.edits > 0 ? { edited: message.ts } : {}),
      replies: replies.map(({ ts, text, blocks, broadcast }) => ({ ts, text, blocks, broadcast: broadcast === true })),
    })),
  };
  const outcome = { file: '01.json', title: 'A title', severity: 'CRITICAL', account: '555555555555', ou: 'Root', receivers: ['all'] };
  const meta: PageMeta = {
    title: 'Demo',
    subtitle: 'Made up.',
    workspace: 'Acme',
    generatedAt: 0,
    language,
    timeZone: 'Asia/Tokyo',
    names: SAMPLE_NAMES,
    figures: [{ label: 'findings in', value: 24, note: 'made up' }],
    outcomes: ['posted', 'updated', 'unchanged', 'filtered', 'muted', 'invalid', 'failed'].map((name, n) => ({
      ...outcome,
      severity: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'][n % 4] ?? '',
      outcome: name,
      reason: 'a reason',
    })),
  };
  return renderPage([channel, { ...channel, id: 'C2', name: 'sandbox', messages: [] }], meta);
}

test.each([
  ['en', 1280, false],
  ['en', 390, false],
  ['ja', 1280, false],
  ['ja', 390, false],
  ['en', 1280, true],
  ['ja', 390, true],
] as const)('axe finds nothing in the page in %s, %i px wide, dark: %s', async (language, width, dark) => {
  const seen = await axeOn(await pageIn(language), { width, dark });
  expect(seen.violations).toEqual([]);
  expect(seen.passes).toEqual(expect.arrayContaining(['color-contrast', 'heading-order', 'valid-lang', 'link-name']));
});

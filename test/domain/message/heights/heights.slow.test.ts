/** A phone shows most of a message without scrolling: at 390 px each is lower than it was before its order was made anew. */
import { takePicture } from '../../../../scripts/chromium';
import type { Language } from '../../../../config/schema';
import { clockSpan, clockTime } from '../../../../handlers/domain/message/times';
import { testWithChromium } from '../../../where-there';
import { HOUR, MINUTE, NOW } from '../../made';
import { heightOf, heights } from './measure';

/** Of commit e9139fd, with Lato, which is Slack's: `npx tsx test/domain/message/heights/measure.ts e9139fd`. */
const BEFORE = {
  threat: { ja: 803, en: 772 },
  grown: { ja: 961, en: 933 },
  vulnerability: { ja: 939, en: 867 },
  'third party': { ja: 769, en: 719 },
  broadcast: { ja: 513, en: 513 },
};
/** Of commit f6f1f83, which showed no facts yet. */
const WITHOUT_FACTS = { vulnerability: { ja: 851, en: 801 }, 'third party': { ja: 653, en: 603 } };

const LANGUAGES = ['ja', 'en'] as const;
const measured = testWithChromium();

measured('messages are lower than they were, in the same words and, by a quarter, in those of the phrasebook', async () => {
  const now = await heights();
  const share = (name: string, of: Record<Language, number>, language: Language) => (now[`${name} ${language}`] ?? 0) / of[language];
  for (const language of LANGUAGES) {
    for (const name of ['threat', 'grown'] as const) {
      expect(share(name, BEFORE[name], language)).toBeLessThan(0.89);
      expect(share(`${name} by phrasebook`, BEFORE[name], language)).toBeLessThan(0.75);
    }
    expect(share('broadcast', BEFORE.broadcast, language)).toBeLessThan(0.3);
    for (const name of ['vulnerability', 'third party'] as const) {
      expect(share(name, BEFORE[name], language)).toBeLessThan(0.86);
      expect(share(name, WITHOUT_FACTS[name], language)).toBeLessThan(1);
    }
  }
});

measured('a date does not break, however narrow the line is', async () => {
  const lines = async (words: string, language: Language) => {
    const page = `<html lang="${language}"><body style="margin:0"><p style="margin:0;width:40px;font:15px/20px sans-serif">${words}</p>`;
    return heightOf(await takePicture(page, { width: 390, scale: 1 })) / 20;
  };
  expect(await lines('11月21日', 'ja')).toBeGreaterThan(1);
  for (const language of LANGUAGES) {
    const said = [
      clockTime(NOW, language, 'Asia/Tokyo', NOW),
      clockTime(Date.UTC(2023, 2, 4), language, 'Asia/Tokyo', NOW),
      clockSpan(NOW, NOW + 26 * MINUTE, language, 'Asia/Tokyo', NOW),
    ];
    for (const date of said) expect({ date, lines: await lines(date, language) }).toEqual({ date, lines: 1 });
    // A span over days breaks between the two, nowhere else.
    expect(await lines(clockSpan(NOW, NOW + 26 * HOUR, language, 'Asia/Tokyo', NOW), language)).toBeLessThanOrEqual(3);
  }
});

/** Text that an attacker, or bad luck, puts into a title, a tag, a name or an answer. */
import * as fc from 'fast-check';

/** Stands in every hostile text, so that it is found again wherever it went. */
export const MARKER = '∎';

const TRICKS = [
  '<!channel>',
  '<!here|here>',
  '<!subteam^S0ONCALL01>',
  '<@U1>',
  '<#C1|general>',
  '<https://evil.example|Open in Security Hub>',
  '<mailto:a@evil.example|mail>',
  '[Open](https://evil.example)',
  'https://evil.example/?a=b&c=d',
  '*bold* _italic_ ~struck~ `code` ```pre```',
  '> quoted',
  '&lt;!channel&gt; &amp;',
  '@channel @here #general',
  '\u202eevil\u202c\u2066x\u2069',
  'zero\u200bwidth\u200d\ufeff\u2060',
  '\u3164\u115f\u2800',
  'line\nbreak\r\n\ttab\u0000\u0007\u2028',
  '😀👨‍👩‍👧‍👦🇯🇵',
  '日本語の長い名前・半角ｶﾅ',
  '\ud83d',
  '\udc00x',
  ' · ✅ RESOLVED · LOW · ',
  '</script><b>',
  '{{b}} %s $(id)',
  'constructor',
  '__proto__',
  '',
  ' ',
];

const trick = fc.constantFrom(...TRICKS);
/** Any UTF-16 units, halves of surrogate pairs among them. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes));
const long = fc
  .tuple(fc.constantFrom('a', '😀', '字', '\u200b', '\ud83d', '<', '&', '*', ' '), fc.integer({ min: 60, max: 5000 }))
  .map(([unit, times]) => unit.repeat(times));

/** Hostile, often long, always marked. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof({ arbitrary: trick, weight: 6 }, { arbitrary: units, weight: 2 }, long), { minLength: 1, maxLength: 4 })
  .chain((parts) => fc.constantFrom(`${MARKER}${parts.join('')}`, parts.join(MARKER), `${parts.join('')}${MARKER}`));

/** Or nothing that anybody can see. */
export const hostileOrUnseen: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: hostile, weight: 5 },
  fc.constantFrom('', '\u200b', '\u3164', ' \u2066 ', '\ud800'),
);

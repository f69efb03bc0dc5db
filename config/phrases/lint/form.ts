/** How a text is written: no command, code or address, and the marks and endings of its language. */
import type { Language } from '../../terms';
import type { Field, Objection } from './objection';

const CODE: readonly RegExp[] = [
  /https?:|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|io|dev|jp|co)\b/i,
  /\barn:[a-z]/i,
  /[`{}\\]|\$[({A-Za-z]|=>|==|&&|\|\||\w\(\)|"\w+"\s*:/,
  /<[^>]*>|\[[A-Z_-]{3,}\]|\bYOUR[_-]/,
  /(?:^|\s)--?[a-z][\w-]*/i,
  /(?<![\w-])aws\s+[a-z0-9-]+\s+[a-z]+-[a-z-]+/,
  /\bsudo [a-z]{2,8} |\b(?:curl|wget|chmod|chown|iptables|kubectl|grep|nmap|terraform)\b/i,
];

/** Spelt as in British English. */
const BRITISH =
  /\b(?:\w+(?:organis|authoris|recognis|analys|minimis|customis|prioritis|categoris|initialis|serialis|summaris|optimis)(?:e|es|ed|ing|ation\w*)|(?:un)?authoris\w+|organis\w+|analyse\w*|recognis\w+|minimis\w+|behaviour\w*|colour\w*|favour\w*|centre\w*|licence\w*|defence\w*|cancell(?:ed|ing)|catalogue\w*|artefact\w*)\b/i;

const JA = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー]';
const LATIN = '[A-Za-z0-9]';
const UNSPACED = new RegExp(`${JA}${LATIN}|${LATIN}${JA}`, 'u');

type Rule = readonly [when: (text: string, field: Field) => boolean, message: string, remedy: string];

const isProse = (field: Field) => field === 'meaning' || field === 'impact';

const FORM: Record<Language, readonly Rule[]> = {
  en: [
    [(text) => /[!！]/.test(text), 'it calls out', 'End it with a full stop.'],
    [(text) => BRITISH.test(text), 'it is spelt as in British English', 'Spell it as in American English.'],
    [(text, field) => field === 'headline' && /[.!?:;]$/.test(text), 'a headline has no mark at its end', 'Remove it.'],
    [(text, field) => field !== 'headline' && !/\.$/.test(text), 'it does not end with a full stop', 'End it with a full stop.'],
    [(text) => !/^[A-Z0-9"“]/.test(text) && !/^[a-z]+[A-Z0-9]/.test(text), 'it begins with a small letter', 'Begin it with a capital.'],
    [
      (text, field) => field === 'step' && /^(?:You|It|This|There)\b(?!.*, so [a-z])/.test(text),
      'a step is no order',
      'Begin it with a verb: Check, Remove, Confirm.',
    ],
    [(text) => /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text), 'it holds Japanese', 'Write English here.'],
    [(text) => /\s{2,}|^\s|\s$|\n/.test(text), 'it has blanks too many', 'Leave one blank between words.'],
  ],
  ja: [
    [(text) => /[!！]/.test(text), 'it calls out', '「。」で終えてください。'],
    [(text, field) => field === 'headline' && /[。．.!?？：:]$/.test(text), 'a headline has no mark at its end', 'Remove it.'],
    [(text, field) => field !== 'headline' && !/。$/.test(text), 'it does not end with 。', 'End it with 。'],
    [(text, field) => field === 'step' && !/ください。$/.test(text), 'a step does not end with ください。', 'End it with 〜してください。'],
    [
      (text, field) =>
        isProse(field) &&
        text.split(/(?<=。)/).some((each) => !/(?:ます|です|ません|ました|でした|ましょう|ください)(?:（[^）]*）)?。$/.test(each.trim())),
      'a sentence does not end in です・ます',
      'End each with です or ます.',
    ],
    [
      (text) => UNSPACED.test(text.replace(/[「」（）、。・〜]/g, '$& ')),
      'a blank is missing between Latin and Japanese letters',
      'Write S3 バケット.',
    ],
    [(text) => /[０-９Ａ-Ｚａ-ｚ]/.test(text), 'letters or digits are full-width', 'Write them half-width.'],
    [(text) => /[ｦ-ﾟ]/.test(text), 'it has half-width katakana', 'Write it full-width.'],
    [
      (text) => /[，．]|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][(),.:;?]|[(),][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text),
      'punctuation is half-width',
      'Write （）「」、。',
    ],
    [(text) => !/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(text), 'it holds no Japanese', 'Write Japanese here.'],
    [(text) => / {2,}|^\s|\s$|\n|　/.test(text), 'it has blanks too many', 'Leave one half-width blank.'],
  ],
};

export function formFaults(text: string, field: Field, language: Language): Objection[] {
  const code = CODE.map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
  return [
    ...(code
      ? [
          {
            rule: 'code' as const,
            message: `it holds a command, code, an address or a placeholder: ${JSON.stringify(code.trim())}`,
            remedy: 'Say it in words: what leads further is linked.',
          },
        ]
      : []),
    ...FORM[language].flatMap(([when, message, remedy]) => (when(text, field) ? [{ rule: 'form' as const, message, remedy }] : [])),
  ];
}

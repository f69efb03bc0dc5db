/** What nobody may say of a finding but the finding, the reader, or what comes true: promises, severities, deeds of ours. */
import type { Language } from '../../terms';
import type { Field, Objection, PhraseRule } from './objection';

const REMEDY: Partial<Record<PhraseRule, string>> = {
  promise: 'Say what it does, not that all is well afterwards.',
  severity: 'Leave it out: how bad and how urgent it is, the finding says.',
  ours: 'Write of the resource and the reader alone.',
  certain: 'Say what can happen.',
};

type Said = readonly [rule: 'promise' | 'severity' | 'ours' | 'certain', words: RegExp];

const SAID: Record<Language, readonly Said[]> = {
  en: [
    ['promise', /\b(?:guarantee\w*|fully (?:protected|secured?|safe)|completely|entirely safe|100 ?%|never again|once and for all)\b/i],
    [
      'promise',
      /\b(?:makes?|keeps?|renders?|leaves?)\b[^.]*\b(?:(?<!\ba )safe|secure)\b|\b(?:is|are|be|becomes?) (?:now |then |again )?(?:safe|secure)\b(?! to)/i,
    ],
    ['promise', /\bensures? that (?:no|nobody|nothing|none)\b|\bno longer (?:at risk|vulnerable|exposed)\b/i],
    [
      'severity',
      /\b(?:critical(?:ly)?(?! resources?\b)|severe(?:ly)?|severity|urgent(?:ly)?|emergency|serious(?:ly)?|dangerous(?:ly)?|(?:high|low|medium)[- ](?:risk(?! ports?\b)|severity|priority))\b/i,
    ],
    ['severity', /\b(?:immediately|at once|right away|right now|as soon as possible|asap|without delay|promptly|quickly)\b/i],
    ['ours', /\b(?:we|we[’']ve|our|ours|us|I)\b/],
    ['ours', /\b(?:We|Our)\b|\bAI[- ]generated\b|\b(?:language|AI) model\b(?! artifact)|\bthis (?:system|tool|bot|message)\b/],
  ],
  ja: [
    [
      'promise',
      /保証(?!人)|万全|(?:安全|安心)(?:に(?:なり|でき)|です|といえ)|完全に(?!削除)|必ず[^。]*(?:でき|防|止|なくな)|確実に(?:防|止|な)|絶対に|二度と(?![^。]*(?:できな|戻|復))|もう(?:心配|問題)/,
    ],
    [
      'severity',
      /重大(?!度を)|深刻|緊急(?!時|用|アクセス)|至急|直ちに|ただちに|今すぐ|いますぐ|早急|すぐに|速やか|すみやか|一刻も早|危険度(?!の高いポート)|(?<!データの)重要度|クリティカル|致命的|(?:高|中|低)リスク/,
    ],
    [
      'ours',
      /当社|弊社|私たち|我々|わたしたち|(?:本|当)(?:システム|ツール|サービス|メッセージ)|AI ?(?:が|による|で)生成|生成 AI|言語モデル/,
    ],
  ],
};

/** What can happen is said so. */
const CERTAIN = /\bwill\b/i;

export function claimFaults(text: string, field: Field, language: Language): Objection[] {
  const said = SAID[language].flatMap(([rule, words]) => {
    const found = words.exec(text);
    return found ? [objection(rule, found[0])] : [];
  });
  const certain = language === 'en' && field === 'impact' ? CERTAIN.exec(text) : null;
  return [...said, ...(certain ? [objection('certain', certain[0])] : [])];
}

function objection(rule: Said[0], words: string): Objection {
  const what = { promise: 'promises', severity: 'speaks of severity or haste', ours: 'speaks of us', certain: 'is too sure' }[rule];
  return { rule, message: `it ${what}: ${JSON.stringify(words)}`, remedy: REMEDY[rule] ?? '' };
}

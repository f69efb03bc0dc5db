/** Whether a sentence is of the language that was asked for, in letters as that language writes them. */
import type { Said } from './said';

/** Letters drawn like others, and what turns or hides them. */
const HIDDEN = /[\p{L}\p{N}](?:\p{Cf}|\u034f|\u115f|\u1160|\u3164)+[\p{L}\p{N}]|[\u202a-\u202e\u2066-\u2069]/u;
const FOREIGN = {
  en: /[^\P{L}A-Za-zéïö]|\p{M}/u,
  ja: /[^\P{L}A-Za-z\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々〆]|\p{M}/u,
};
/** Of Chinese only. */
const SIMPLIFIED =
  /[开储样钥码户链书边请这们闭规则该统设备务对时现问题应业还没进过动发员网络认证险总结构师据库变检测试态让给从扫权严终环针录读写执错误连处]/;

/** Letters one by one, which the eye joins. */
const SPACED = {
  en: /(?<![\p{L}\d])\p{L}(?:[\s._*-]\p{L}(?![\p{L}\d])){3,}/u,
  ja: /(?<![A-Za-z])[A-Za-z](?:[\s._-][A-Za-z](?![A-Za-z])){3,}|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}](?:[\s.・_-][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}](?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])){3,}/u,
};
/** Figures that stand for letters. */
const LEET = /\b(?=[a-z0-9]*[a-z])(?:[a-z]+[013457][a-z]+|[013457][a-z]{2,}[a-z0-9]*|[A-Z]0[A-Z])\b/;

const ENGLISH =
  /\b(?:the|of|to|and|is|are|was|with|that|this|from|it|its|be|been|not|any|all|if|for|by|whether|who|which|you|your|can|may|use|then|when|only)\b/i;
const OTHERS =
  /\b(?:der|das|den|dem|des|und|ist|sind|nicht|ein|eine|einen|auf|für|mit|von|zu|sie|wird|haben|hat|aus|le|la|les|une|est|sont|et|du|au|aux|pour|dans|par|sur|ne|pas|el|los|las|una|es|y|en|del|por|para|con|que|il|lo|gli|di|che|è|non|per|della|stato|o|os|não|um|uma|na|deve|ser|het|een|niet|och|som|är|inte|det|att|jest|nie|się|ve|bir)\b/gi;

export function language({ text, raw, language }: Said): string | undefined {
  if (HIDDEN.test(raw)) return 'hidden characters';
  if (!/\p{L}/u.test(text)) return 'no words';
  const foreign = text.match(FOREIGN[language])?.[0];
  if (foreign) return foreign;
  if (SPACED[language].test(text)) return 'letters one by one';
  if (LEET.test(text.replace(/\b(?:log4j|k8s|x509|oauth2|runc)\b/gi, ' '))) return 'figures for letters';
  return language === 'en' ? notEnglish(text) : notJapanese(text);
}

function notEnglish(text: string): string | undefined {
  if (ENGLISH.test(text)) return undefined;
  const others = text.match(OTHERS) ?? [];
  return others.length > 1 || (others.length > 0 && /[éïö]/.test(text)) ? 'another language' : undefined;
}

function notJapanese(text: string): string | undefined {
  if (SIMPLIFIED.test(text)) return 'Chinese';
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 6 && !/\p{sc=Hiragana}/u.test(text) && !/^[\p{sc=Katakana}\p{sc=Han}ー\s()。、]+(?:済み|中)?。?$/u.test(text)
    ? 'another language'
    : undefined;
}

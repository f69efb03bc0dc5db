/**
 * Whether an English sentence advises to weaken something: an order or a permission (not a past or a passive that tells what happened) of a
 * verb of turning off, with what protects as its object; or one that opens something to everybody.
 */
import { PROTECTIVE, RELIEF } from './protective';

const THING = `(?:${PROTECTIVE.map(({ en }) => en).join('|')})`;

const OFF =
  'turn(?:ing)? off|switch(?:ing)? off|shut(?:ting)? (?:off|down)|disabl(?:e|ing)|deactivat(?:e|ing)|stop(?:ping)?|paus(?:e|ing)|suspend(?:ing)?|' +
  'remov(?:e|ing)|delet(?:e|ing)|drop(?:ping)?|detach(?:ing)?|disassociat(?:e|ing)|unsubscrib(?:e|ing)|uninstall(?:ing)?|revert(?:ing)?|purg(?:e|ing)|' +
  'relax(?:ing)?|loosen(?:ing)?|lower(?:ing)?|reduc(?:e|ing)|weaken(?:ing)?|shorten(?:ing)?|downgrad(?:e|ing)|' +
  'bypass(?:ing)?|skip(?:ping)?|omit(?:ting)?|forgo(?:ing)?|mut(?:e|ing)|silenc(?:e|ing)|opt(?:ing)? out of|cancel(?:ing)?|leav(?:e|ing)|wip(?:e|ing)|clear(?:ing)?|overwrit(?:e|ing)|truncat(?:e|ing)';
/** What an object does not go across: another clause, or where it is, by what, and for what. */
const NEAR =
  '(?:(?!\\b(?:that|which|who|whose|where|when|while|after|before|if|unless|because|so|and|or|from|to|with|without|against|by|for|of which)\\b)[^,;:.])*?';

const NEGATED =
  /\b(?:do not|don[’']t|never|not|without|instead of|rather than|nobody|no one|cannot|can[’']t|avoid|prevent\w*|whether|who(?:ever)?|which|tried to|trying to|attempt\w* to|allowed? to|able to|permissions? to|did|was|were|could)\b[^,;:.]*$/i;

/** An order stands at the beginning of a clause; what may or should be done behind its auxiliary. */
const ORDER = new RegExp(
  `(?:^|[,;:] |\\b(?:and|or|then|first|please|to|can|may|should|could|might|must|by|simply|just|safely|temporarily|briefly)\\s+)(${OFF})\\s+(${NEAR}\\b(${THING})(?![\\w-])[^,;:.]{0,40})`,
  'gi',
);
const SPLIT = new RegExp(
  `\\b(?:turn|switch|set|leave|keep)\\s+(?:${NEAR})\\b${THING}\\b[^,;:.]*?\\b(?:off|disabled|inactive|none|to false)\\b`,
  'i',
);
const LEFT_OPEN = new RegExp(
  `\\b${THING}\\s+(?:is|are)\\s+(?:not (?:needed|necessary|required)|optional|unnecessary|superfluous)\\b|\\b(?:no need (?:for|to)|do(?:es)? not need|not have to)\\b${NEAR}\\b${THING}\\b`,
  'i',
);
const ALLOWED_OFF = new RegExp(
  `\\b${THING}\\b[^,;:.]{0,20}\\b(?:can|may|should|could)\\b (?:be |safely |also )*(?:turned off|switched off|disabled|removed|deleted|skipped|paused|suspended|stopped)\\b`,
  'i',
);
const UNDONE =
  /(?:^|[,;:] |\b(?:and|or|then)\s+)(?:do not|don[’']t|never|stop|skip|without|no longer|avoid)\s+(?:encrypt|logg?|record|monitor|audit|scan|rotat|back(?:ing)? up|validat|verif|authenticat|requir|patch|updat)(?:e|ing|y)?\b/i;

const OPENS: readonly RegExp[] = [
  /0\.0\.0\.0\/0|(?<![\w:])::\/0/,
  /\b(?:white|allow)-?list(?:ed|ing|s)?\b|\btrusted ip (?:list|set)s?\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:suppress|ignore|dismiss|archive|mute|exclude|exempt)\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:allow|permit|accept)\s+(?:all|any|every|unrestricted)\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:allow|permit|let|enable)\s+(?:anyone|everyone|everybody|anybody|all users|the (?:whole )?internet|public access|anonymous)\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:open|expose|publish)\b[^,;:.]*\b(?:to (?:the )?(?:internet|world|public|everyone|anyone)|publicly)\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:make|set|share)\b[^,;:.]*\b(?:public(?:ly)?|with everyone|world-readable)\b(?! access)/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:grant|give|attach|assign|add)\b[^,;:.]*\b(?:full|unrestricted|administrat(?:or|ive)|root|wildcard)\b[^,;:.]*\b(?:access|permissions?|rights?|privileges?|polic(?:y|ies))\b/i,
  /(?:^|[,;:] |\b(?:and|or|then|can|may|should|to)\s+)(?:use|add|set|write)\b(?:(?!\b(?:whether|that|to see|to find)\b)[^,;:.])*\b(?:wildcards?|IMDSv1)\b/i,
  /\b(?:schedule\b[^,;:.]*\bkeys?\b[^,;:.]*\bdeletion|schedule (?:the )?deletion of\b[^,;:.]*\bkeys?)\b/i,
  /(?:^|[,;:] |\b(?:and|or|then)\s+)(?:downgrade|go back|return|switch back|fall back|revert)\b[^,;:.]*\b(?:IMDSv1|HTTP|TLS 1\.[01]|SSL)\b/i,
];

/** @returns the words that weaken; undefined where none do. */
export function weakensEn(sentence: string): string | undefined {
  for (const found of sentence.matchAll(ORDER)) {
    const [whole, , object = '', thing = ''] = found;
    const before = sentence.slice(0, found.index + whole.search(/\S/)).concat(' ');
    const behind = object.slice(object.toLowerCase().lastIndexOf(thing.toLowerCase()) + thing.length);
    const relieved =
      RELIEF.en.test(object.slice(0, object.length - behind.length)) ||
      RELIEF.en.test(behind.split(/\b(?:that|which|from|to|with|for|in|on|of)\b/)[0] ?? '');
    if (relieved || (/^cancel/i.test(found[1] ?? '') && /deletion/i.test(object)) || NEGATED.test(before)) continue;
    return whole.trim();
  }
  for (const pattern of [SPLIT, LEFT_OPEN, ALLOWED_OFF, UNDONE, ...OPENS]) {
    const found = pattern.exec(sentence);
    if (found && !NEGATED.test(`${sentence.slice(0, found.index)} `)) return found[0].trim();
  }
  return undefined;
}

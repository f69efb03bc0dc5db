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
  'bypass(?:ing)?|skip(?:ping)?|omit(?:ting)?|forgo(?:ing)?|mut(?:e|ing)|silenc(?:e|ing)|opt(?:ing)? out of|cancel(?:ing)?|leav(?:e|ing)|wip(?:e|ing)|clear(?:ing)?|overwrit(?:e|ing)|truncat(?:e|ing)|cut(?:ting)?|trim(?:ming)?|terminat(?:e|ing)|discontinu(?:e|ing)|withdraw(?:ing)?|abandon(?:ing)?|eras(?:e|ing)|roll(?:ing)? back';
/** What an object does not go across: another clause, or where it is, by what, and for what. */
const NEAR =
  '(?:(?!\\b(?:that|which|who|whose|where|when|while|after|before|if|unless|because|so|and|or|from|to|with|without|against|by|for|of which)\\b)[^,;:.])*?';

const NEGATED =
  /\b(?:do not|don[’']t|never|not|without|instead of|rather than|nobody|no one|cannot|can[’']t|avoid|prevent\w*|whether|who(?:ever)?|which|tried to|trying to|attempt\w* to|allowed? to|able to|permissions? to|did|was|were|could)\b[^,;:.]*$/i;

/** An order stands at the beginning of a clause; what may or should be done behind its auxiliary. */
const ORDER = new RegExp(
  `(?:^|[,;:] |\\b(?:and|or|then|first|please|to|can|may|should|could|might|must|by|simply|just|safely|temporarily|briefly|consider|try|recommend|suggest|prefer|start|about)\\s+|\\b(?:have|let|get) (?:[a-z’']+ ){1,4})(${OFF})\\s+(${NEAR}\\b(${THING})(?![\\w-])[^,;:.]{0,40})`,
  'gi',
);
const SPLIT = new RegExp(
  `\\b(?:turn|switch|set|leave|keep)\\s+(?:${NEAR})\\b${THING}\\b[^,;:.]*?\\b(?:off|disabled|inactive|none|optional|to false)\\b`,
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

/** In the beginning of an order, or behind what joins two. */
const DO = '(?:^|[,;:] |\\b(?:and|or|then|can|may|should|to|please|consider|just)\\s+)';
const REST = '(?:(?!\\b(?:that|which|who|whose|whether|if|unless|because|only|except|to see|to find)\\b)[^,;:.])*?';
const EVERYBODY =
  '(?:everyone|everybody|anyone|anybody|anonymous (?:users?|access|callers?|authentication|requests?|reads?)|all (?:[a-z]+ )?(?:users|traffic|addresses|principals|accounts|sources|ports|actions)|any(?:where| (?:source|address|ip|user|role|identity|service|action|principal|account|port|caller))|(?:the )?(?:whole |entire )?(?:internet|world)|the public|(?<!block )(?<!block all )(?<!not )public(?:ly)?(?!\\s+access)|unrestricted|world-readable)';
const each = (...patterns: string[]): RegExp[] => patterns.map((pattern) => new RegExp(pattern, 'i'));

const OPENS: readonly RegExp[] = each(
  '0\\.0\\.0\\.0/0|(?<![\\w:])::/0',
  '\\b(?:white|allow)-?list(?:ed|ing|s)?\\b|\\btrusted ip (?:list|set)s?\\b',
  // What was found is put away.
  `${DO}(?:suppress|ignore|disregard|dismiss|archive|mute|exclude|exempt)\\b`,
  `${DO}(?:accept the risks?|close the (?:finding|ticket|alert)s?\\b(?! (?:once|when|after)))|${DO}mark\\b${REST}\\b(?:suppressed|ignored|accepted|false positives?|benign)\\b`,
  // Everybody is let in, or somebody may do all.
  `${DO}(?:allow|permit|accept|let|enable|give|grant|open|expose|publish|share|make|set|leave|keep)\\b${REST}\\b${EVERYBODY}\\b`,
  `${DO}(?:grant|give|attach|assign|add)\\b${REST}\\b(?:full|unrestricted|administrat(?:or|ive)|root|wildcard)\\b${REST}\\b(?:access|permissions?|rights?|privileges?|polic(?:y|ies))\\b`,
  `${DO}(?:use|add|set|write)\\b${REST}\\b(?:wildcards?|IMDSv1)\\b`,
  `${DO}(?:allow|permit|enable|grant|give|turn on)\\b${REST}(?<!block )\\bpublic access\\b(?! block)`,
  // Something goes around what protects, waits for it, or takes less of it.
  `${DO}(?:opt|take|leave|pull|keep|move)\\b${REST}\\bout of\\b${REST}\\b${THING}\\b`,
  `${DO}(?:unenroll|unsubscribe|deregister|disassociate|disconnect)\\b${REST}\\bfrom\\b${REST}\\b${THING}\\b`,
  `${DO}(?:add|create|make|configure|define)\\b${REST}\\b(?:exceptions?|exemptions?|exclusions?|bypass(?:es)?|suppression rules?)\\b`,
  `${DO}(?:relax|loosen|weaken|widen|broaden|ease)\\b${REST}\\b(?:security groups?|rules?|polic(?:y|ies)|permissions?|conditions?|restrictions?|limits?|controls?)\\b`,
  `${DO}(?:remove|delete|drop|lift)\\b${REST}\\b(?:den(?:y|ies)|restrictions?|requirements?|conditions?)\\b`,
  `${DO}replace\\b${REST}\\b${THING}\\b${REST}\\bwith\\b`,
  '\\bpublic-read(?:-write)?\\b',
  `${DO}(?:postpone|delay|defer|put off)\\b${REST}\\b${THING}\\b`,
  `${DO}(?:use|choose|prefer|send|connect)\\b${REST}\\b(?:instead of|rather than)\\b${REST}\\b${THING}\\b`,
  `${DO}(?:let|allow|run|use|work|operate|continue|connect|send|leave|keep|make|deploy|store|publish|proceed|go on)\\b${REST}\\b(?:without|un)(?: ?(?:any ))?\\s*(?:${THING}|encrypted|authenticated|monitored|logged)\\b`,
  `${DO}(?:set|change|switch|put|turn|move)\\b${REST}\\b(?:count|count-only|monitor|monitoring|learning|permissive|report-only|detection|audit)(?:[- ]only)? mode\\b`,
  `${DO}(?:set|change|reset)\\b${REST}\\bretention\\b${REST}\\bto (?:an?|one|two|three|\\d{1,2}) (?:hours?|days?)\\b`,
  '\\b(?:schedule\\b[^,;:.]*\\bkeys?\\b[^,;:.]*\\bdeletion|schedule (?:the )?deletion of\\b[^,;:.]*\\bkeys?)\\b',
  `${DO}(?:downgrade|go back|return|switch back|fall back|revert)\\b${REST}\\b(?:IMDSv1|HTTP|TLS 1\\.[01]|SSL)\\b`,
);

/** @returns the words that weaken; undefined where none do. */
export function weakensEn(sentence: string): string | undefined {
  for (const found of sentence.matchAll(ORDER)) {
    const [whole, , object = '', thing = ''] = found;
    const before = sentence.slice(0, found.index + whole.search(/\S/)).concat(' ');
    const behind = object.slice(object.toLowerCase().lastIndexOf(thing.toLowerCase()) + thing.length);
    const around = [
      object.slice(0, object.length - behind.length - thing.length),
      behind.split(/\b(?:that|which|from|to|with|for|in|on|of)\b/)[0] ?? '',
    ];
    const isKept = /^cancel/i.test(found[1] ?? '') && /deletion/i.test(object);
    if (isKept || around.some((words) => RELIEF.en.test(words)) || NEGATED.test(before)) continue;
    return whole.trim();
  }
  for (const pattern of [SPLIT, LEFT_OPEN, ALLOWED_OFF, UNDONE, ...OPENS]) {
    const found = pattern.exec(sentence);
    if (found && !NEGATED.test(`${sentence.slice(0, found.index)} `)) return found[0].trim();
  }
  return undefined;
}

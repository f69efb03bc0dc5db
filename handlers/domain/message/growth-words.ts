/** What grew within resources that were there: more severe, further findings, or findings that say something else; and when. */
import type { Language } from '../../../config/schema';
import { worse, worst } from '../finding/severity';
import type { Member } from '../problem/member';
import type { ProblemView } from '../problem/view';
import { WORDS } from './words';

/** So many vulnerabilities are named. */
const NAMED = 2;

/** Of times as epoch milliseconds: the last, and whether they are one change. */
export type When = (times: readonly number[]) => [time: string, atOnce: boolean];

/** The problem is as severe as its worst since that is; what stood before tells how severe it was. */
export function riseIn({ severity, named }: ProblemView, when: When, language: Language): string[] {
  const open = named.filter((member) => member.open);
  const since = ({ rose, firstSeenAt }: Member) => rose?.at ?? firstSeenAt;
  const [first] = open.filter((member) => member.severity === severity).sort((a, b) => since(a) - since(b));
  if (!first) return [];
  const before = open
    .flatMap((member) => (member.firstSeenAt < since(first) ? [member.rose?.from ?? member.severity] : []))
    .filter((each) => worse(severity, each));
  if (before.length === 0) return [];
  return [WORDS[language].roseAt(worst(before), severity, when([since(first)])[0])];
}

/** @param known members that were there before. */
export function furtherIn(known: readonly Member[], when: When, language: Language): string[] {
  const words = WORDS[language];
  const further = known.flatMap((member) => member.further ?? []);
  const ids = [...new Set(further.flatMap((each) => each.ids ?? []))];
  const vulnerabilities = further.reduce((sum, each) => sum + (each.ids ? each.count : 0), 0);
  const findings = further.reduce((sum, each) => sum + (each.ids ? 0 : each.count), 0);
  const named = ids.length <= NAMED && vulnerabilities <= NAMED ? ids.join(words.separator) : words.vulnerabilities(vulnerabilities);
  const times = further.flatMap(({ from, until }) => [from, until]);
  const elsewise = known.flatMap(({ saysElse }) => saysElse ?? []);
  return [
    ...(ids.length > 0 ? [words.grewBy(named, ...when(times))] : []),
    ...(findings > 0 ? [words.grewBy(words.findings(findings), ...when(times))] : []),
    ...(elsewise.length > 0 ? [words.saysElse(when(elsewise)[0])] : []),
  ];
}

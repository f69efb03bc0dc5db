/** What a problem's findings are called, where they have several titles, and which vulnerabilities none of these names. */
import type { Language } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import { type Severity, UNTITLED } from '../finding/finding';
import { LISTED } from '../problem/view';
import { inert } from '../text/inert';
import { type Block, bold, bullets, line, plain, quiet } from './blocks';
import { deciding, type Reader } from './fact-rows';
import { vulnerabilityCount } from './facts';
import { onlyVulnerability } from './heading';
import type { Rendering } from './rendering';
import { SEVERITY_MARK, WORDS } from './words';

/** Each by its title, and by what decides of it; by that alone where all have the title that the header says. */
export function titleList({ titles, view, text, oneWay }: Rendering, facts: readonly Fact[][], reader: Reader): Block[] {
  if (!titles || titles.count < 2) return [];
  const words = WORDS[reader.language];
  const rest = titles.count - titles.named.length;
  const isSaid = titles.named.every(({ title }) => title === text.title);
  // A mark says that it is open.
  const differ = titles.named.some(({ severity }) => severity !== titles.named[0]?.severity);
  const markOf = (severity: Severity) => (view.open > 0 ? `${SEVERITY_MARK[severity]} ` : differ ? `${severity} ` : '');
  const rows = titles.named.map(({ title, severity }, index) => {
    const decides = deciding(facts[index] ?? [], reader, title);
    const said = isSaid && decides ? decides : [inert(title, 120) || UNTITLED, decides].filter(Boolean).join(' · ');
    return `${markOf(severity)}${said}`;
  });
  return [
    line(bold(words.findingsNamed)),
    bullets([...new Set(rows)].map((row) => [plain(row)])),
    // The thread names vulnerabilities by their ids, and nothing else by its title.
    ...(rest > 0 ? [line(quiet(words[oneWay || view.vulnerabilities.length === 0 ? 'moreInHub' : 'moreInThread'](rest)))] : []),
  ];
}

/** The ids of those that no title names: a scanner may name many in one finding. The worst first; the thread has all. */
export function vulnerabilityList({ titles, view, text, phrase, weakness, oneWay }: Rendering, language: Language): Block[] {
  const words = WORDS[language];
  const listed = (titles?.named ?? []).map(({ title }) => title);
  // Where an entry heads the message a single title stands in the footer alone.
  const shown = [weakness, onlyVulnerability({ view, phrase }), ...(phrase ? (listed.length > 1 ? listed : []) : [text.title, ...listed])];
  const unnamed = view.vulnerabilities.filter((id) => !shown.some((title) => title?.includes(id)));
  // Each title that is not shown may name one.
  if (unnamed.length <= (titles ? titles.count - titles.named.length : 0)) return [];
  const rest = unnamed.length - LISTED;
  return [
    line(bold(`${vulnerabilityCount(view, language)}  `), plain(unnamed.slice(0, LISTED).join(words.separator))),
    ...(rest > 0
      ? [line(quiet(oneWay && view.otherVulnerabilities ? words.othersInHub : words[oneWay ? 'moreInHub' : 'moreInThread'](rest)))]
      : []),
  ];
}

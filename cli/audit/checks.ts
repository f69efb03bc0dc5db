/** What cdk-nag's packs say of the templates: the exceptions, each with its reason, and the controls of NIST 800-53. */
import type { Assembly } from './assembly';

export interface Exception {
  rule: string;
  about: string;
  finding: string;
  reason: string;
  anchor: string;
}

export interface NistRule {
  rule: string;
  about: string;
  /** Ids of controls, as the pack names them. */
  controls: string[];
  passes: string[];
  fails: string[];
  /** Where a value is known only once it is deployed. */
  unknown: string[];
  /** Those that fail and that the code says are right as they are. */
  acknowledged: string[];
}

export function exceptionsOf({ verdicts }: Assembly): Exception[] {
  const seen = new Map<string, Exception>();
  for (const { verdict, rule, about, finding = '', reason = '', anchor } of verdicts)
    if (verdict === 'acknowledged') seen.set(`${rule} ${finding} ${anchor}`, { rule, about, finding, reason, anchor });
  return [...seen.values()];
}

/** Whatever fails in the pack that stops a synth: nothing does, where it was deployed. */
export function failuresOf({ verdicts }: Assembly): Exception[] {
  return verdicts
    .filter(({ pack, verdict }) => pack === 'AwsSolutions' && verdict === 'fails')
    .map(({ rule, about, finding = '', anchor }) => ({ rule, about, finding, reason: '', anchor }));
}

export function nistRules({ verdicts }: Assembly): NistRule[] {
  const rules = new Map<string, NistRule>();
  for (const { pack, rule, about, verdict, anchor } of verdicts) {
    if (pack !== 'NIST.800.53.R5') continue;
    const [, words = about, controls = ''] = /^(.*?)\s*-?\s*\(Control IDs?: (.*?)\)\.?$/s.exec(about) ?? [];
    const known = rules.get(rule) ?? {
      rule: rule.replace('NIST.800.53.R5-', ''),
      about: words,
      controls: [...new Set(controls.split(/,\s*/).filter(Boolean))],
      passes: [],
      fails: [],
      unknown: [],
      acknowledged: [],
    };
    if (!known[verdict].includes(anchor)) known[verdict].push(anchor);
    rules.set(rule, known);
  }
  return [...rules.values()].sort((a, b) => b.fails.length - a.fails.length || a.rule.localeCompare(b.rule));
}

/** What cdk-nag's packs say of the templates: the exceptions, each with its reason, and the controls of NIST 800-53. */
import { at, object, text } from '../../handlers/domain/text/reading';
import type { Assembly } from './assembly';

export interface Exception {
  rule: string;
  about: string;
  finding: string;
  reason: string;
  anchor: string;
}

/** A resource on which a rule fails. */
export interface Standing {
  anchor: string;
  /** Why that stands, as it is written beside the resource; '' where nothing is. */
  reason: string;
  /** The key of settings.yaml that mends it. */
  switch?: string;
}

/** Of a resource in the template: stacks/constructs/standing.ts. */
const STANDING = 'security-hub-interpreter:nist-800-53';

export interface NistRule {
  rule: string;
  about: string;
  /** Ids of controls, as the pack names them. */
  controls: string[];
  passes: string[];
  fails: Standing[];
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

export function nistRules({ verdicts, stacks }: Assembly): NistRule[] {
  const bodies = new Map(stacks.flatMap(({ resources }) => resources.map(({ anchor, body }) => [anchor, body])));
  const rules = new Map<string, NistRule>();
  for (const { pack, rule, about, verdict, anchor } of verdicts) {
    if (pack !== 'NIST.800.53.R5') continue;
    const [, words = about, controls = ''] = /^(.*?)\s*-?\s*\(Control IDs?: (.*?)\)\.?$/s.exec(about) ?? [];
    const name = rule.replace('NIST.800.53.R5-', '');
    const known = rules.get(rule) ?? {
      rule: name,
      about: words,
      controls: [...new Set(controls.split(/,\s*/).filter(Boolean))],
      passes: [],
      fails: [],
      unknown: [],
      acknowledged: [],
    };
    rules.set(rule, known);
    if (verdict === 'fails') {
      const { reason, switch: by } = object(at(bodies.get(anchor), 'Metadata', STANDING, name));
      known.fails.push({ anchor, reason: text(reason) ?? '', ...(text(by) ? { switch: text(by) } : {}) });
    } else if (!known[verdict].includes(anchor)) known[verdict].push(anchor);
  }
  return [...rules.values()].sort((a, b) => b.fails.length - a.fails.length || a.rule.localeCompare(b.rule));
}

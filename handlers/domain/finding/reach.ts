/**
 * What Inspector says can be reached, in either format: no page shows a field for the port, the title names it. Inspector
 * Classic, whose findings still stand in old accounts, has fields.
 * https://docs.aws.amazon.com/inspector/latest/user/findings-types.html
 */
import { at, type Json, text } from '../text/reading';
import type { Reach } from './particulars';

/** `Port 22 is reachable from an Internet Gateway - TCP`, `Port range 80-90 is reachable from …`. */
const TITLE =
  /\bports?(?: range)? (\d{1,5})(?: ?- ?(\d{1,5}))? (?:is|are) reachable from (?:an? |the )?([A-Za-z][A-Za-z ]{1,60}?)(?: - ([A-Za-z]{2,10}))?$/i;

export function reachOf(title: string | undefined, fields?: unknown): Reach | undefined {
  const [, first, last, from, protocol] = TITLE.exec(title?.slice(0, 300) ?? '') ?? [];
  if (first && from) return reach(from, first, last ?? first, protocol?.toUpperCase());
  const port = text(at(fields, 'attributes/PORT'));
  const type = text(at(fields, 'attributes/REACHABILITY_TYPE'));
  // Of all ports together it names a list of them.
  const [range] = /\d{1,5} ?- ?\d{1,5}/.exec(text(at(fields, 'attributes/TCP_PORTS')) ?? '') ?? [];
  const [low, high] = port ? [port, port] : (range?.split('-') ?? []);
  const its = low && high && type ? reach(type, low, high, text(at(fields, 'attributes/PROTOCOL'))) : undefined;
  const rule = text(at(fields, 'attributes/RULE_TYPE')) ?? '';
  return its && /(?:With|No)Listener$/.test(rule) ? { ...its, listener: rule.endsWith('WithListener') } : its;
}

function reach(from: string, first: string, last: string, protocol: string | undefined): Reach | undefined {
  const [firstPort, lastPort] = [Number(first), Number(last)];
  if (!(firstPort <= 65_535 && lastPort <= 65_535)) return undefined;
  return { from, firstPort, lastPort, ...(protocol ? { protocol } : {}) };
}

export function reachOfAsff(finding: Json): Reach | undefined {
  return reachOf(text(finding.Title), finding.ProductFields);
}

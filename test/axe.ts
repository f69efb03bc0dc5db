/** What axe says of a page, in a browser. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { askPage } from '../scripts/chromium';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RUN = 'axe.run(document, { resultTypes: ["violations"] })';

export interface Seen {
  /** Each in a line that says where. */
  violations: string[];
  /** Ids of the rules that pass: what is not looked at passes nothing. */
  passes: string[];
  /** How wide the page is, in px. */
  width: number;
}

/** @param before what is done to the page first. */
export async function axeOn(page: string, { width, dark }: { width: number; dark: boolean }, before = 'undefined'): Promise<Seen> {
  const wide = 'document.documentElement.scrollWidth';
  const [, , found, scrolled] = await askPage(page, { width, scale: 1, dark }, [before, `${AXE};0`, RUN, wide]);
  const { violations, passes } = found as AxeResults;
  return {
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html}\n${nodes[0]?.failureSummary}`),
    passes: passes.map(({ id }) => id),
    width: Number(scrolled),
  };
}

/** What reads the page aloud, or is driven by keys alone, or needs contrast, can use it: axe finds nothing. Nothing is wider than the window. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { readAssembly } from '../../../cli/audit/assembly';
import { auditOf } from '../../../cli/audit/audit';
import type { Audit } from '../../../cli/audit/audited';
import { organizationFor } from '../../../cli/audit/organization';
import { renderAudit } from '../../../cli/audit/page';
import { askPage } from '../../../scripts/chromium';
import { NOW } from '../../config/folder';
import { testWithChromium } from '../../where-there';
import { synthesized } from './scenario';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const test = testWithChromium();

let audit: Audit;
beforeAll(async () => {
  const assembly = readAssembly(synthesized());
  audit = await auditOf(assembly, { now: NOW, language: 'ja', tree: organizationFor(assembly.config, undefined), fields: true });
  audit.changes = { against: 'v1', found: [{ kind: 'rights', of: 'Deliver', before: 'a', after: 'b' }] };
});

test.each([
  ['en', 1280, false],
  ['en', 390, false],
  ['ja', 1280, false],
  ['ja', 390, false],
  ['en', 1280, true],
  ['ja', 390, true],
] as const)('axe finds nothing in the page in %s, %i px wide, dark: %s', async (language, width, dark) => {
  const run = 'axe.run(document, { resultTypes: ["violations"] })';
  const wide = 'document.documentElement.scrollWidth';
  const [, found, scrolled] = await askPage(renderAudit(audit, language), { width, scale: 1, dark }, [`${AXE};0`, run, wide]);
  const { violations, passes } = found as AxeResults;
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html}\n${nodes[0]?.failureSummary}`)).toEqual([]);
  expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'heading-order', 'link-name', 'skip-link']));
  expect(scrolled).toBe(width);
});

test('a link into a resource opens it', async () => {
  const script = `(() => { location.hash = '#${'r-'}' + document.querySelector('pre').id.slice(2); return new Promise((done) => setTimeout(() => done(document.querySelector('details').open), 200)); })()`;
  const [open] = await askPage(renderAudit(audit, 'en'), { width: 1280, scale: 1 }, [script]);
  expect(open).toBe(true);
});

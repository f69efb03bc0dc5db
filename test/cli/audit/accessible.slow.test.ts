/** What reads the page aloud, or is driven by keys alone, or needs contrast, can use it: axe finds nothing. Nothing is wider than the window. */
import { readAssembly } from '../../../cli/audit/assembly';
import { auditOf } from '../../../cli/audit/audit';
import type { Audit } from '../../../cli/audit/audited';
import { organizationFor } from '../../../cli/audit/organization';
import { renderAudit } from '../../../cli/audit/page';
import { codeOf } from '../../../cli/audit/version';
import { askPage } from '../../../scripts/chromium';
import { axeOn } from '../../axe';
import { NOW } from '../../config/folder';
import { NOW as MEASURED } from '../doctor/world';
import { testWithChromium } from '../../where-there';
import { everything } from './known-evidence';
import { synthesized } from './scenario';

const test = testWithChromium();

let audit: Audit;
beforeAll(async () => {
  const assembly = readAssembly(synthesized());
  audit = await auditOf(assembly, { now: NOW, tree: organizationFor(assembly.config, undefined), fields: true });
  audit.evidence = everything(codeOf(audit) ?? '');
  audit.made = new Date(MEASURED).toISOString();
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
  const seen = await axeOn(renderAudit(audit, language), { width, dark });
  expect(seen.violations).toEqual([]);
  expect(seen.passes).toEqual(expect.arrayContaining(['color-contrast', 'heading-order', 'link-name', 'skip-link']));
  expect(seen.width).toBe(width);
});

test('a link into a resource opens it', async () => {
  const script = `(() => { location.hash = '#${'r-'}' + document.querySelector('pre').id.slice(2); return new Promise((done) => setTimeout(() => done(document.querySelector('details').open), 200)); })()`;
  const [open] = await askPage(renderAudit(audit, 'en'), { width: 1280, scale: 1 }, [script]);
  expect(open).toBe(true);
});

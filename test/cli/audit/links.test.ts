/** Where the page's claims lead that stand in no template's resource: a mute, and protection against deletion. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE } from '../../config/example';
import { NOW } from '../../config/folder';
import { temporaryFolder } from '../../stacks/temporary-folder';
import { typed } from '../terminal';
import { synthesized } from './scenario';

let page: string;
beforeAll(async () => {
  const folder = synthesized();
  const before = process.cwd();
  const out = temporaryFolder();
  process.chdir(out);
  try {
    await typed(['audit', '--assembly', folder, '--config', EXAMPLE, '--language', 'en'], { now: () => NOW });
  } finally {
    process.chdir(before);
  }
  page = readFileSync(join(out, 'out/audit.html'), 'utf8');
});

/** What stands where the link with this text leads. */
function leadsTo(text: string): string | undefined {
  const id = [...page.matchAll(/<a [^>]*href="#([^"]+)"[^>]*>([^<]*)<\/a>/g)].find(([, , said]) => said === text)?.[1];
  return new RegExp(`<(?:pre|h3) id="${id}"[^>]*>([\\s\\S]*?)</(?:pre|h3)>`).exec(page)?.[1];
}

test('a mute leads to its lines of routes.yaml', () => {
  expect(leadsTo('root &gt; Sandbox &gt; IMDSv2 in the sandbox')).toMatch(/reason: Sandbox instances[\s\S]*until: 2027-06-30/);
});

test('protection leads to what the synth says of the stack, and to the table’s resource', () => {
  expect(leadsTo('SecurityHubInterpreter, ap-northeast-1')).toContain('<code>terminationProtection: true</code>');
  expect(leadsTo('Ledger/Table')).toMatch(/DeletionProtectionEnabled(&quot;|"): true/);
});

test('ids stand once each, and every link leads to one of them', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/<a [^>]*href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
});

/** The SBOM is of what is deployed: its bundles are, letter by letter, those that CDK makes; and every package in them has a licence that is allowed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../local/template/assembly';
import { readTemplate } from '../../local/template/template';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { FUNCTIONS, report, sbomOf } from '../../scripts/sbom';
import { EXAMPLE } from '../config/example';

let assembly: Assembly;
const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
}, 60_000);
afterAll(() => {
  assembly.remove();
  rmSync(folder, { recursive: true });
});

/** By the function's name in small letters. */
const deployed = () =>
  Object.fromEntries(
    readTemplate(readAssembly(assembly.folder), (name) => name).functions.map(({ name, directory }) => [
      /^(Intake|Deliver|Tick|Enroll)/.exec(name)?.[0]?.toLowerCase(),
      readFileSync(join(directory, 'index.mjs'), 'utf8'),
    ]),
  );

test('each function of the stack has one', () => {
  expect(Object.keys(deployed()).sort()).toEqual([...FUNCTIONS].sort());
});

test.each(FUNCTIONS)('%s', async (name) => {
  const { code, components } = await sbomOf(name, folder);
  expect(`${name}: ${code === deployed()[name]}`).toBe(`${name}: true`);
  expect(components.map((component) => component.name)).toContain('@aws-sdk/core');
  expect(components.some((component) => component.name === 'jest')).toBe(false);
  expect(report(components).refused).toEqual([]);
});

test('deliver alone has Slack’s client in it', async () => {
  const withSlack = [];
  for (const name of FUNCTIONS)
    if ((await sbomOf(name, folder)).components.some((each) => each.name === '@slack/web-api')) withSlack.push(name);
  expect(withSlack).toEqual(['deliver']);
});

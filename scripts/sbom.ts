/**
 * `npm run sbom`: builds the functions as a deployment does, writes for each what of others is in it (CycloneDX 1.6, out/sbom/), and
 * fails on a licence that nobody has allowed. The members' function is one file of this project and the runtime's SDK: it has none.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cyclonedxEsbuildPlugin } from '@cyclonedx/cyclonedx-esbuild';
import { build } from 'esbuild';
import { bundling, PROJECT } from '../stacks/constructs/bundling';

export const FUNCTIONS = ['intake', 'deliver', 'tick', 'enroll'] as const;

/** SPDX ids. All let a copy be passed on under the Apache License 2.0, with their notices. */
export const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

export interface Component {
  name: string;
  version: string;
  /** As the package declares it: an SPDX id or expression, or another name. */
  licence: string;
}

interface Bom {
  components?: {
    group?: string;
    name: string;
    version: string;
    licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
  }[];
}

/** @returns the code of the bundle as it is deployed, and what is in it. The SBOM is written to the folder. */
export async function sbomOf(name: string, folder: string): Promise<{ code: string; components: Component[] }> {
  const outputFile = join(folder, `${name}.cdx.json`);
  const { banner, target, mainFields } = bundling();
  const { outputFiles } = await build({
    absWorkingDir: PROJECT,
    entryPoints: [join('handlers', name, 'index.ts')],
    // In the words that CDK gives esbuild: test/scripts/sbom.slow.test.ts compares what comes out with what CDK makes.
    bundle: true,
    write: false,
    outfile: join(folder, `${name}.mjs`),
    platform: 'node',
    format: 'esm',
    minify: true,
    target,
    mainFields,
    banner: { js: banner ?? '' },
    logLevel: 'error',
    plugins: [cyclonedxEsbuildPlugin({ specVersion: '1.6', outputFile, outputReproducible: true, validate: true, logLevel: 'warning' })],
  });
  return { code: outputFiles[0]?.text ?? '', components: componentsIn(JSON.parse(readFileSync(outputFile, 'utf8')) as Bom) };
}

function componentsIn({ components = [] }: Bom): Component[] {
  return components.map(({ group, name, version, licenses = [] }) => ({
    name: group ? `${group}/${name}` : name,
    version,
    licence: licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ') || 'none',
  }));
}

/** Of an expression one side of an OR, or every side of an AND, has to be allowed. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(/ AND /).every((each) => ALLOWED.includes(each.trim())));
}

/** One line for each licence, and one for each component whose licence is not allowed. */
export function report(components: readonly Component[]): { lines: string[]; refused: string[] } {
  const unique = [...new Map(components.map((component) => [`${component.name}@${component.version}`, component])).values()];
  const licences = [...new Set(unique.map(({ licence }) => licence))].sort();
  return {
    lines: licences.map((licence) => `${licence}: ${unique.filter((each) => each.licence === licence).length}`),
    refused: unique
      .filter(({ licence }) => !isAllowed(licence))
      .map(({ name, version, licence }) => `${name} ${version} is under ${licence}, which is not allowed: see ALLOWED in scripts/sbom.ts.`),
  };
}

async function main(): Promise<void> {
  const folder = join(PROJECT, 'out', 'sbom');
  mkdirSync(folder, { recursive: true });
  const all: Component[] = [];
  for (const name of FUNCTIONS) all.push(...(await sbomOf(name, folder)).components);
  const { lines, refused } = report(all);
  console.log(`What is deployed, by its licence (packages):\n${lines.map((line) => `  ${line}`).join('\n')}\nWritten to out/sbom/.`);
  for (const line of refused) console.error(line);
  process.exitCode = refused.length > 0 ? 1 : 0;
}

if (require.main === module) void main();

/** Both examples that ship, both apps, and the modes they are not in: cdk-nag is silent, and so is cfn-lint where it is installed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, buildApp } from '../../stacks/app';
import { buildManagementApp } from '../../stacks/management-app';
import { loadConfig } from '../../config/load';
import { lintErrors, testWithLinter } from '../where-there';
import { EXAMPLE, GOVCLOUD } from '../config/example';
import { NOW } from '../config/folder';
import { exampleConfig, withSettings } from './example-config';
import { hubApp } from './synthesize';
import { temporaryFolder } from './temporary-folder';

process.env.CDK_VALIDATION = 'false';

const EXAMPLES = [EXAMPLE, GOVCLOUD].map((folder) => relative(process.cwd(), folder));
const APPS = { hub: (options: BuildOptions) => buildApp(options).app, management: buildManagementApp };
const cases = EXAMPLES.flatMap((folder) => Object.entries(APPS).map(([name, build]) => ({ folder, name, build })));
const assemblies: string[] = [];
const modes: string[] = [];

test('every example that ships is one of these', () => {
  expect(readdirSync('config/examples').map((name) => `config/examples/${name}`)).toEqual([...EXAMPLES].sort());
});

test.each(EXAMPLES)('%s has no problem', (folder) => {
  expect(loadConfig(folder, NOW).mistakes).toEqual([]);
});

test.each(cases)(
  'the $name app of $folder passes cdk-nag without a word',
  ({ folder, build }) => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { directory, stacks } = build({
      outdir: temporaryFolder(),
      nag: true,
      context: { config: folder, 'aws:cdk:bundling-stacks': [] },
    }).synth();
    assemblies.push(directory);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
    expect(stacks.length).toBeGreaterThan(0);
  },
  60_000,
);

// The examples are in mode stack-sets.
test.each(['central-configuration', 'none'] as const)('mode %s passes cdk-nag without a word', (mode) => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const config = withSettings({ enablement: { ...exampleConfig.settings.enablement, mode } });
  const { directory } = hubApp({ config, nag: true }).synth();
  modes.push(directory);
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});

test('what is synthesized for GovCloud speaks of no other partition or Region', () => {
  const [hub = '', ...others] = assemblies
    .flatMap(templatesOf)
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => text.includes('us-gov-west-1'));
  expect(others).toHaveLength(1);
  for (const text of [hub, ...others]) {
    expect(text.match(/arn:aws:[^"]*|\b(?:us|eu|ap|sa|ca|me|af|il|mx)-(?!gov-)[a-z]+-\d\b/g)).toBeNull();
  }
  expect(/https:\/\/slack[^"]*/.exec(hub)?.[0]).toBe('https://slack-gov.com/api/');
});

testWithLinter()(
  'no template has an error for cfn-lint, StackSets’ own included (skipped where it is not installed)',
  () => {
    const files = assemblies.flatMap(templatesOf);
    expect(files.length).toBeGreaterThanOrEqual(6);
    expect(files.some((file) => file.endsWith('.stackset.template.json'))).toBe(true);
    const others = modes.flatMap(templatesOf);
    expect(others.length).toBeGreaterThanOrEqual(2);
    expect(lintErrors(...files, ...others)).toEqual([]);
  },
  120_000,
);

/** Of stacks, and of StackSets, which CDK's own checks do not see. */
function templatesOf(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(directory, name));
}

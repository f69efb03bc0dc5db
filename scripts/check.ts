/** `npm run check`: all that lands has passed. Each step says how long it took; the first that fails ends it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';

interface Step {
  name: string;
  command: [string, ...string[]];
  /** Absent where it cannot be had: said, and passed over. */
  unless?: string;
}

/** Below cdk.out, a folder for each example and app: a person's own assembly stays as it is. */
const ASSEMBLIES = 'cdk.out/check';
const EXAMPLES = ['config', ...readdirSync('config/examples').map((name) => `config/examples/${name}`)];
const APPS = { hub: 'stacks/app.ts', management: 'stacks/management-app.ts' };

const synths = EXAMPLES.flatMap((config) =>
  Object.entries(APPS).map(([name, app]): Step => {
    const folder = `${ASSEMBLIES}/${config.replaceAll('/', '-')}-${name}`;
    return {
      name: `synth, cdk-nag: ${name} of ${config}`,
      command: ['npx', 'tsx', app, '-c', `config=${config}`, '-c', 'record=false', '-o', folder],
    };
  }),
);

const steps: Step[] = [
  { name: 'format', command: ['npx', 'biome', 'format', '.'] },
  { name: 'lint, import directions', command: ['npx', 'biome', 'lint', '--error-on-warnings', '.'] },
  { name: 'types', command: ['npx', 'tsc', '--noEmit'] },
  ...synths,
  { name: 'SBOM, licences of what is deployed', command: ['npx', 'tsx', 'scripts/sbom.ts'] },
  { name: 'cfn-lint', command: ['cfn-lint', '--non-zero-exit-code', 'error', '--'], unless: missing('cfn-lint') },
  ...(process.argv.includes('--without-tests') ? [] : [{ name: 'tests', command: ['npm', 'test', '--silent'] as [string, ...string[]] }]),
];

// What an earlier run left would be linted too.
rmSync(ASSEMBLIES, { recursive: true, force: true });

for (const { name, command, unless } of steps) {
  if (unless) {
    console.log(`–  ${name}: ${unless}`);
    continue;
  }
  const began = Date.now();
  const [program, ...args] = command;
  const files = program === 'cfn-lint' ? templates() : [];
  const { status, stdout, stderr, error } = spawnSync(program, [...args, ...files], {
    encoding: 'utf8',
    stdio: name === 'tests' ? 'inherit' : 'pipe',
  });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (status === 0) {
    console.log(`✓  ${name} (${seconds} s)`);
    const warnings = `${stderr ?? ''}`.split('\n').filter((line) => /:\d+:\d+ +warning /.test(line));
    if (warnings.length > 0) console.log(warnings.join('\n'));
    continue;
  }
  console.error(`${stdout ?? ''}${stderr ?? ''}`);
  console.error(`✗  ${name} (${seconds} s): ${[program, ...args].join(' ')} ${error ? error.message : `ended with ${status}`}`);
  process.exit(1);
}

function missing(program: string): string | undefined {
  return spawnSync(program, ['--version']).status === 0 ? undefined : `${program} is not installed (pip install ${program})`;
}

/** Of every stack, and of StackSets, which CDK's own checks do not see. */
function templates(): string[] {
  return readdirSync(ASSEMBLIES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => `${ASSEMBLIES}/${name}`);
}

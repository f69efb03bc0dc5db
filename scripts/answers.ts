/** `npm run answers`: writes into docs/audit.md what the ten commands say of the example. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUESTIONS, type Question } from '../cli/audit/answers/answer';
import { auditCommand } from '../cli/audit';
import { readAssembly } from '../cli/audit/assembly';
import { codeOf } from '../cli/audit/version';
import { RUNS } from '../cli/evidence/proof';
import { loadConfigOrThrow } from '../config/load';
import { synthesizeForAudit } from '../stacks/audit';
import { PROJECT } from '../stacks/constructs/bundling';

export const PAGE = join(PROJECT, 'docs/audit.md');
const EXAMPLE = join(PROJECT, 'config/examples/tokyo-stack-sets');
const LINES = 18;

/** What an operator types, where it is more than the question. */
export const TYPED: Partial<Record<Question, string[]>> = { told: ['--ou', 'Workloads/Prod'], changes: ['--against', 'v1.4.0'] };

export const commandFor = (question: Question): string => ['npm run hub -- audit', question, ...(TYPED[question] ?? [])].join(' ');

/** @throws Error where the page has lost a mark. */
export function written(page: string, samples: ReadonlyMap<Question, string>): string {
  return QUESTIONS.reduce((text, question) => {
    const begin = `<!-- ${question} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf('<!-- end -->', from);
    if (from < 0 || to < 0) throw new Error(`docs/audit.md has lost the line ${from < 0 ? begin : '<!-- end -->'}.`);
    const block = `\n\n\`\`\`sh\n${commandFor(question)}\n\`\`\`\n\n\`\`\`text\n${samples.get(question)}\n\`\`\`\n\n`;
    return text.slice(0, from + begin.length) + block + text.slice(to);
  }, page);
}

/** The example in a repository of its own, as somebody committed it. @param folder an empty one; it is returned. */
export function committedExample(folder: string): string {
  cpSync(EXAMPLE, folder, { recursive: true });
  for (const argv of [
    ['init', '--quiet'],
    ['add', '-A'],
    ['commit', '--quiet', '-m', 'routes', '--date=2026-05-04T03:02:01Z'],
  ])
    execFileSync('git', ['-c', 'user.name=Hanako Sato', '-c', 'user.email=hanako@example.com', '-c', 'commit.gpgsign=false', ...argv], {
      cwd: folder,
    });
  return folder;
}

/** Questions that a made-up organization and made-up runs of tests answer. */
const MEASURED: readonly Question[] = ['coverage', 'works'];

async function samples(measured: (question: Question, argv: string[]) => Promise<string>): Promise<Map<Question, string>> {
  const folders = ['now', 'before', 'config'].map(() => mkdtempSync(join(tmpdir(), 'answers-'))) as [string, string, string];
  const [now, before, config] = folders;
  try {
    const given = loadConfigOrThrow(EXAMPLE, Date.now());
    synthesizeForAudit(now, { config: given });
    const earlier = { ...given.settings, writeBack: false, retention: { ...given.settings.retention, logDays: 365 as const } };
    synthesizeForAudit(before, { config: { ...given, settings: earlier } });
    committedExample(config);
    const all = new Map<Question, string>();
    for (const question of QUESTIONS) {
      const typed = question === 'changes' ? ['--against', before] : (TYPED[question] ?? []);
      const argv = ['audit', question, ...typed, '--assembly', now, '--language', 'en'];
      const said = MEASURED.includes(question) ? await measured(question, argv) : await run([...argv, '--config', config]);
      const lines = said
        .replace(new RegExp(`${before} \\([0-9a-f]{7}\\+?\\)`), 'v1.4.0')
        .replaceAll(before, 'v1.4.0')
        .split('\n');
      all.set(question, [...lines.slice(0, LINES), ...(lines.length > LINES ? ['…'] : [])].join('\n'));
    }
    return all;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function run(argv: string[]): Promise<string> {
  const { typed } = await import('../test/cli/terminal');
  const { out, err } = await typed(argv, { known: [auditCommand], now: Date.now });
  if (err) console.error(err);
  return out;
}

/**
 * One account is no member in one Region, one is silent, of one a finding was not told. The doctor's verdicts are of the same; how many
 * tests there are is made up.
 */
async function ofClinic(question: Question, argv: string[]): Promise<string> {
  const { keep, runOf } = await import('../test/cli/audit/known-evidence');
  const { openMeasured } = await import('../test/cli/audit/measured');
  const { typed } = await import('../test/cli/terminal');
  const clinic = await openMeasured();
  const evidence = join(clinic.config, 'evidence');
  try {
    await clinic.run([]);
    const assembly = argv[argv.indexOf('--assembly') + 1] ?? '';
    const code = codeOf(readAssembly(assembly).stacks[0] ?? { resources: [] })?.replace('+', '') ?? '';
    for (const name of ['test', 'test-slow'] as const) keep(evidence, name, runOf(code, { command: RUNS[name] }));
    const asked = [...argv, '--evidence', evidence, '--config', clinic.config];
    if (question === 'works') await typed(['audit', 'coverage', ...asked.slice(2)], { now: () => clinic.now });
    return (await typed(asked, { now: () => clinic.now })).out;
  } finally {
    await clinic.close();
  }
}

if (require.main === module) {
  process.env.CDK_VALIDATION = 'false';
  void samples(ofClinic).then((all) => {
    writeFileSync(PAGE, written(readFileSync(PAGE, 'utf8'), all));
    console.log(`wrote ${PAGE}`);
  });
}

/** `npm run answers`: writes into docs/audit.md what the ten commands say of the example. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUESTIONS, type Question } from '../cli/audit/answers/answer';
import { auditCommand } from '../cli/audit';
import { runCommand } from '../cli/frame/run';
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

async function samples(coverage: (argv: string[]) => Promise<string>): Promise<Map<Question, string>> {
  const folders = ['now', 'before', 'config'].map(() => mkdtempSync(join(tmpdir(), 'answers-'))) as [string, string, string];
  const [now, before, config] = folders;
  try {
    const given = loadConfigOrThrow(EXAMPLE, Date.now());
    synthesizeForAudit(now, { config: given });
    const earlier = { ...given.settings, writeBack: false, retention: { ...given.settings.retention, logDays: 365 as const } };
    synthesizeForAudit(before, { config: { ...given, settings: earlier } });
    cpSync(EXAMPLE, config, { recursive: true });
    for (const argv of [
      ['init', '--quiet'],
      ['add', '-A'],
      ['commit', '--quiet', '-m', 'routes', '--date=2026-05-04T03:02:01Z'],
    ])
      execFileSync('git', ['-c', 'user.name=Hanako Sato', '-c', 'user.email=hanako@example.com', '-c', 'commit.gpgsign=false', ...argv], {
        cwd: config,
      });
    const all = new Map<Question, string>();
    for (const question of QUESTIONS) {
      const typed = question === 'changes' ? ['--against', before] : (TYPED[question] ?? []);
      const argv = ['audit', question, ...typed, '--assembly', now, '--language', 'en'];
      const said = question === 'coverage' ? await coverage(argv) : await run([...argv, '--config', config]);
      const lines = said.replaceAll(before, 'v1.4.0').split('\n');
      all.set(question, [...lines.slice(0, LINES), ...(lines.length > LINES ? ['…'] : [])].join('\n'));
    }
    return all;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function run(argv: string[]): Promise<string> {
  const out: string[] = [];
  await runCommand([auditCommand], argv, {
    print: (text) => out.push(text),
    printError: console.error,
    width: 100,
    colour: false,
    progress: () => {},
    confirm: async () => false,
    bar: () => ({ update: () => {}, say: () => {}, stop: () => {} }),
    signal: new AbortController().signal,
    now: Date.now,
    sleep: async () => {},
  });
  return out.join('\n');
}

/** The made-up organization: one account no member in one Region, one silent. */
async function ofClinic(argv: string[]): Promise<string> {
  const { openClinic } = await import('../test/cli/doctor/doctor');
  const { typed } = await import('../test/cli/terminal');
  const { NOW } = await import('../test/cli/doctor/world');
  const clinic = await openClinic();
  try {
    clinic.world.hubs.get('us-east-1')?.members.delete('999999999999');
    for (const finding of clinic.world.findings) if (finding.account === '888888888888') finding.updatedAt = NOW - 9 * 24 * 3_600_000;
    return (await typed([...argv, '--config', clinic.config], { now: () => NOW })).out;
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

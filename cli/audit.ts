/** `npm run hub -- audit`: what is deployed and what it may do, for whoever has to let it be deployed. Offline, but for what is covered. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Language } from '../config/schema';
import { type Answer, QUESTIONS, type Question, sayIn } from './audit/answers/answer';
import { answer, answers } from './audit/answers';
import { isAssembly, readAssembly } from './audit/assembly';
import { auditOf, deployedIn } from './audit/audit';
import type { Audit } from './audit/audited';
import { committedAt, withAuthors } from './audit/blame';
import { changesBetween } from './audit/changes';
import { coverageOf } from './audit/coverage';
import { organizationFor } from './audit/organization';
import { renderAudit } from './audit/page';
import { commitOf, synthesizeAt, synthesizeHere } from './audit/synth';
import { renderAnswer, renderVerdicts } from './audit/text';
import { codeOf } from './audit/version';
import { deploymentOf, EVIDENCE_FLAG, keepEvidence } from './evidence/evidence';
import { readEvidence } from './evidence/kept';
import { type Asked, command, CONFIG, JSON_FLAG, type Status, WrongUse } from './frame/command';
import { say } from './frame/run';
import type { Terminal } from './frame/terminal';
import { configuration } from './run/configuration';
import { painter } from './show/columns';

const OUT = 'out';

/** Answers that name the fields of findings. */
const WITH_FIELDS: readonly Question[] = ['model', 'leaves'];

const FLAGS = {
  against: { value: 'REF', about: 'what differs from the deployment of that commit, tag or branch, or of a folder that a synth wrote' },
  ask: { about: 'asks the organization and the ledger as well which accounts are covered, as the question coverage does' },
  ou: { value: 'PATH', about: 'of the question told: the OU, by names from the top, such as Workloads/Prod' },
  organization: { value: 'FILE', about: 'the tree of OUs and accounts in JSON, as `routes` takes it' },
  language: { value: 'WORD', about: 'ja or en; the language of the settings where it is not given', choices: ['ja', 'en'] },
  assembly: { value: 'DIR', about: 'reads this synth, made by stacks/audit.ts, in place of a new one' },
  ...EVIDENCE_FLAG,
  ...CONFIG,
  ...JSON_FLAG,
} as const;

const ABOUT = `All of it is computed from the synthesized templates, the configuration and the code's own tables. Without a question it writes
${OUT}/audit.html, a page that stands alone, and ${OUT}/audit.json (docs/audit.schema.json). Questions: ${QUESTIONS.join(', ')}
(docs/audit.md). The question coverage, and --ask, ask the organization and the ledger, read-only, with your credentials of the security account, and keep
the answer; nothing else leaves this machine. What was measured before (coverage, the doctor, the tests) is taken in with its date and commit.

Exit status 1: an answer is not as this system means it to be.`;

export const auditCommand = command({
  name: 'audit',
  group: 'prove',
  summary: 'Says what is deployed, what it may do and what leaves, from the templates themselves.',
  about: ABOUT,
  flags: FLAGS,
  operands: { name: 'QUESTION', about: QUESTIONS.join(', '), optional: true },
  run: examine,
});

async function examine({ flags, operands }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  const [question] = operands as Question[];
  if (operands.length > 1 || (question !== undefined && !QUESTIONS.includes(question)))
    throw new WrongUse(`${operands.join(' ')} is no question: ${QUESTIONS.join(', ')} are.`);
  if (question === 'changes' && flags.against === undefined)
    throw new WrongUse('changes needs what to compare with: --against names a commit, or the folder of a synth.');
  if (flags.ou !== undefined && question !== 'told')
    throw new WrongUse('--ou belongs to the question told: npm run hub -- audit told --ou PATH');
  const config = configuration(flags.config, terminal);
  const language = (flags.language ?? config.settings.language) as Language;
  const words = sayIn(language);
  const audit = await auditFor(flags, question, terminal);
  if (question !== undefined) {
    const answered = answer(question, audit, words, flags.ou);
    terminal.print(
      flags.json ? JSON.stringify(answered, null, 2) : renderAnswer(answered, { paint: painter(terminal.colour), width: terminal.width }),
    );
    return answered.fine ? 0 : 1;
  }
  const all = answers(audit, words);
  mkdirSync(OUT, { recursive: true });
  const files = { 'audit.json': `${JSON.stringify(audit, null, 2)}\n`, 'audit.html': renderAudit(audit, language) };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(OUT, name), content);
  if (flags.json) terminal.print(JSON.stringify(audit, null, 2));
  else
    terminal.print(renderVerdicts(all, { paint: painter(terminal.colour), width: terminal.width }, `${OUT}/audit.html, ${OUT}/audit.json`));
  return fine(all) ? 0 : 1;
}

const fine = (all: readonly Answer[]): boolean => all.every((each) => each.fine);

async function auditFor(flags: Asked<typeof FLAGS>['flags'], question: Question | undefined, terminal: Terminal): Promise<Audit> {
  const now = terminal.now();
  // What was mistyped is said before anything is synthesized.
  if (flags.against !== undefined && !isAssembly(flags.against)) await commitOf(flags.against);
  const here =
    flags.assembly === undefined ? await made(() => synthesizeHere(flags.config), terminal) : { folder: flags.assembly, remove: () => {} };
  try {
    const assembly = readAssembly(here.folder);
    const tree = organizationFor(assembly.config, flags.organization);
    if (flags.ask || question === 'coverage') await keepCoverage(assembly.config, flags, terminal);
    const evidence = readEvidence(flags.evidence, terminal.now());
    const fields = question === undefined || WITH_FIELDS.includes(question);
    const audit = await auditOf(assembly, { now, tree, fields, evidence });
    audit.mutes = withAuthors(audit.mutes, flags.config);
    const committed = committedAt(codeOf(audit));
    if (committed !== undefined) audit.committed = committed;
    if (flags.against !== undefined) audit.changes = await changesAgainst(flags.against, flags.config, { now, tree, audit }, terminal);
    return audit;
  } finally {
    here.remove();
  }
}

async function keepCoverage(config: Config, flags: Asked<typeof FLAGS>['flags'], terminal: Terminal): Promise<void> {
  const made = new Date(terminal.now()).toISOString();
  const result = await coverageOf(config, flags.config, terminal);
  keepEvidence(flags.evidence, 'coverage', { made, command: 'npm run hub -- audit coverage', environment: deploymentOf(config), result });
}

async function changesAgainst(
  ref: string,
  place: string,
  { audit, ...options }: Parameters<typeof deployedIn>[1] & { audit: Audit },
  terminal: Terminal,
): Promise<NonNullable<Audit['changes']>> {
  const there = isAssembly(ref) ? { folder: ref, remove: () => {}, notes: [] } : await made(() => synthesizeAt(ref, place), terminal);
  for (const note of there.notes) say(note, terminal);
  try {
    const assembly = readAssembly(there.folder);
    const commit = 'commit' in there ? there.commit : undefined;
    const code = commit?.slice(0, 10) ?? assembly.stacks.map(codeOf).find((each) => each !== undefined);
    return { against: code ? `${ref} (${code})` : ref, found: changesBetween(deployedIn(assembly, options), audit, commit) };
  } finally {
    there.remove();
  }
}

async function made<T>(synth: () => Promise<T>, { progress }: Terminal): Promise<T> {
  progress('Synthesizing, without bundles …');
  try {
    return await synth();
  } finally {
    progress('');
  }
}

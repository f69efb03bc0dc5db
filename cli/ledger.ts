/** `npm run hub -- ledger recount`: whether the sums of the ledger are those of its rows; mends what differs. With your credentials of the security account. */
import { dynamoLedger } from '../handlers/adapters/dynamo';
import { counted } from './doctor/check';
import { type Asked, command, CONFIG, JSON_FLAG, type Status, WrongUse } from './frame/command';
import { say } from './frame/run';
import type { Terminal } from './frame/terminal';
import { deployedLedger } from './ledger/deployed';
import { ledgerPolicy } from './ledger/policy';
import { type Difference, recountAll } from './ledger/recount';
import { keysIn } from './ledger/table';
import { configuration } from './run/configuration';
import { inert } from './show/inert';

const FLAGS = {
  'dry-run': { about: 'says what differs, and mends nothing' },
  policy: { about: 'prints the IAM policy that it needs, and asks nothing' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

const ABOUT = `Sums each problem anew from the rows of its resources and compares; looks after each finding whether its problems hold it as it
stands. Sums are put right where nobody wrote them meanwhile; a finding is marked as changed, and told by the ordinary way
within minutes. Safe beside the running functions, and to repeat. It reads the whole table once.

Ctrl-C stops it; what was mended stays. Exit status 1: something differed.`;

export const ledgerCommand = command({
  name: 'ledger',
  group: 'act',
  summary: 'Counts the ledger anew, and mends what differs.',
  about: ABOUT,
  flags: FLAGS,
  operands: { name: 'ACTION', about: 'recount' },
  run: answer,
});

async function answer({ flags, operands }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  if (!flags.policy && (operands.length !== 1 || operands[0] !== 'recount'))
    throw new WrongUse(`${operands.join(' ')} is nothing to do with the ledger: recount is.`);
  const config = configuration(flags.config, terminal);
  if (flags.policy) {
    terminal.print(JSON.stringify(ledgerPolicy(config), null, 2));
    return 0;
  }
  const { now, signal, progress } = terminal;
  const { table } = await deployedLedger(config, terminal);
  const done = await recountAll({
    ledger: dynamoLedger(table),
    keys: () => keysIn(table, config.settings.regions.home),
    ledgerDays: config.settings.retention.ledgerDays,
    dryRun: flags['dry-run'],
    now,
    signal,
    progress: (text) => progress(inert(text)),
  });
  progress('');
  if (flags.json) terminal.print(JSON.stringify(done, null, 2));
  else {
    for (const each of done.differences) terminal.print(textOf(each));
    terminal.print(
      `${counted(done.problems, 'problem')}, ${counted(done.findings, 'finding')}: ${done.differences.length === 0 ? 'all agree' : `${done.differences.length} differ`}`,
    );
  }
  if (done.stopped) {
    say('Stopped: the rest was not looked at.', terminal);
    return 130;
  }
  return done.differences.length > 0 ? 1 : 0;
}

const DONE: Record<Difference['done'], string> = {
  mended: 'mended',
  marked: 'marked as changed: deliver takes it in within minutes',
  left: 'changed meanwhile: run it again',
  nothing: 'left as it is',
};

function textOf({ row, what, done }: Difference): string {
  return [`${row}: ${DONE[done]}`, ...what.map((each) => `    ${each}`)].map(inert).join('\n');
}

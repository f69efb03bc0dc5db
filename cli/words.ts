/** `npm run hub -- words list | show ANSWER | purge ANSWER`: what the model said, and how a person takes it back. With your credentials of the security account. */
import type { Config } from '../config/schema';
import { dynamoLedger } from '../handlers/adapters/dynamo';
import { type AnswerName, namedBy } from '../handlers/domain/interpretation/answer';
import { SECOND } from '../handlers/domain/time';
import type { Ledger } from '../handlers/ports';
import { type Asked, command, CONFIG, JSON_FLAG, type Status, WrongUse } from './frame/command';
import { say } from './frame/run';
import type { Terminal } from './frame/terminal';
import { deployedLedger } from './ledger/deployed';
import { ledgerPolicy } from './ledger/policy';
import { configuration } from './run/configuration';
import { painter } from './show/columns';
import { listed, shownOf } from './words/list';
import { purge } from './words/purge';
import { renderListed, renderPurged, renderShown } from './words/render';
import { scanned } from './words/scan';
import type { Seen } from './words/seen';

const FLAGS = {
  why: { value: 'TEXT', about: 'with purge: why, for whoever asks later' },
  withheld: { about: 'with list: only answers of which sentences are withheld' },
  limit: { value: 'N', about: 'with list: so many', default: '50' },
  after: { value: 'ANSWER', about: 'with list: those behind this one' },
  policy: { about: 'prints the IAM policy that it needs, and asks nothing' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

const ABOUT = `An answer of the model is kept for 90 days for all problems of which it is told the same. list names those that are kept, with how
many messages show each; show prints one; purge takes one back: messages that show it lose it within minutes, the model is asked
anew, and who did it and why is kept as long as the ledger remembers. The answer that a message shows is in the row and the log
line of its telling.

Each reads the whole table once, a purge twice: it waits until no worker can hold the answer any more. Safe beside the running
functions, and to repeat: one that was stopped is gone on with, and what is purged already stays as it is. Ctrl-C stops it.`;

export const wordsCommand = command({
  name: 'words',
  group: 'act',
  summary: 'Lists, shows and takes back what the model said.',
  about: ABOUT,
  flags: FLAGS,
  operands: { name: 'ACTION...', about: 'list, show ANSWER or purge ANSWER' },
  run: answer,
});

async function answer({ flags, operands }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  if (flags.policy) {
    terminal.print(JSON.stringify(ledgerPolicy(configuration(flags.config, terminal)), null, 2));
    return 0;
  }
  const [action = '', text = '', ...more] = operands;
  if (!['list', 'show', 'purge'].includes(action) || more.length > 0 || (action === 'list') !== (text === ''))
    throw new WrongUse(`${operands.join(' ')} is nothing to do with words: list, show ANSWER or purge ANSWER is.`);
  const name = namedBy(text);
  if (action !== 'list' && !name) throw new WrongUse(`${text} is not the name of an answer: see words list.`);
  if (action === 'purge' && !flags.why?.trim()) throw new WrongUse('purge wants to know why: --why "…".');
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new WrongUse(`--limit ${flags.limit} is no number of answers.`);
  const config = configuration(flags.config, terminal);
  const { reads, table } = await deployedLedger(config, terminal);
  const work: Work = {
    config,
    terminal,
    ledger: dynamoLedger(table),
    seen: () =>
      scanned(table, config.settings.regions.home, (rows) => {
        terminal.signal.throwIfAborted();
        terminal.progress(`${rows.toLocaleString('en')} rows read`);
      }),
    print(result, text) {
      terminal.progress('');
      terminal.print(flags.json ? JSON.stringify(result, null, 2) : text());
    },
  };
  if (!name) return list(work, { ...flags, limit });
  if (action === 'show') return show(work, name);
  return takeBack(work, name, flags.why ?? '', (await reads.caller()).Arn ?? 'unknown');
}

interface Work {
  config: Config;
  terminal: Terminal;
  ledger: Ledger;
  seen(): AsyncIterable<Seen>;
  print(result: object, text: () => string): void;
}

async function list({ seen, print, terminal }: Work, flags: { withheld: boolean; limit: number; after?: string }): Promise<Status> {
  const all = (await listed(seen())).filter(({ withheld }) => !flags.withheld || Object.keys(withheld).length > 0);
  const from = flags.after === undefined ? 0 : all.findIndex(({ name }) => name === flags.after) + 1;
  const page = all.slice(from, from + flags.limit);
  const more = from + page.length < all.length;
  print({ answers: page, all: all.length }, () => renderListed(page, { all: all.length, more }, terminal.width, painter(terminal.colour)));
  return 0;
}

async function show({ ledger, seen, print, terminal }: Work, name: AnswerName): Promise<Status> {
  const shown = await shownOf(name, ledger, seen());
  print(shown, () => renderShown(shown, terminal.width));
  return shown.kept || shown.messages.length > 0 || shown.purges.length > 0 ? 0 : 1;
}

async function takeBack({ config, terminal, ledger, seen, print }: Work, name: AnswerName, why: string, by: string): Promise<Status> {
  const { signal, progress, now, sleep } = terminal;
  const { retention, functions } = config.settings;
  const purged = await purge(name, {
    ...{ ledger, seen, now, signal, progress, by, why },
    ledgerDays: retention.ledgerDays,
    workersLive: functions.deliver.timeoutSeconds * SECOND,
    sleep: (ms) => sleep(ms, signal),
  });
  print(purged, () => renderPurged(purged).join('\n'));
  if (purged.stopped) say('Stopped: run it again, and it goes on.', terminal);
  return purged.stopped ? 130 : 0;
}

/** `npm run hub -- simulate`: a quarter of an organization that does not exist, through the code that would be deployed. */
import { command, JSON_FLAG, WrongUse } from './frame/command';
import { configuration } from './run/configuration';
import { painter } from './show/columns';
import { Tally } from './simulate/figures';
import { BEGIN, DAY, DAYS } from './simulate/population/calendar';
import { quarterConfig } from './simulate/population/configuration';
import { playQuarter } from './simulate/quarter';
import { renderReport } from './simulate/render';

const FLAGS = {
  scale: { value: 'SCALE', about: '1: 300 accounts; 0.1: 30 accounts and a tenth of the rest', choices: ['0.1', '1'], default: '0.1' },
  days: { value: 'DAYS', about: 'how many of its 90 days are played', default: String(DAYS) },
  seed: { value: 'NUMBER', about: 'the same number gives the same quarter', default: '1' },
  config: { value: 'DIR', about: 'folder with settings.yaml and routes.yaml, instead of nine receivers of its own' },
  ...JSON_FLAG,
} as const;

export const simulateCommand = command({
  name: 'simulate',
  group: 'look',
  summary: 'Plays a quarter of a simulated organization, and counts what each receiver is told.',
  about:
    'In virtual time, through the code that would be deployed, with Slack, Security Hub, Organizations, the model and the ledger in memory. No network. A tenth takes about a minute, the whole a quarter of an hour.',
  flags: FLAGS,
  async run({ flags }, terminal) {
    const scale = Number(flags.scale);
    const days = wholeNumber('days', flags.days, 1, DAYS);
    const seed = wholeNumber('seed', flags.seed, 0, 2 ** 31 - 1);
    const config = flags.config === undefined ? quarterConfig() : configuration(flags.config, terminal);
    const tally = new Tally();
    const began = terminal.now();
    const bar = terminal.bar(days, 'days');
    try {
      const played = await playQuarter({
        config,
        scale,
        days,
        seed,
        signal: terminal.signal,
        onEvent: (sent) => tally.heardEvent(sent),
        onDecision: (decision) => tally.heardDecision(decision),
        onHour: (now) => bar.update(Math.floor((now - BEGIN) / DAY), days, ''),
      });
      bar.stop();
      const report = tally.report(played.slack.transcript, config, days);
      const seconds = Math.round((terminal.now() - began) / 1000);
      const summary = { scale, days, seed, stopped: played.stopped, seconds, ...played.events, deadLetters: played.deadLetters };
      if (flags.json) terminal.print(JSON.stringify({ ...summary, ...report, ledger: played.calls, modelAsked: played.modelAsked }));
      else terminal.print(renderReport(report, summary, { width: terminal.width, paint: painter(terminal.colour) }));
      return played.stopped ? 130 : played.deadLetters.length > 0 ? 1 : 0;
    } finally {
      bar.stop();
    }
  },
});

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new WrongUse(`--${flag} ${text}: a whole number from ${least} to ${most.toLocaleString('en')} is wanted.`);
  return number;
}

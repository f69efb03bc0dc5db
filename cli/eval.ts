/** `npm run hub -- eval`: how much of what a model may not say is withheld, and of what it may: by the gate, offline, or by gate and judge on a model. */
import { LANGUAGES, type Language } from '../config/schema';
import { evaluateLive } from './eval/live';
import { questions } from './eval/live/briefs';
import { measure } from './eval/measure';
import { renderMeasured, renderMissed } from './eval/render';
import { ownSamples, samplesOf } from './eval/sets';
import { wanting } from './eval/thresholds';
import { type Asked, command, CONFIG, JSON_FLAG, type Status } from './frame/command';
import type { Terminal } from './frame/terminal';
import { configuration } from './run/configuration';
import { phrasebookOf } from './run/phrasebook';
import { painter } from './show/columns';

const ABOUT = `Measures the gate alone, by sentences that were written for it, good and bad, in both languages: this repository's own,
and those of each --set. Such a file has a JSON line for each sentence: {lang, kind, good, briefing, brief, field, sentence}.

With --bedrock live it asks the first model of settings.yaml, with your credentials: for its words on thirty made-up findings, and as the judge of these and of
the sentences that the gate lets through. It never asks what could cost more than --at-most, and writes out/eval.json and out/eval.html, the words of
phrasebook and model side by side. Nothing of your organization is sent.

Exit status 1: of what code can tell less than 95 % is withheld, of the good sentences more than 3 %, or of fifteen whole answers
more than one loses a sentence; with --bedrock, the model does not answer.`;

const FLAGS = {
  set: { value: 'FILE', about: 'a further set, .jsonl', repeatable: true },
  missed: { about: 'also each sentence that was not judged as its set says' },
  bedrock: {
    value: 'WHICH',
    about: 'asks a model: yours, or to try the command the stand-in on this machine, whose figures mean nothing',
    choices: ['live', 'stub'],
  },
  'at-most': { value: 'USD', about: 'what --bedrock may cost at most', default: '1' },
  model: { value: 'PROFILE', about: 'in place of the first of settings.yaml' },
  price: { value: 'IN,OUT', about: 'USD for a million tokens, of a model whose price is not known here' },
  language: { value: 'LANGUAGE', about: 'asks for all words in this one, not in both by turns', choices: LANGUAGES },
  seed: { value: 'NUMBER', about: 'makes the order of the page repeatable' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

export const evalCommand = evalWith('out');

/** @param folder where page and data are written. */
export function evalWith(folder: string) {
  return command({
    name: 'eval',
    group: 'prove',
    summary: 'Measures which sentences of a model are withheld, and what its words are worth.',
    about: ABOUT,
    flags: FLAGS,
    run({ flags }, terminal) {
      const sets = [
        { name: 'own sentences', samples: ownSamples() },
        ...flags.set.map((file) => ({ name: file, samples: samplesOf(file) })),
      ];
      const { bedrock, language } = flags;
      if (bedrock !== 'live' && bedrock !== 'stub') return byGate(sets, flags, terminal);
      const samples = sets.flatMap((set) => set.samples);
      const config = configuration(flags.config, terminal);
      const asked = questions(phrasebookOf(config), language as Language | undefined);
      return evaluateLive({ ...flags, bedrock }, samples, asked, config, folder, terminal);
    },
  });
}

function byGate(
  sets: { name: string; samples: ReturnType<typeof ownSamples> }[],
  { json, missed }: Pick<Asked<typeof FLAGS>['flags'], 'json' | 'missed'>,
  terminal: Terminal,
): Status {
  const results = sets.map(({ name, samples }) => {
    const measured = measure(samples);
    return { name, measured, wanting: wanting(measured) };
  });
  if (json) {
    const shown = results.map(({ name, measured: { rows, whole }, wanting }) => ({ name, rows, whole, wanting }));
    terminal.print(JSON.stringify({ sets: shown }, null, 2));
  } else
    for (const { name, measured, wanting } of results) {
      const paint = painter(terminal.colour);
      terminal.print(`${paint('bold', name)}\n\n${renderMeasured(measured, terminal.width, paint)}`);
      if (missed) for (const line of renderMissed(measured.judged)) terminal.print(line);
      terminal.print(wanting.length === 0 ? paint('green', 'good enough') : wanting.map((line) => paint('red', line)).join('\n'));
      terminal.print('');
    }
  return results.every(({ wanting }) => wanting.length === 0) ? 0 : 1;
}

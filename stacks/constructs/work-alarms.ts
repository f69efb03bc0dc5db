/** What tells people that the work goes badly before anything is lost: by what the functions count themselves, and by how long they take. */
import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../../config/schema';
import { LINE_METRICS } from '../../config/metrics';
import { type AlarmSpec, FIVE_MINUTES, linesOf, ROLLBACK } from './alarms';
import type { InterpreterFunction } from './function';
import { metricOf } from './metric';

const HOUR = Duration.hours(1);
/** Of a function's time-out, in percent: what takes longer today runs out of time tomorrow. */
const NEAR = 80;
/** Fewer messages, or sentences, say nothing of a share. */
const FEW = 20;

/** As the prerequisites, README and docs/deploy.md say it. */
const WITHOUT_MODEL =
  'The next model of the list answers, if there is one; else the phrasebook speaks, and where it has no entry the finding’s own text.';

interface Functions {
  intake: InterpreterFunction;
  deliver: InterpreterFunction;
}

/** @param scope of the stack whose functions count. */
export function workAlarms(scope: Construct, functions: Functions, settings: Settings): AlarmSpec[] {
  const { silenceHours } = settings.alarms;
  return [
    ...Object.entries(functions).map(([name, { lambda }]) => slow(name, lambda)),
    ...(settings.metrics ? [failing(scope), ...(settings.model.enabled ? [modelFailing(scope), withheld(scope)] : [])] : []),
    ...(settings.model.enabled && settings.model.budget ? [paused(functions.deliver)] : []),
    ...(silenceHours === undefined ? [] : [silence(functions.intake, silenceHours)]),
  ];
}

function slow(name: string, lambda: InterpreterFunction['lambda']): AlarmSpec {
  const timeout = lambda.timeout ?? Duration.seconds(3);
  return {
    name: `${name}-slow`,
    harm: 'none',
    metric: lambda.metricDuration({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
    above: (timeout.toMilliseconds() * NEAR) / 100,
    periods: 3,
    means: `For 15 minutes runs of the ${name} function have come near its time-out of ${timeout.toSeconds()} seconds.`,
    impact: 'None yet. What runs out of time is tried again from its beginning, and findings are late.',
    first: `search the ${name} log for what the slowest runs waited for (saved query "What the functions cost"); a service that answers late shows as 'service away' or 'waits to be told'.`,
  };
}

/** Not the errors of Lambda, which ring by themselves: messages that the code could not do, and tries again. */
function failing(scope: Construct): AlarmSpec {
  const ends = (['findings', 'deliveries'] as const).flatMap((queue) =>
    (['done', 'waits', 'failed', 'dead-lettered'] as const).map(
      (end) =>
        [`${end.slice(0, 4)}_${queue}`, metricOf(scope, 'Work', { queue, end }, { statistic: Stats.SUM, period: FIVE_MINUTES })] as const,
    ),
  );
  const sum = (words: string) => ends.flatMap(([id]) => (id.startsWith(words) ? [`FILL(${id}, 0)`] : [])).join(' + ');
  const bad = `${sum('fail')} + ${sum('dead')}`;
  const all = `${sum('done')} + ${sum('wait')} + ${bad}`;
  return {
    name: 'work-failing',
    harm: 'late',
    metric: new MathExpression({
      expression: `IF(${all} > ${FEW}, 100 * (${bad}) / (${all}), 0)`,
      label: 'Percent of messages that failed',
      period: FIVE_MINUTES,
      usingMetrics: Object.fromEntries(ends),
    }),
    above: 20,
    periods: 3,
    means: 'For 15 minutes more than a fifth of the messages that were worked on have failed.',
    impact: 'They are tried again, five times at most, and then become dead letters. Findings are late.',
    first: `run the saved query "What fails": it counts the reasons. ${ROLLBACK}`,
  };
}

/** A model is left alone that fails three times running, and asks again after a minute, two, up to fifteen: an outage fails some ten times an hour. */
function modelFailing(scope: Construct): AlarmSpec {
  const calls = (['words', 'judge'] as const).flatMap((asked) =>
    (['answered', 'unusable', 'failed'] as const).map(
      (result) => [`${result}_${asked}`, metricOf(scope, 'ModelCalls', { asked, result }, { statistic: Stats.SUM, period: HOUR })] as const,
    ),
  );
  const failures = (asked: 'words' | 'judge') => `FILL(failed_${asked}, 0) + FILL(unusable_${asked}, 0) - FILL(answered_${asked}, 0)`;
  return {
    name: 'model-failing',
    harm: 'none',
    metric: new MathExpression({
      // Each by itself: words without a verdict are not shown, however many there are.
      expression: `MAX([${failures('words')}, ${failures('judge')}])`,
      label: 'Failures of the model above its answers',
      period: HOUR,
      usingMetrics: Object.fromEntries(calls),
    }),
    above: 2,
    means:
      'Within an hour the model has failed, or answered uselessly, more often than it answered: when asked for words, or for the judge’s verdicts.',
    impact: `Messages go out in time. ${WITHOUT_MODEL} What the model explains follows by an edit once it answers.`,
    first:
      "search the deliver log for 'a model gave no answer': the line has which one, and the reason. `npm run doctor -- --bedrock` says whether the account has access and AWS keeps the model.",
  };
}

/** Of a quarter of a day, since few problems are new at a time. Of the kinds there are more than an alarm may add up: ten metrics. */
function withheld(scope: Construct): AlarmSpec {
  const period = Duration.hours(6);
  const of = (name: 'WrittenSentences' | 'ShownSentences') => metricOf(scope, name, {}, { statistic: Stats.SUM, period });
  return {
    name: 'words-withheld',
    harm: 'none',
    metric: new MathExpression({
      expression: `IF(FILL(written, 0) > ${FEW}, 100 * (written - FILL(shown, 0)) / written, 0)`,
      label: 'Percent of sentences withheld',
      period,
      usingMetrics: { written: of('WrittenSentences'), shown: of('ShownSentences') },
    }),
    above: 50,
    means: 'Of what the model wrote within six hours more than half was withheld, by the gate or by the judge.',
    impact: 'Explanations are short or missing, and are paid for all the same. Nothing wrong is shown.',
    first:
      'look on the dashboard at what is wrong with the sentences (WithheldSentences, JudgedSentences), then at the answers: `npm run hub -- words list --withheld`. Where it began with another model, go back to the one before; `npm run hub -- eval --bedrock live` measures both.',
  };
}

/** The deliver function logs this line where it would have asked the model: also on a day with one problem, so that one is enough. */
function paused({ logGroup }: InterpreterFunction): AlarmSpec {
  return {
    name: 'words-paused',
    harm: 'none',
    metric: linesOf(logGroup, 'PausedWords', LINE_METRICS.WordsPaused.words, 'WordsPaused', HOUR),
    above: 0,
    outOf: 24,
    means: 'The model has used up its budget (model.budget in settings.yaml), and is not asked again before the next day or month of UTC.',
    impact:
      'New messages go out in time, with the phrasebook’s words, and where it has no entry the finding’s own text, and say so. Messages that stand get words with their next edit after that.',
    first:
      'see on the dashboard what took the tokens (Tokens a day). A storm passes; where every day is so, raise the budget, or name a cheaper model.',
  };
}

/** Each finding that intake reads leaves its line: whatever keeps them from coming, the line is missing. */
function silence({ logGroup }: InterpreterFunction, hours: number): AlarmSpec {
  const seen = logGroup.addMetricFilter('Seen', {
    filterPattern: FilterPattern.stringValue('$.message', '=', 'finding'),
    metricNamespace: Stack.of(logGroup).stackName,
    metricName: 'FindingsSeen',
    metricValue: '1',
  });
  return {
    name: 'silence',
    harm: 'lost',
    metric: seen.metric({ period: HOUR, statistic: Stats.SUM }),
    below: 1,
    periods: hours,
    means: `For ${hours} hours no finding of Security Hub has come here at all, or the stack is new and waits for its first.`,
    impact:
      'Either there is nothing to tell, or nobody would be told. What was sent meanwhile and did not come is lost, but for what Security Hub refreshes.',
    first:
      '`npm run doctor`: it says whether Security Hub is on, who its administrator is, whether findings come to this Region, and whether the rules stand.',
  };
}

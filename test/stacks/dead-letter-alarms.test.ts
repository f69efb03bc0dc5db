/** Every dead letter rings once, whoever put it there: by the template's own expressions, over series as SQS documents them. */
import { evaluate, type Series } from './metric-math';
import { hubTemplate } from './synthesize';

const QUEUES = ['findings', 'deliveries', 'rules', 'tick', 'enroll'];
const HOURS = 60;

interface Alarm {
  AlarmName: string;
  MetricName?: string;
  Dimensions?: Dimension[];
  Metrics?: Entry[];
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
}
interface Dimension {
  Value: { 'Fn::GetAtt': string[] };
}
interface Entry {
  Id: string;
  Expression?: string;
  MetricStat?: { Metric: { MetricName: string; Dimensions: Dimension[] }; Period: number };
  ReturnData?: boolean;
}

let alarms: Alarm[];
beforeAll(() => {
  const resources = hubTemplate().findResources('AWS::CloudWatch::Alarm');
  alarms = Object.values(resources).map(({ Properties }) => Properties as Alarm);
});

/** What happens in a minute: sent by a function or by EventBridge, moved there by SQS itself, taken away. */
interface Happening {
  sent?: number;
  moved?: number;
  taken?: number;
}
type Metrics = Record<string, Series>;

/**
 * A sum of what is sent, without what SQS moves, and the depth at each minute's end; nothing at all while the queue has been
 * neither used nor full for six hours.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
function metrics(story: Record<number, Happening>, minutes: number): Metrics {
  const [sentSeries, depthSeries]: [Series, Series] = [[], []];
  let depth = 0;
  let activeUntil = -1;
  for (let minute = 0; minute < minutes; minute++) {
    const { sent = 0, moved = 0, taken = 0 } = story[minute] ?? {};
    depth += sent + moved - taken;
    if (sent + moved + taken > 0 || depth > 0) activeUntil = minute + 6 * HOURS;
    const active = minute <= activeUntil;
    sentSeries.push(active ? sent : undefined);
    depthSeries.push(active ? depth : undefined);
  }
  return { NumberOfMessagesSent: sentSeries, ApproximateNumberOfMessagesVisible: depthSeries };
}

/** @returns the minutes in which the alarm goes on. @param late minutes by which CloudWatch learns what was. */
function rings(name: string, all: Metrics, late = 0): number[] {
  const alarm = alarms.find(({ AlarmName }) => AlarmName.endsWith(`-${name}`));
  if (alarm?.ComparisonOperator !== 'GreaterThanThreshold' || alarm.TreatMissingData !== 'notBreaching')
    throw new Error(`${name} is no alarm that is read here`);
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const minutes = all.NumberOfMessagesSent?.length ?? 0;
  let on = false;
  const went: number[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    // CloudWatch looks at some more than it evaluates: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    const from = Math.max(0, minute - EvaluationPeriods - 1);
    const known = (metric = '') =>
      (all[metric] ?? []).slice(from, minute + 1).map((value, n) => (from + n > minute - late ? undefined : value));
    const values = alarm.Metrics ? calculated(alarm.Metrics, known) : known(alarm.MetricName);
    const breaching = values.slice(-EvaluationPeriods).filter((value) => value !== undefined && value > alarm.Threshold).length;
    if (breaching >= DatapointsToAlarm && !on) went.push(minute);
    on = breaching >= DatapointsToAlarm;
  }
  return went;
}

/** Expressions may name each other, in whatever order they stand. */
function calculated(entries: Entry[], known: (metric?: string) => Series): Series {
  const byId = new Map(entries.map((entry) => [entry.Id, entry]));
  const of = (id: string): Series => {
    const { Expression, MetricStat } = byId.get(id) ?? {};
    if (MetricStat && MetricStat.Period !== 60) throw new Error(`${id} is not of a minute`);
    if (Expression === undefined) return known(MetricStat?.Metric.MetricName);
    const ids = [...new Set(Expression.match(/\b[a-z]\w*/g) ?? [])];
    return evaluate(Expression, Object.fromEntries(ids.map((each) => [each, of(each)])));
  };
  const [returned] = entries.filter(({ ReturnData = true }) => ReturnData);
  return of(returned?.Id ?? '');
}

describe.each(QUEUES)('%s', (queue) => {
  const all = (story: Record<number, Happening>, minutes = 6 * HOURS) => {
    const made = metrics(story, minutes);
    return { first: rings(`${queue}-dead-letters`, made), more: rings(`${queue}-dead-letters-more`, made) };
  };

  test('both alarms watch this queue', () => {
    const own = alarms.filter(({ AlarmName }) => new RegExp(`-${queue}-dead-letters(-more)?$`).test(AlarmName));
    const dimensions = own.flatMap(({ Dimensions = [], Metrics = [] }) => [
      ...Dimensions,
      ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []),
    ]);
    const id = expect.stringMatching(new RegExp(`^(Queues)?${queue}DeadLetters[0-9A-F]{8}$`, 'i'));
    expect(dimensions.map(({ Value }) => Value['Fn::GetAtt'][0])).toEqual([id, id, id]);
  });

  test.each([{ sent: 1 }, { moved: 1 }])('the first rings once, by the alarm that stays while it lies there: %j', (letter) => {
    expect(all({ 100: letter })).toEqual({ first: [100], more: [] });
  });

  test.each([
    [{ sent: 1 }, { sent: 1 }],
    [{ sent: 1 }, { moved: 1 }],
    [{ moved: 1 }, { sent: 1 }],
    [{ moved: 2 }, { moved: 1 }],
  ])('what comes while others lie there rings each time: %j, then %j', (first, next) => {
    expect(all({ 100: first, 130: next, 137: next, 300: next })).toEqual({ first: [100], more: [130, 137, 300] });
  });

  test('so does one that comes back in the minute in which it was sent back, and one that comes while a thousand go', () => {
    expect(all({ 100: { sent: 1 }, 130: { taken: 1, sent: 1 } }).more).toEqual([130]);
    expect(all({ 100: { moved: 1000 }, 130: { taken: 500 }, 131: { taken: 400, sent: 1 }, 132: { taken: 101 } }).more).toEqual([131]);
  });

  test('when all are gone it is over, and the next is a first again, also of a queue that was not used for hours', () => {
    expect(all({ 100: { sent: 3 }, 130: { taken: 3 }, 160: { moved: 1 } })).toEqual({ first: [100, 160], more: [] });
    const later = 130 + 7 * HOURS;
    expect(all({ 100: { sent: 1 }, 130: { taken: 1 }, [later]: { sent: 2 } }, later + HOURS)).toEqual({ first: [100, later], more: [] });
  });

  test('what lies there, or goes, rings nobody', () => {
    expect(all({ 100: { moved: 1000 }, 200: { taken: 1 }, 201: { taken: 998 } })).toEqual({ first: [100], more: [] });
  });

  test('neither does a minute of which CloudWatch knows nothing', () => {
    const made = metrics({ 100: { sent: 3 } }, 3 * HOURS);
    for (const series of Object.values(made)) series[120] = undefined;
    expect(rings(`${queue}-dead-letters-more`, made)).toEqual([]);
  });

  test('what SQS moves there in such a minute rings when CloudWatch knows again', () => {
    const made = metrics({ 100: { sent: 3 }, 120: { moved: 1 } }, 3 * HOURS);
    for (const series of Object.values(made)) series[120] = undefined;
    expect(rings(`${queue}-dead-letters-more`, made)).toEqual([121]);
  });

  test.each([1, 3])('it rings, once, also where the data come %i minutes late', (late) => {
    const made = metrics({ 100: { sent: 1 }, 130: { moved: 1 }, 150: { sent: 1 } }, 3 * HOURS);
    expect(rings(`${queue}-dead-letters-more`, made, late)).toEqual([130 + late, 150 + late]);
  });
});

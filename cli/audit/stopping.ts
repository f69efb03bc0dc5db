/** What rings where a function stops running: an alarm on what the function itself sends stays silent then. */
import { at, list, text } from '../../handlers/domain/text/reading';
import { type AuditedStack, type Resource, resourcesOf } from './assembly';
import { type Namer, namerOf } from './value';

export interface Stopping {
  /** The function. */
  anchor: string;
  name: string;
  /** Alarms by name, on what it sends (its metrics, the lines of its log), to which no data is no failure. */
  silent: string[];
  /** On the same, where no data rings. */
  missed: string[];
  /** On Lambda's refusals to start it. */
  refused: string[];
  /** On what waits for it in the queue that it takes from. */
  waiting: string[];
  /** On what is given up where it cannot be started. */
  givenUp: string[];
}

export function stoppingOf(stacks: readonly AuditedStack[]): Stopping[] {
  return stacks.flatMap((stack) => {
    const namer = namerOf(stack);
    const alarms = resourcesOf([stack], 'AWS::CloudWatch::Alarm');
    if (alarms.length === 0) return [];
    return resourcesOf([stack], 'AWS::Lambda::Function').map((lambda): Stopping => {
      const queues = sourcesOf(lambda, stack, namer);
      const dead = givenUpTo(lambda, stack, namer);
      const called = (those: Resource[]) => those.map(({ properties }) => namer.named(properties.AlarmName).replace(`${stack.name}-`, ''));
      const on = (wanted: readonly Resource[], ...metrics: string[]) =>
        alarms.filter((alarm) =>
          measuresOf(alarm).some(({ of, metric }) => metrics.includes(metric) && wanted.some(({ id }) => of === id)),
        );
      const logs = namer.resourceOf(at(lambda.properties, 'LoggingConfig', 'LogGroup'))?.id;
      const counted = resourcesOf([stack], 'AWS::Logs::MetricFilter')
        .filter(({ properties }) => namer.resourceOf(properties.LogGroupName)?.id === logs)
        .flatMap(({ properties }) => list(properties.MetricTransformations).map((each) => text(at(each, 'MetricName')) ?? ''));
      const own = alarms.filter((alarm) => measuresOf(alarm).some(({ of, metric }) => of === lambda.id || counted.includes(metric)));
      const refused = on([lambda], 'Throttles');
      const waiting = on(queues, 'ApproximateAgeOfOldestMessage');
      const missed = own.filter(({ properties }) => properties.TreatMissingData === 'breaching');
      return {
        anchor: lambda.anchor,
        name: lambda.name.replace(/\/Function$/, ''),
        silent: called(own.filter((alarm) => ![missed, refused, waiting].some((those) => those.includes(alarm)))),
        missed: called(missed),
        refused: called(refused),
        waiting: called(waiting),
        givenUp: called(on(dead, 'ApproximateNumberOfMessagesVisible')),
      };
    });
  });
}

/** The logical ids of what an alarm looks at, with the metric; '' where the metric is of nothing by itself. */
function measuresOf({ properties }: Resource): { of: string; metric: string }[] {
  const single = { Dimensions: properties.Dimensions, MetricName: properties.MetricName };
  return [single, ...list(properties.Metrics).map((each) => at(each, 'MetricStat', 'Metric'))].flatMap((measured) => {
    const metric = text(at(measured, 'MetricName'));
    const ids = list(at(measured, 'Dimensions')).map(
      (each) => text(at(each, 'Value', 'Ref')) ?? String(list(at(each, 'Value', 'Fn::GetAtt'))[0]),
    );
    return metric === undefined ? [] : (ids.length > 0 ? ids : ['']).map((of) => ({ of, metric }));
  });
}

/** Whether a value names the function, by itself or by its alias. */
function runs(value: unknown, lambda: Resource, { resourceOf }: Namer): boolean {
  const named = resourceOf(value);
  return named?.id === lambda.id || (named?.type === 'AWS::Lambda::Alias' && resourceOf(named.properties.FunctionName)?.id === lambda.id);
}

function sourcesOf(lambda: Resource, stack: AuditedStack, namer: Namer): Resource[] {
  return resourcesOf([stack], 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => refsIn(properties.FunctionName).some((Ref) => runs({ Ref }, lambda, namer)))
    .flatMap(({ properties }) => namer.resourceOf(properties.EventSourceArn) ?? []);
}

/** Where a rule that starts it, or Lambda, leaves what it gives up. */
function givenUpTo(lambda: Resource, stack: AuditedStack, namer: Namer): Resource[] {
  const targets = resourcesOf([stack], 'AWS::Events::Rule').flatMap(({ properties }) => list(properties.Targets));
  return [
    ...targets.filter((target) => runs(at(target, 'Arn'), lambda, namer)).map((target) => at(target, 'DeadLetterConfig', 'Arn')),
    ...resourcesOf([stack], 'AWS::Lambda::EventInvokeConfig')
      .filter(({ properties }) => runs(properties.FunctionName, lambda, namer))
      .map(({ properties }) => at(properties, 'DestinationConfig', 'OnFailure', 'Destination')),
  ].flatMap((value) => namer.resourceOf(value) ?? []);
}

function refsIn(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"Ref":"([^"]+)"/g)].map(([, id = '']) => id);
}

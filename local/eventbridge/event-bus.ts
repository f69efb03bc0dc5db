/** EventBridge's default bus: the template's rules and the queues that they bring events to. */
import { createHash } from 'node:crypto';
import type { VirtualClock } from '../clock';
import type { Queue } from '../sqs/queue';
import type { RuleDefinition } from '../template/template';
import type { JsonObject } from '../protocol/wire';

export type EventBus = ReturnType<typeof createEventBus>;

const MINUTE = 60_000;

export function createEventBus(
  rules: RuleDefinition[],
  queues: ReadonlyMap<string, Queue>,
  { clock, account, region }: { clock: VirtualClock; account: string; region: string },
) {
  const active = rules.filter((rule) => rule.enabled);
  const scheduled = active.flatMap(({ everyMs, ...rule }) => (everyMs === undefined ? [] : [{ ...rule, everyMs }]));
  const fired = new Map<string, number>();

  const deliver = (rule: RuleDefinition, body: string) => {
    for (const { queue, groupId, input } of rule.targets) {
      queues
        .get(queue)
        ?.send({ body: input ?? body, groupId, deduplicationId: groupId === undefined ? undefined : hash(`${body} ${clock.now()}`) });
    }
  };
  const due = (rule: { name: string; everyMs: number }) => (fired.get(rule.name) ?? Number.NEGATIVE_INFINITY) + rule.everyMs;

  return {
    /** Puts an event to every rule that matches; answers their names. */
    put(event: JsonObject): string[] {
      const body = JSON.stringify(event);
      const matching = active.filter((rule) => rule.matches?.(event));
      for (const rule of matching) deliver(rule, body);
      return matching.map((rule) => rule.name);
    },
    /** The next instant at which a schedule can fire and which is not before `wanted`; undefined without a schedule. */
    nextTick(wanted: number): number | undefined {
      if (scheduled.length === 0) return undefined;
      const earliest = Math.max(wanted, clock.now(), Math.min(...scheduled.map(due)));
      return Math.ceil(earliest / MINUTE) * MINUTE;
    },
    /** Fires the schedules that are due now; answers their names. */
    tick(): string[] {
      const now = clock.now();
      const ready = scheduled.filter((rule) => due(rule) <= now);
      for (const rule of ready) {
        fired.set(rule.name, now);
        deliver(rule, JSON.stringify(scheduledEvent(rule, now, account, region)));
      }
      return ready.map((rule) => rule.name);
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html */
function scheduledEvent(rule: RuleDefinition, now: number, account: string, region: string): JsonObject {
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${hash(`${rule.name} ${now}`).slice(0, 12)}`,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date(now).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [rule.arn],
    detail: {},
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

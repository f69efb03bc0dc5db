/**
 * Runs the local cloud until nothing is left to do, without waiting: all that
 * can be done at one instant is done, then the clock moves to the next.
 */
import type { VirtualClock } from './clock';
import type { EventBus } from './eventbridge/event-bus';
import type { EventSourceMapping, Invocation } from './lambda/event-source';

export interface Progress {
  /** Epoch milliseconds of the virtual clock. */
  now: number;
  invocations: number;
  /** Messages done with since the drain began. */
  done: number;
  /** Messages in the queues that functions work on, by the function's name. */
  waiting: Record<string, number>;
}

export interface DrainOptions {
  onProgress?(progress: Progress): void;
  /** Ends the drain without waiting for invocations under way; close() then ends those. */
  signal?: AbortSignal;
  /** Epoch milliseconds: the clock is not moved beyond it, and stands at it in the end. */
  until?: number;
}

export interface DrainSummary {
  /** Why it ended: nothing is due any more, the time is up, it was aborted, or what is left cannot be done. */
  ended: 'idle' | 'until' | 'aborted' | 'given-up';
  invocations: number;
  /** Invocations that threw, were killed or timed out. */
  failures: Invocation[];
  /** Messages that an invocation gave back, each time counted. */
  givenBack: number;
  /** Virtual time that went by, in milliseconds. */
  elapsed: number;
}

export interface Drainable {
  clock: VirtualClock;
  bus: EventBus;
  /** In the order of the flow: what comes in first is worked on before what it leads to. */
  sources: EventSourceMapping[];
  /** When work that only a schedule wakes is due, in epoch milliseconds. */
  nextDue?(): Promise<number | undefined>;
  /** What must be waited for in real time before the clock moves; it ends early when the drain is aborted. */
  settle?(): Promise<void>;
  /** Whether all that is left is for somebody who refuses it. */
  hopeless?(): boolean;
}

export async function drain({ clock, bus, sources, nextDue, settle, hopeless }: Drainable, options: DrainOptions): Promise<DrainSummary> {
  const { signal, until = Number.POSITIVE_INFINITY } = options;
  const began = clock.now();
  const failures: Invocation[] = [];
  let invocations = 0;
  let givenBack = 0;
  let done = 0;
  const onInvocation = (invocation: Invocation) => {
    invocations += 1;
    givenBack += invocation.failed;
    done += invocation.messages - invocation.failed;
    if (invocation.result.outcome !== 'answered') failures.push(invocation);
    options.onProgress?.({
      now: clock.now(),
      invocations,
      done,
      waiting: Object.fromEntries(sources.map(({ functionName, queue }) => [functionName, queue.messages().length])),
    });
  };
  const summary = (ended: DrainSummary['ended']): DrainSummary => ({
    ended,
    invocations,
    failures,
    givenBack,
    elapsed: clock.now() - began,
  });

  for (;;) {
    await workNow(sources, signal, onInvocation);
    if (!signal?.aborted) await settle?.();
    if (signal?.aborted) return summary('aborted');
    if (hopeless?.()) return summary('given-up');
    const next = await nextInstant({ clock, bus, sources, nextDue });
    if (next === undefined || next.at > until) {
      if (until !== Number.POSITIVE_INFINITY) clock.advanceTo(Math.max(until, clock.now()));
      return summary(next === undefined ? 'idle' : 'until');
    }
    clock.advanceTo(next.at);
    if (next.tick) bus.tick();
  }
}

/** Back to the first queue after each that had work: deliveries see all intake of their instant. */
async function workNow(
  sources: EventSourceMapping[],
  signal: AbortSignal | undefined,
  onInvocation: (invocation: Invocation) => void,
): Promise<void> {
  for (let index = 0; index < sources.length && !signal?.aborted; index += 1) {
    let worked = false;
    await sources[index]?.work(signal, (invocation) => {
      worked = true;
      onInvocation(invocation);
    });
    if (worked && index > 0) index = -1;
  }
}

async function nextInstant({ bus, sources, nextDue }: Drainable): Promise<{ at: number; tick: boolean } | undefined> {
  const visible = Math.min(...sources.map(({ queue }) => queue.nextVisible() ?? Number.POSITIVE_INFINITY));
  const due = await nextDue?.();
  const tick = due === undefined ? Number.POSITIVE_INFINITY : (bus.nextTick(due) ?? Number.POSITIVE_INFINITY);
  const at = Math.min(visible, tick);
  return at === Number.POSITIVE_INFINITY ? undefined : { at, tick: tick === at };
}

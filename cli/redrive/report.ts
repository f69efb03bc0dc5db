/** What was found or done, for people. Reasons are foreign text. */
import { DAY, HOUR } from '../../handlers/domain/time';
import { inert } from '../show/inert';
import { type Cell, cells, wrap } from '../show/wrap';
import { counted } from '../doctor/check';
import type { Waiting } from './look';
import type { Place, Redriven } from './places';

/** The queues keep a message for 14 days (stacks/constructs/queues.ts, SQS's maximum). */
const KEPT = 14 * DAY;

/** @param now epoch milliseconds. @param width columns. */
export function waitingText({ queue }: Place, { total, read, reasons }: Waiting, now: number, width: number): string {
  if (total === 0) return `${queue}: empty`;
  const lines = reasons.flatMap(({ reason, count, oldest }) => [
    ...wrapped(`${count} × ${reason.replaceAll('\n', ' ')}`, width),
    `      oldest ${ago(now - oldest)} old, gone in ${ago(Math.max(0, oldest + KEPT - now))}`,
  ]);
  const unread = total > read ? [`  the reasons of ${read} of them:`] : [];
  return [`${queue}: ${counted(total, 'dead letter')}`, ...unread, ...lines].join('\n');
}

export function doneText({ queue, way }: Place, { done, stopped, failed }: Redriven, width: number): string {
  const what = {
    move: `${counted(done, 'dead letter')} moved back`,
    send: `${counted(done, 'event')} sent to the findings queue`,
    run: done === 0 ? 'nothing lies there, no run was started' : `a run was started, ${counted(done, 'record')} removed`,
  }[way];
  const lines = wrapped(`${queue}: ${what}${stopped ? ', then stopped: the rest still lies there' : ''}`, width, '');
  return [...lines, ...(failed === undefined ? [] : wrapped(`✗ ${failed}`, width))].join('\n');
}

/** In hours below two days: `3 h`, `5 days`. */
function ago(ms: number): string {
  return ms < 48 * HOUR ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} days`;
}

function wrapped(text: string, width: number, indent = '  '): string[] {
  const lineOf = (line: Cell[], index: number) => `${indent}${index === 0 ? '' : '    '}${line.map((cell) => cell.text).join('')}`;
  return wrap(cells(inert(text)), Math.max(20, width - indent.length - 4)).map(lineOf);
}

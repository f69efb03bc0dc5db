/** A progress bar on a terminal; nothing where nobody looks. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../local/drain';

export interface Bar {
  update(progress: Progress): void;
  stop(): void;
}

/** @param total messages that went in; the work they lead to is added as it appears. */
export function progressBar(total: number, stream: NodeJS.WriteStream = process.stderr): Bar {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage}%  {value}/{total} messages · virtual {clock}',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { clock: '' });
  return {
    update({ now, done, waiting }) {
      const left = Object.values(waiting).reduce((sum, count) => sum + count, 0);
      bar.setTotal(Math.max(total, done + left));
      bar.update(done, { clock: new Date(now).toISOString().slice(0, 19).replace('T', ' ') });
    },
    stop: () => bar.stop(),
  };
}

/** A drain's progress on a bar. */
import type { Bar } from '../frame/progress';
import type { Progress } from '../../local/drain';

/** @param total messages that went in; the work they lead to is added as it appears. */
export function onBar(bar: Bar, total: number): (progress: Progress) => void {
  return ({ now, done, waiting }) => {
    const left = Object.values(waiting).reduce((sum, count) => sum + count, 0);
    bar.update(done, Math.max(total, done + left), `virtual time ${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}`);
  };
}

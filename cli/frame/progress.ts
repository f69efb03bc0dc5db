/** How a command that takes longer than two seconds shows that it goes on: moving on a terminal, one plain line elsewhere. */
import { SingleBar } from 'cli-progress';

export interface Bar {
  /** @param total what there is to do all in all, which may grow. `note` stands behind the figures. */
  update(done: number, total: number, note: string): void;
  /** A line that stays. */
  say(text: string): void;
  stop(): void;
}

/** Nobody is told of what is over sooner. */
const SOON = 2000;

/** One line that overwrites itself; where nobody watches, one line after two seconds. */
export function progressLine(stream: NodeJS.WriteStream, now: () => number): (text: string) => void {
  let began: number | undefined;
  let shown = 0;
  return (text) => {
    began ??= now();
    if (!stream.isTTY) {
      if (text === '' || shown > 0 || now() - began < SOON) return;
      shown = now();
      stream.write('This takes some seconds …\n');
      return;
    }
    // Ten a second are enough for an eye.
    if (text !== '' && now() - shown < 100) return;
    shown = now();
    stream.write(`\r\u001b[2K${text.slice(0, (stream.columns || 80) - 1)}`);
  };
}

export function progressBar(total: number, what: string, stream: NodeJS.WriteStream): Bar {
  if (!stream.isTTY) {
    stream.write(`Working on ${total.toLocaleString('en')} ${what} …\n`);
    return { update: () => undefined, say: (text) => stream.write(`${text}\n`), stop: () => undefined };
  }
  const bar = new SingleBar({
    stream,
    format: `{bar} {percentage}%  {value}/{total} ${what}{note}`,
    // What is longer would leave its rest on the screen.
    linewrap: false,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 20,
  });
  bar.start(total, 0, { note: '' });
  return {
    update(done, all, note) {
      bar.setTotal(all);
      bar.update(done, { note: note === '' ? '' : ` · ${note}` });
    },
    say(text) {
      stream.write(`\r\u001b[2K${text}\n`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

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

/** One line that overwrites itself, cut to the terminal's width; where nobody watches, one line after two seconds. */
export function progressLine(stream: NodeJS.WriteStream, now: () => number): (text: string) => void {
  if (!stream.isTTY) return plainLine(stream, now);
  const line = new SingleBar({ stream, format: '{text}', linewrap: true, clearOnComplete: true });
  return (text) => {
    if (text === '') line.stop();
    else if (line.isActive) line.update({ text });
    else line.start(1, 0, { text });
  };
}

function plainLine(stream: NodeJS.WriteStream, now: () => number): (text: string) => void {
  let began: number | undefined;
  let told = false;
  return (text) => {
    began ??= now();
    if (text === '' || told || now() - began < SOON) return;
    told = true;
    stream.write('This takes some seconds …\n');
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

import { progressBar, progressLine } from '../../../cli/frame/progress';

/** A stream that remembers, on a terminal or not. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const fake = { isTTY, columns: 20, write: (text: string) => written.push(text) > 0, cursorTo() {}, clearLine() {}, moveCursor() {} };
  return { written, fake: fake as unknown as NodeJS.WriteStream };
}

describe('where nobody watches', () => {
  test('a long call is told once, after two seconds', () => {
    let now = 0;
    const { written, fake } = stream(false);
    const say = progressLine(fake, () => now);
    for (now of [0, 1999, 2000, 9000]) say(`asking at ${now}`);
    say('');
    expect(written).toEqual(['This takes some seconds …\n']);
  });

  test('a short one is not', () => {
    const { written, fake } = stream(false);
    const say = progressLine(fake, () => 0);
    say('asking');
    say('');
    expect(written).toEqual([]);
  });

  test('a bar is one line, and what it says are lines', () => {
    const { written, fake } = stream(false);
    const bar = progressBar(1200, 'events', fake);
    bar.update(5, 1200, 'virtual time');
    bar.say('Slack answered 429');
    bar.stop();
    expect(written).toEqual(['Working on 1,200 events …\n', 'Slack answered 429\n']);
  });
});

test('on a terminal one line overwrites itself, never wider than the terminal, and is gone in the end', () => {
  const { written, fake } = stream(true);
  const say = progressLine(fake, () => 0);
  for (const count of [100, 150, 300]) say(`asking for the ${count}th time`);
  say('');
  say('');
  const visible = written.filter((text) => !text.startsWith('\u001b'));
  expect(visible).toEqual(['asking for the 100th', 'asking for the 300th']);
  expect(written.at(-1)).toBe('\u001b[2K');
});

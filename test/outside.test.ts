/** What the files of tests have in common: packages, and what is made once a run. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { once } from './once';

describe('a package that is loaded once a process', () => {
  class Own extends Error {}

  test('throws Errors, and none of them is of a class that it does not know', () => {
    let thrown: unknown;
    try {
      parse('{');
    } catch (error) {
      thrown = error;
    }
    expect([thrown instanceof YAMLParseError, thrown instanceof Error, thrown instanceof Own]).toEqual([true, true, false]);
    expect([new Own() instanceof Own, new Own() instanceof Error, new TypeError() instanceof Own]).toEqual([true, true, false]);
    expect({ message: 'no error', name: 'Error' } instanceof Error).toBe(false);
  });
});

describe('what is made once a run', () => {
  test('is not made a second time, and of something else it is another', () => {
    let made = 0;
    const make = (folder: string) => writeFileSync(join(folder, 'it'), String(++made));
    const folders = [1, 1, 2].map((of) => once('outside-test', { of }, make));
    expect([made, folders[0] === folders[1], folders[0] === folders[2]]).toEqual([2, true, false]);
    expect(readdirSync(folders[0] ?? '')).toEqual(['it']);
  });

  test('is made again where it failed', () => {
    const failing = () => {
      throw new Error('no');
    };
    expect(() => once('outside-test', 'failing', failing)).toThrow('no');
    expect(readdirSync(once('outside-test', 'failing', () => undefined))).toEqual([]);
  });
});

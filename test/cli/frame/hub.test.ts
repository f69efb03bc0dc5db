/** The frame, over every command that is registered: a new one is covered by being listed. */
import { readdirSync, readFileSync } from 'node:fs';
import { commands } from '../../../cli/commands';
import { type Command, command, GROUPS, WrongConfiguration, WrongUse } from '../../../cli/frame/command';
import { EXAMPLE } from '../../config/example';
import { typed } from '../terminal';
import { tooWide } from '../width';

/** None of them may be run by a line that only asks. */
const inert = commands.map((each) => ({
  ...each,
  run: () => {
    throw new Error(`${each.name} was run`);
  },
}));
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;
const names = commands.map(({ name }) => name);

describe('the help', () => {
  test('groups all commands, each with its summary, and says what the exit status means', async () => {
    for (const argv of [[], ['--help'], ['-h'], ['help']]) {
      const { code, out, err } = await typed(argv, { known: inert });
      expect([code, err]).toEqual([0, '']);
      const unfolded = out.replace(/\s+/g, ' ');
      for (const { name, summary } of commands) expect(unfolded).toContain(`${name} ${summary}`);
      const used = Object.entries(GROUPS).filter(([group]) => commands.some((each) => each.group === group));
      const places = used.map(([, heading]) => out.indexOf(`${heading}\n`));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(unfolded).toContain(
        'Exit status: 0 fine; 1 something was found; 2 flags, files or configuration are wrong; 3 AWS could not be asked',
      );
    }
  });

  test.each([60, 100])('has no line wider than %d columns', async (width) => {
    expect(tooWide((await typed([], { known: inert, width })).out, width)).toEqual([]);
  });
});

describe.each(commands.map((each): [string, Command] => [each.name, each]))('%s', (name, { flags, operands, summary, script }) => {
  test('--help lists every flag and does nothing else, whatever stands beside it', async () => {
    for (const argv of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
      [name, ...(operands ? ['x'] : []), '--help'],
    ]) {
      const { code, out, err } = await typed(argv, { known: inert });
      expect([argv, code, err]).toEqual([argv, 0, '']);
      const unfolded = out.replace(/\s+/g, ' ');
      expect(unfolded).toContain(summary);
      for (const [flag, { value, about }] of Object.entries(flags))
        expect(unfolded).toContain(`--${flag}${value ? ` <${value}>` : ''} ${about}`);
    }
  });

  test.each([60, 100])('its help has no line wider than %d columns', async (width) => {
    expect(tooWide((await typed([name, '--help'], { known: inert, width })).out, width)).toEqual([]);
  });

  test('an unknown flag is refused with 2, the flag that was meant, and where all are listed', async () => {
    for (const [flag, { value }] of Object.entries({ ...flags, help: { value: undefined } })) {
      const misspelt = `--${flag[0]}${flag}`;
      const argv = [name, misspelt, ...(value ? ['x'] : []), ...(operands ? ['x'] : [])];
      const { code, out, err } = await typed(argv, { known: inert });
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(new RegExp(`unknown option '${misspelt}'[\\s\\S]*Did you mean (one of )?.*--${flag}`));
      expect(err).toContain(`${script ? `npm run ${name} --` : `npm run hub -- ${name}`} --help`);
    }
  });

  test('what may not follow, and what is missing, is refused with 2', async () => {
    // What may be left out is judged by the command itself.
    const { code, err } = await typed([name, ...(operands ? [] : ['surplus'])], operands?.optional ? {} : { known: inert });
    expect(code).toBe(2);
    if (operands?.optional) return;
    expect(err).toMatch(operands ? /missing required argument/ : /too many arguments/);
  });

  if (flags.policy)
    test('--policy prints the policy, with nothing else on the line, and asks nobody', async () => {
      const { code, out, err } = await typed([name, '--policy', '--config', EXAMPLE]);
      expect([code, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ Statement: expect.any(Array) });
    });

  test('a flag without its value is refused with 2', async () => {
    for (const [flag] of Object.entries(flags).filter(([, { value }]) => value)) {
      const { code, err } = await typed([name, `--${flag}`], { known: inert });
      expect([code, err]).toEqual([2, expect.stringContaining(`option '--${flag}`)]);
    }
  });

  test('package.json has a script of its name exactly where it says so', () => {
    expect(scripts[name]).toBe(script ? `tsx cli/hub.ts ${name}` : undefined);
  });
});

test('an unknown command is refused with 2 and the command that was meant', async () => {
  expect(await typed(['rotes'], { known: inert })).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/unknown command 'rotes'\n\(Did you mean routes\?\)[\s\S]*npm run hub/),
  });
  expect(await typed(['nothing-like-it'], { known: inert })).toMatchObject({ code: 2, out: '' });
});

test('no two commands have one name', () => {
  expect(new Set(names).size).toBe(names.length);
});

describe('what a command gets, and how it ends', () => {
  const invocations: unknown[] = [];
  const probe = (run: Command['run']) => [
    command({
      name: 'probe',
      group: 'look',
      summary: 'Looks.',
      flags: {
        'dry-run': { about: 'a' },
        days: { value: 'N', about: 'b', default: '7' },
        tag: { value: 'T', about: 'c', repeatable: true },
      },
      operands: { name: 'PATH...', about: 'd' },
      run,
    }),
  ];

  test('flags by their names, with their defaults, and what follows them', async () => {
    const known = probe((asked) => {
      invocations.push(asked);
      return 0;
    });
    await typed(['probe', 'one', '--dry-run', '--tag', 'a', '--tag=b', 'two'], { known });
    await typed(['probe', '--', '--one'], { known });
    expect(invocations).toEqual([
      { flags: { 'dry-run': true, days: '7', tag: ['a', 'b'] }, operands: ['one', 'two'] },
      { flags: { 'dry-run': false, days: '7', tag: [] }, operands: ['--one'] },
    ]);
  });

  test.each([
    ['its own status', () => 1 as const, 1, ''],
    [
      '2 and where the flags are, where it was used wrongly',
      () => Promise.reject(new WrongUse('--days "x": 1 to 90.')),
      2,
      '--days "x": 1 to 90.\n\nAll flags: npm run hub -- probe --help',
    ],
    [
      '2 and nothing about flags, where the configuration is wrong',
      () => Promise.reject(new WrongConfiguration('no receiver')),
      2,
      'no receiver',
    ],
    ['1 and the message, where it failed', () => Promise.reject(new Error('disk full')), 1, 'disk full'],
    [
      '3 and what to do, where nobody is signed in',
      () => Promise.reject(Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' })),
      3,
      'the credentials are not taken: CredentialsProviderError: Could not load credentials.  Sign in, or\n  name a profile that is signed in by AWS_PROFILE, then see who you are: aws sts get-caller-identity',
    ],
    [
      '3 and to sign in again, where that has expired',
      () => Promise.reject(Object.assign(new Error('Expired'), { name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } })),
      3,
      expect.stringMatching(/Sign in again, or\s+name a profile/),
    ],
    [
      '3 where nothing answers',
      () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })),
      3,
      'AWS cannot be reached (ECONNREFUSED)',
    ],
    [
      '1 where a service was asked, and refused what was asked for',
      () => Promise.reject(Object.assign(new Error('too long'), { name: 'ValidationError', $metadata: { httpStatusCode: 400 } })),
      1,
      'AWS answered ValidationError: too long',
    ],
  ])('ends with %s', async (_what, run, code, err) => {
    expect(await typed(['probe', 'x'], { known: probe(run) })).toEqual({ code, out: '', err });
  });

  test('130 when Ctrl-C ended what it waited for', async () => {
    const stop = new AbortController();
    const known = probe(() => {
      stop.abort();
      throw stop.signal.reason;
    });
    expect(await typed(['probe', 'x'], { known, signal: stop.signal })).toMatchObject({ code: 130, err: 'Stopped.' });
  });

  test('long errors are folded, their lines and indents kept', async () => {
    const known = probe(() => {
      throw new Error(`first line\n  ${'word '.repeat(30).trim()}`);
    });
    const { err } = await typed(['probe', 'x'], { known, width: 60 });
    expect(tooWide(err, 60)).toEqual([]);
    expect(err).toMatch(/^first line\n {2}word[^\n]*\n {4}word/);
  });
});

test('README and docs name no command and no script that is not there', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) => file.endsWith('.md'));
  const wrong = pages.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/npm run (?:--silent )?([\w:-]+)(?: -- ([a-z][\w-]*))?/g)]
      .filter(([, script = '', name]) => !(script in scripts) || (script === 'hub' && name !== undefined && !names.includes(name)))
      .map(([text]) => `${file}: ${text}`),
  );
  expect(wrong).toEqual([]);
});

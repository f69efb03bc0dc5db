/** `versions` and `rollback`: what runs, and another version in its place, all functions together or none. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typed, type Screen } from '../terminal';
import { folderWith, removeFolders } from '../../config/folder';
import { openStack, type StandingFunction, type StandingStack } from './deployed';

const CONFIG = ['--config', folderWith()];
const OLD = 'aaaaaaa.11111111';
const MID = 'bbbbbbb.11111111';
const NEW = 'ccccccc+.22222222';

let stack: StandingStack;
afterAll(removeFolders);
beforeEach(async () => {
  stack = await openStack();
  const made = (numbers: [string, string, string, string]): StandingFunction => ({
    live: numbers[3],
    description: 'What runs',
    revision: 1,
    weights: {},
    versions: [
      [numbers[0], 'Takes findings in', '2026-11-01T08:00:00.000+0000'],
      [numbers[1], `Takes findings in · ${OLD} · rows 1`, '2026-11-10T08:00:00.000+0000'],
      [numbers[2], `Takes findings in · ${MID} · rows 1`, '2026-11-15T08:00:00.000+0000'],
      [numbers[3], `Takes findings in · ${NEW} · rows 2`, '2026-11-20T08:30:00.000+0000'],
    ],
  });
  stack.functions = { Intake: made(['1', '2', '3', '4']), Deliver: made(['7', '8', '9', '10']), Tick: made(['1', '2', '3', '4']) };
  stack.waiting = { findings: 12, deliveries: 1 };
});
afterEach(() => stack.close());

const run = (argv: string[], screen: Screen = {}) =>
  typed([...argv, ...CONFIG], { now: () => Date.parse('2026-11-26T06:10:00Z'), ...screen });
const functionOf = (name: string): StandingFunction => {
  const found = stack.functions?.[name];
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};

describe('versions', () => {
  test('lists what was deployed together, the newest first, and what is live since when', async () => {
    const { code, out } = await run(['versions']);
    expect([code, out]).toEqual([
      0,
      [
        `live  ${NEW}  commit ccccccc+  configuration 22222222  since 2026-11-20 08:30 UTC`,
        `      ${MID}   commit bbbbbbb   configuration 11111111  deployed 2026-11-15 08:00 UTC`,
        `      ${OLD}   commit aaaaaaa   configuration 11111111  deployed 2026-11-10 08:00 UTC`,
      ].join('\n'),
    ]);
  });

  test('says it as JSON', async () => {
    const { out } = await run(['versions', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      live: NEW,
      since: { at: '2026-11-20T08:30:00.000+0000' },
      functions: { intake: NEW, deliver: NEW, tick: NEW },
      releases: [{ name: NEW, rows: 2, numbers: { intake: '4', deliver: '10' } }, { name: MID }, { name: OLD }],
    });
  });

  test('ends with 1 where the functions differ, and says which runs what', async () => {
    functionOf('Tick').live = '1';
    functionOf('Deliver').live = '8';
    const { code, out } = await run(['versions']);
    expect(code).toBe(1);
    expect(out).toContain('The functions do not run the same:');
    expect(out).toContain(`deliver runs ${OLD}`);
    expect(out).toContain('tick runs a version that is older than names');
  });

  test('says where nothing is deployed, or what is deployed keeps no versions', async () => {
    stack.functions = {};
    expect((await run(['versions'])).err).toMatch(/SecurityHubInterpreter is older than this command and keeps no versions/);
    stack.functions = undefined;
    expect(await run(['versions'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/SecurityHubInterpreter is not deployed in ap-northeast-1/),
    });
  });

  test('asks after the stack of the environment', async () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'environments'));
    writeFileSync(
      join(folder, 'environments', 'dev.yaml'),
      'enablement: { mode: none }\nregions: { aggregator: existing }\nslack: { tokenSecret: interpreter/dev }\nallTo: C0TRIALS001\n',
    );
    const { err } = await typed(['versions', '--config', folder, '--environment', 'dev']);
    expect(err).toMatch(/dev-SecurityHubInterpreter is not deployed/);
  });
});

describe('rollback', () => {
  test('says before what it does to code, configuration, rows and what waits, and does nothing where nobody says yes', async () => {
    const asked: string[] = [];
    const { code, out, err } = await run(['rollback'], {
      confirm: async (question) => {
        asked.push(question);
        return false;
      },
    });
    expect([code, asked, stack.moved]).toEqual([2, ['Go back?'], []]);
    expect(err).toContain('Nothing was done.');
    expect(out.split('\n')).toEqual([
      `To ${MID}, deployed 2026-11-15 08:00 UTC, in place of ${NEW}:`,
      '  code: commit bbbbbbb in place of ccccccc+',
      '  configuration: 11111111, the routes and settings of that day; the files in your folder stay as they are',
      `  rows of the ledger: ${MID} refuses what ${NEW} wrote (rows 2, it knows 1): those problems wait, and an alarm says so, until a later version is live again. None is lost`,
      `  what waits: 12 events to be taken in and 1 wake-up of problems to be told; ${MID} takes them`,
      '  queues, rules, rights and alarms stay as the last deployment made them',
      '  order: intake 4 → 3, tick 4 → 3, deliver 10 → 9',
    ]);
  });

  test('moves who writes before who reads, notes since when, and versions says it', async () => {
    const { code, out } = await run(['rollback', '--yes']);
    expect([code, out.split('\n').at(-1)]).toEqual([0, `${MID} is live.`]);
    const note = `${MID} in place of ${NEW} since 2026-11-26T06:10:00.000Z`;
    expect(stack.moved).toEqual([
      ['Intake', '3', note],
      ['Tick', '3', note],
      ['Deliver', '9', note],
    ]);
    expect((await run(['versions'])).out).toContain(`live  ${MID}   commit bbbbbbb   configuration 11111111  since 2026-11-26 06:10 UTC`);
  });

  test('goes forward again in the other order, and then reads all rows', async () => {
    await run(['rollback', '--yes', '--to', 'aaaaaaa']);
    expect(functionOf('Deliver').live).toBe('8');
    stack.moved.length = 0;
    const { out } = await run(['rollback', '--to', 'ccc'], { confirm: async (question) => question === 'Go forward?' });
    expect(out).toContain('rows of the ledger: it reads all that is there');
    expect(stack.moved.map(([name]) => name)).toEqual(['Deliver', 'Tick', 'Intake']);
  });

  test('where one function cannot be moved, the others are put back, and it is said', async () => {
    stack.refused.add('Deliver');
    const { code, err } = await run(['rollback', '--yes']);
    expect(code).toBe(1);
    expect(err).toMatch(/deliver could not be moved: .*Nothing is lost; the others are as they were\./s);
    expect([functionOf('Intake').live, functionOf('Tick').live, functionOf('Deliver').live]).toEqual(['4', '4', '10']);
  });

  test('refuses where somebody has moved an alias meanwhile', async () => {
    const { code } = await run(['rollback'], {
      confirm: async () => {
        functionOf('Intake').revision += 1;
        return true;
      },
    });
    expect([code, functionOf('Intake').live, stack.moved]).toEqual([1, '4', []]);
  });

  test('refuses while a gradual deployment is under way, and says how to stop that', async () => {
    functionOf('Deliver').weights = { '10': 0.1 };
    const { code, err } = await run(['rollback', '--yes']);
    expect([code, stack.moved]).toEqual([1, []]);
    expect(err.replace(/\n */g, ' ')).toMatch(
      /A gradual deployment of deliver is under way.*aws deploy stop-deployment --auto-rollback-enabled/,
    );
  });

  test.each([
    [['--to', 'dddddd'], /there is no version dddddd\..*Known are:/],
    [['--to', 'aaaaaab.11111111'], /Did you mean "aaaaaaa\.11111111"\?/],
  ])('%j ends with 2', async (flags, message) => {
    const { code, err } = await run(['rollback', '--yes', ...flags]);
    expect([code, stack.moved]).toEqual([2, []]);
    expect(err.replace(/\n */g, ' ')).toMatch(message);
  });

  test('what is live already, and the first that there is, have nowhere to go', async () => {
    expect(await run(['rollback', '--to', NEW])).toMatchObject({ code: 0, out: `${NEW} is live already.` });
    await run(['rollback', '--yes', '--to', OLD]);
    const { code, err } = await run(['rollback', '--yes']);
    expect([code, err]).toEqual([2, expect.stringContaining(`${OLD} is the first version that is kept`)]);
  });

  test('functions that differ go together where --to says where, and a function that has no such version stays', async () => {
    functionOf('Deliver').live = '8';
    expect((await run(['rollback', '--yes'])).err).toMatch(/The functions do not run the same version: name the one/);
    const enroll = functionOf('Tick');
    stack.functions = { ...stack.functions, Enroll: { ...enroll, live: '1', versions: enroll.versions.slice(0, 1) } };
    const { code, out } = await run(['rollback', '--yes', '--to', MID]);
    expect([code, out]).toEqual([0, expect.stringContaining('enroll: has no version of that name, and stays')]);
    expect([functionOf('Intake').live, functionOf('Deliver').live, functionOf('Enroll').live]).toEqual(['3', '9', '1']);
  });
});

test('the printed policy reads, and moves aliases for rollback alone', async () => {
  const actions = async (name: string) =>
    (JSON.parse((await run([name, '--policy'])).out) as { Statement: { Action: string[]; Resource: string | string[] }[] }).Statement;
  const read = await actions('versions');
  const moving = (await actions('rollback')).slice(read.length);
  expect(moving).toEqual([
    expect.objectContaining({
      Action: ['lambda:UpdateAlias'],
      Resource: 'arn:aws:lambda:ap-northeast-1:222222222222:function:SecurityHubInterpreter-*',
    }),
  ]);
  expect(read.flatMap(({ Action }) => Action)).toEqual([
    'cloudformation:DescribeStacks',
    'lambda:GetAlias',
    'lambda:ListVersionsByFunction',
    'sqs:GetQueueAttributes',
  ]);
});

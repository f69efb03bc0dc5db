/**
 * What differs between two deployments is named, whatever it is: each weakening by itself, and nothing where nothing was done.
 * @proves weakenings
 */
import { readAssembly } from '../../../cli/audit/assembly';
import { deployedIn } from '../../../cli/audit/audit';
import type { Deployed } from '../../../cli/audit/audited';
import { changesBetween } from '../../../cli/audit/changes';
import { codeOf } from '../../../cli/audit/version';
import type { Config } from '../../../config/schema';
import { WEAKENINGS } from '../../audit/weakenings';
import { NOW } from '../../config/folder';
import { asked, changed, reconfigured, rows, synthesized, type Template } from './scenario';

let folder: string;
let before: Deployed;
beforeAll(() => {
  folder = synthesized();
  before = deployedIn(readAssembly(folder), { now: NOW });
});

const of = ({ Resources }: Template, id: string) => {
  const found = Object.entries(Resources).find(([key]) => key.startsWith(id));
  if (!found) throw new Error(`no resource ${id}`);
  return found[1];
};

test.each(WEAKENINGS.map((weakening) => [weakening.name, weakening] as const))(
  '%s is named',
  (_name, { weaken, told: { kind, of: what, now } }) => {
    const weaker = changed(folder, (template) => void Object.assign(template, weaken(template)));
    const found = changesBetween(before, deployedIn(readAssembly(weaker), { now: NOW }));
    expect(found).toContainEqual(expect.objectContaining({ kind, of: expect.stringMatching(what), after: expect.stringMatching(now) }));
  },
);

test('a function of another version is named, with both; that its code is not compared is said', async () => {
  const other = changed(folder, (t) => {
    const { Properties } = of(t, 'DeliverFunction3');
    Properties.Description = String(Properties.Description).replace(/ · \S+\.([0-9a-f]{8}) · rows/, ' · fedcba9.$1 · rows');
  });
  const answer = await asked(other, 'changes', '--against', folder);
  // Of a folder the code says what it was: its name says nothing.
  expect(answer.verdict).toContain(`differences against ${folder} (${readAssembly(folder).stacks.map(codeOf).find(Boolean)})`);
  expect(rows(answer, /Differences/)).toEqual([
    [
      'security · Deliver/Function',
      'version of code and configuration',
      expect.any(String),
      expect.stringMatching(/^fedcba9, configuration [0-9a-f]{8}$/),
    ],
  ]);
  expect(answer.verdict).toContain('What the code of functions does is not compared');
});

test('of long values the part that differs is shown', async () => {
  const other = changed(folder, (t) => {
    const { Properties } = of(t, 'LedgerTable');
    Properties.Tags = [{ Key: 'long', Value: `${'a'.repeat(300)}NOW` }];
  });
  const before = changed(folder, (t) => {
    of(t, 'LedgerTable').Properties.Tags = [{ Key: 'long', Value: `${'a'.repeat(300)}BEFORE` }];
  });
  const [[, , was, is] = []] = rows(await asked(other, 'changes', '--against', before), /Differences/);
  expect([was, is]).toEqual([expect.stringContaining('BEFORE'), expect.stringContaining('NOW')]);
});

test('one statement more that shifts the numbers of the others is one difference', async () => {
  type Model = { Sid: string; Resource: unknown };
  const more = changed(folder, (t) => {
    const { Statement } = of(t, 'DeliverRoleDefaultPolicy').Properties.PolicyDocument as { Statement: Model[] };
    const profiles = Statement.filter(({ Sid }) => /^InvokeProfile\d?$/.test(Sid));
    const added = { ...(profiles[0] as Model), Resource: 'arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/new' };
    profiles.forEach((each, index) => {
      each.Sid = `InvokeProfile${index + 2}`;
    });
    Statement.unshift(added);
  });
  expect(rows(await asked(more, 'changes', '--against', folder), /Differences/)).toEqual([
    ['security · Deliver · InvokeProfile', 'rights', '(not there)', expect.stringContaining('inference-profile/new')],
  ]);
});

test('nothing differs from itself', async () => {
  expect(rows(await asked(folder, 'changes', '--against', folder), /Differences/)).toEqual([]);
});

test.each<[string, (config: Config) => void, string, RegExp]>([
  [
    'a receiver in another channel',
    ({ routes }) => {
      routes.receivers.sandbox = { ...routes.receivers.workloads, channel: 'C0OTHER0001' } as never;
    },
    'routes',
    /receiver sandbox/,
  ],
  ['a route less', ({ routes }) => void routes.route.routes?.splice(2, 1), 'routes', /Root\/Infrastructure · CRITICAL/],
  [
    'a mute more',
    ({ routes }) =>
      void routes.route.routes?.unshift({ name: 'Quiet', match: { control: ['S3.1'] }, mute: { reason: 'Because' } } as never),
    'routes',
    /mute root > Quiet/,
  ],
  [
    'a model elsewhere',
    ({ settings }) => {
      settings.model.profiles = ['global.anthropic.claude-haiku-4-5-20251001-v1:0'];
    },
    'egress',
    /the model/,
  ],
  ['a severity less', ({ settings }) => void settings.severities.pop(), 'routes', /severities that are told/],
  [
    'a route that no longer goes on',
    ({ routes }) => void delete routes.route.routes?.[0]?.continue,
    'routes',
    /^route root > GuardDuty CRITICAL$/,
  ],
  [
    'another judge',
    ({ settings }) => {
      settings.model.judge = 'off';
    },
    'other',
    /^configuration$/,
  ],
  ['an owner that nobody mentions', ({ routes }) => void delete routes.owners?.payments, 'other', /^configuration$/],
])('of the configuration: %s', async (_name, change, kind, what) => {
  const found = rows(await asked(reconfigured(folder, change), 'changes', '--against', folder), /Differences/);
  expect(found.some(([which = '', is]) => is === kind && what.test(which))).toBe(true);
});

test('a stack that may be deleted, and one that stands in a Region less, are named', () => {
  const weaker = structuredClone(before);
  for (const stack of weaker.stacks) {
    stack.protectedFromDeletion = false;
    stack.regions = stack.regions.slice(1);
  }
  const found = changesBetween(before, weaker);
  expect(found).toContainEqual(
    expect.objectContaining({
      of: 'security · stack SecurityHubInterpreter',
      after: expect.stringContaining('protectedFromDeletion false'),
    }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({
      of: expect.stringMatching(/^management · stack/),
      after: expect.stringMatching(/^regions (?!.*ap-northeast-1)/),
    }),
  );
});

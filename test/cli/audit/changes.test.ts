/**
 * What differs between two deployments is named, whatever it is: each weakening by itself, and nothing where nothing was done.
 * @proves weakenings
 */
import type { Config } from '../../../config/schema';
import { asked, changed, reconfigured, rows, synthesized, type Template } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

const of = ({ Resources }: Template, id: string) => {
  const found = Object.entries(Resources).find(([key]) => key.startsWith(id));
  if (!found) throw new Error(`no resource ${id}`);
  return found[1];
};
type Statement = { Sid?: string; Action: unknown; Resource: unknown; Condition?: unknown; Principal?: unknown };
const statement = (template: Template, id: string, sid: string) => {
  const { Statement } = of(template, id).Properties.PolicyDocument as { Statement: Statement[] };
  const found = Statement.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
};
const removed = (template: Template, id: string) => {
  const [key = ''] = Object.entries(template.Resources).find(([each]) => each.startsWith(id)) ?? [];
  delete template.Resources[key];
};

const WEAKENINGS: [name: string, weaken: (template: Template) => void, kind: string, of: RegExp, now: RegExp][] = [
  [
    'a wildcard action',
    (t) => {
      statement(t, 'DeliverRoleDefaultPolicy', 'KeepLedger').Action = 'dynamodb:*';
    },
    'rights',
    /Deliver · KeepLedger/,
    /dynamodb:\*/,
  ],
  [
    'a wildcard resource',
    (t) => {
      statement(t, 'IntakeRoleDefaultPolicy', 'KeepLedger').Resource = '*';
    },
    'rights',
    /Intake · KeepLedger/,
    / on \*/,
  ],
  [
    'a missing condition',
    (t) => void delete statement(t, 'DeliverRoleDefaultPolicy', 'InvokeModelThroughProfile').Condition,
    'rights',
    /Deliver · InvokeModelThroughProfile/,
    /^(?!.* if ).*InvokeModel/,
  ],
  [
    'a right more',
    (t) => {
      const { Statement } = of(t, 'TickRunRoleDefaultPolicy').Properties.PolicyDocument as { Statement: object[] };
      Statement.push({ Sid: 'More', Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' });
    },
    'rights',
    /Tick\/Run · More/,
    /sqs:PurgeQueue/,
  ],
  [
    'a broader trust policy',
    (t) => {
      const { Statement } = of(t, 'DeliverRole40').Properties.AssumeRolePolicyDocument as { Statement: Statement[] };
      Statement[0] = { ...(Statement[0] as Statement), Principal: { AWS: '*' } };
    },
    'rights',
    /Deliver · trusts/,
    /^\*$/,
  ],
  [
    'an unencrypted queue',
    (t) => {
      of(t, 'QueuesFindings8').Properties.SqsManagedSseEnabled = false;
    },
    'encryption',
    /Queues\/Findings/,
    /no encryption/,
  ],
  [
    'a public topic',
    (t) => {
      const { Statement } = of(t, 'AlarmsTopicPolicy').Properties.PolicyDocument as { Statement: object[] };
      Statement.push({ Effect: 'Allow', Principal: '*', Action: 'sns:Subscribe', Resource: '*' });
    },
    'access',
    /Alarms\/Topic · \* · Allow/,
    /sns:Subscribe/,
  ],
  [
    'a lower retention',
    (t) => {
      of(t, 'DeliverLogs').Properties.RetentionInDays = 1;
    },
    'retention',
    /Deliver\/Logs/,
    /^1 days/,
  ],
  [
    'data that goes with the stack',
    (t) => {
      of(t, 'LedgerTable').DeletionPolicy = 'Delete';
    },
    'retention',
    /Ledger\/Table/,
    /with the stack: Delete/,
  ],
  [
    'a new way out',
    (t) => {
      const variables = (of(t, 'DeliverFunction3').Properties.Environment as { Variables: Record<string, unknown> }).Variables;
      variables.SLACK_API_URL = 'https://slack.example.org/api/';
    },
    'egress',
    /Slack/,
    /slack\.example\.org/,
  ],
  [
    'a door of its own for a function',
    (t) => {
      t.Resources.Door = { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } };
    },
    'egress',
    /AWS::Lambda::Url Door/,
    /is there/,
  ],
  ['an alarm less', (t) => removed(t, 'Alarmstickstopped'), 'alarms', /tick-stopped/, /gone/],
  [
    'an alarm that tells nobody',
    (t) => void delete of(t, 'Alarmstickstopped').Properties.AlarmActions,
    'alarms',
    /tick-stopped/,
    /tells nobody/,
  ],
  [
    'what no list names',
    (t) => {
      of(t, 'LedgerTable').Properties.DeletionProtectionEnabled = false;
    },
    'other',
    /Ledger\/Table/,
    /DeletionProtectionEnabled false/,
  ],
];

test.each(WEAKENINGS)('%s is named', async (_name, weaken, kind, what, now) => {
  const answer = await asked(changed(folder, weaken), 'changes', '--against', folder);
  const found = rows(answer, /Differences/);
  expect(found.map(([, is]) => is)).toContain(kind);
  expect(found.some(([which = '', is, , after = '']) => is === kind && what.test(which) && now.test(after))).toBe(true);
});

test('a function of another version is named, with both; that its code is not compared is said', async () => {
  const other = changed(folder, (t) => {
    const { Properties } = of(t, 'DeliverFunction3');
    Properties.Description = String(Properties.Description).replace(/ · \S+\.([0-9a-f]{8}) · rows/, ' · fedcba9.$1 · rows');
  });
  const answer = await asked(other, 'changes', '--against', folder);
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
])('of the configuration: %s', async (_name, change, kind, what) => {
  const found = rows(await asked(reconfigured(folder, change), 'changes', '--against', folder), /Differences/);
  expect(found.some(([which = '', is]) => is === kind && what.test(which))).toBe(true);
});

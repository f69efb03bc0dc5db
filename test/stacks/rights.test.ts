import type { Template } from 'aws-cdk-lib/assertions';
import { routesSchema } from '../../config/schema';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate, listOf, type Statement, statementsOf } from './synthesize';

/** Every action of each role. One more or less is a decision, so it is written here too. */
const ACTIONS = {
  Intake: [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'kms:Decrypt',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'organizations:DescribeAccount',
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
    'organizations:ListTagsForResource',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ],
  Deliver: [
    'bedrock:InvokeModel',
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'kms:Decrypt',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'secretsmanager:GetSecretValue',
    'securityhub:BatchUpdateFindings',
    'securityhub:GetFindings',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ],
  Tick: [
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'kms:Decrypt',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ],
  Enroll: [
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'organizations:ListAccounts',
    'securityhub:CreateMembers',
    'securityhub:DescribeHub',
    'securityhub:DescribeOrganizationConfiguration',
    'securityhub:ListMembers',
    'securityhub:UpdateOrganizationConfiguration',
    'securityhub:UpdateSecurityHubConfiguration',
    'sqs:SendMessage',
  ],
};

/** Every resource with a wildcard. */
const WILDCARDS = {
  Intake: ['arn:aws:organizations::111111111111:account/o-ab12cd34ef/*', 'arn:aws:organizations::111111111111:ou/o-ab12cd34ef/*'],
  Deliver: ['arn:aws:securityhub:ap-northeast-1:222222222222:hubv2/*'],
  Tick: [],
  // Of ListAccounts, which takes no resource.
  Enroll: ['*'],
};

const actionsOf = (statements: Statement[]) => [...new Set(statements.flatMap((statement) => listOf(statement.Action)))].sort();
const resourcesOf = (statements: Statement[]) => [...new Set(statements.flatMap((statement) => listOf(statement.Resource)))];
const bySid = (statements: Statement[], sid: string) => statements.find((statement) => statement.Sid === sid);

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

describe.each(['Intake', 'Deliver', 'Tick', 'Enroll'] as const)('the role of %s', (name) => {
  test('has exactly the actions it uses', () => {
    expect(actionsOf(statementsOf(template, name))).toEqual(ACTIONS[name]);
  });

  test('has wildcards in these resources and in no other', () => {
    const allowed = statementsOf(template, name).filter(({ Effect }) => Effect === 'Allow');
    const wide = resourcesOf(allowed).filter((resource) => JSON.stringify(resource).includes('*'));
    expect(wide).toEqual(WILDCARDS[name]);
  });

  test('fits into the 10,240 characters that IAM takes of a role’s inline policies', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count; references become ARNs, of some 100 characters.
    const text = JSON.stringify(
      statementsOf(template, name).map(({ Sid, Effect, Action, Resource, Condition }) => ({ Sid, Effect, Action, Resource, Condition })),
    );
    expect(text.length).toBeLessThan(8_000);
  });

  test('has no managed policy', () => {
    const [, role] = Object.entries(template.findResources('AWS::IAM::Role')).find(([id]) => id.startsWith(name)) ?? [];
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});

describe.each(['Intake', 'Deliver', 'Tick'] as const)('the role of %s', (name) => {
  test('opens the ledger’s key through DynamoDB only', () => {
    const condition = bySid(statementsOf(template, name), 'OpenLedger')?.Condition;
    expect(JSON.stringify(condition?.StringEquals?.['kms:ViaService'])).toContain('dynamodb.ap-northeast-1.');
  });
});

test('the template has no roles but those of the four functions', () => {
  expect(Object.keys(template.findResources('AWS::IAM::Role')).map((id) => id.replace(/Role.*/, ''))).toEqual([
    'TickRun',
    'Intake',
    'Deliver',
    'EnrollRun',
  ]);
});

describe('deliver', () => {
  test('reads the one secret by its name, with six characters after it and no more', () => {
    expect(bySid(statementsOf(template, 'Deliver'), 'ReadSlackToken')?.Resource).toBe(
      'arn:aws:secretsmanager:ap-northeast-1:222222222222:secret:security-hub-interpreter/slack-??????',
    );
  });

  test('reads each receiver’s webhook, and no token where none is named', () => {
    const receiver = { securityAccountAccess: false, mentions: {} };
    const receivers = {
      one: { ...receiver, webhookSecret: 'hooks/one' },
      same: { ...receiver, webhookSecret: 'hooks/one' },
      two: { ...receiver, webhookSecret: 'hooks/two' },
    };
    const routes = routesSchema.parse({ receivers, route: { receiver: 'one' } });
    const webhooksOnly = hubTemplate({ settings: { ...exampleConfig.settings, slack: { host: 'slack.com' } }, routes });
    const secrets = statementsOf(webhooksOnly, 'Deliver').filter(({ Action }) => Action === 'secretsmanager:GetSecretValue');
    expect(secrets.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ['ReadSlackWebhooks', ['one', 'two'].map((name) => `arn:aws:secretsmanager:ap-northeast-1:222222222222:secret:hooks/${name}-??????`)],
    ]);
  });

  test('only reads in Security Hub while write-back is off, and has no right in Bedrock while the model is off', () => {
    const { model } = exampleConfig.settings;
    const quiet = hubTemplate(withSettings({ writeBack: false, model: { ...model, enabled: false } }));
    const actions = actionsOf(statementsOf(quiet, 'Deliver'));
    expect(actions.filter((action) => action.startsWith('securityhub:'))).toEqual(['securityhub:GetFindings']);
    const services = new Set(actionsOf(statementsOf(quiet, 'Deliver')).map((action) => action.split(':')[0]));
    expect([...services]).toEqual(['dynamodb', 'kms', 'logs', 'secretsmanager', 'securityhub', 'sqs']);
  });
});

describe('bedrock', () => {
  const { model, regions } = exampleConfig.settings;
  const statements = (profiles: string | string[] | undefined, home = regions.home) =>
    statementsOf(
      hubTemplate(
        withSettings({
          model: { ...model, profiles: profiles === undefined ? undefined : [profiles].flat() },
          regions: { ...regions, home },
        }),
      ),
      'Deliver',
    ).filter((statement) => statement.Action === 'bedrock:InvokeModel');

  test.each([
    ['jp', 'ap-northeast-1', ['ap-northeast-1', 'ap-northeast-3']],
    ['us', 'us-west-1', ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']],
    ['eu', 'eu-west-1', ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3']],
  ])(
    'is the model in the destination Regions of %s as called from %s, each by its name, through the configured profile only',
    (geography, home, destinations) => {
      const profile = `arn:aws:bedrock:${home}:222222222222:inference-profile/${geography}.anthropic.claude-haiku-5-5`;
      expect(
        statements(`${geography}.anthropic.claude-haiku-5-5`, home).map(({ Resource, Condition }) => ({ Resource, Condition })),
      ).toEqual([
        { Resource: profile, Condition: undefined },
        {
          Resource: destinations.map((region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-5-5`),
          Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
        },
      ]);
    },
  );

  test('is, for a global profile, the model in the home Region and the model without a Region', () => {
    const [profile, throughIt] = statements('global.anthropic.claude-haiku-5-5');
    expect(profile?.Resource).toBe('arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/global.anthropic.claude-haiku-5-5');
    expect(throughIt?.Resource).toEqual([
      'arn:aws:bedrock:::foundation-model/anthropic.claude-haiku-5-5',
      'arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-haiku-5-5',
    ]);
    expect(throughIt?.Condition).toEqual({ StringEquals: { 'bedrock:InferenceProfileArn': profile?.Resource } });
  });

  test('is of every model that is named, each through its own profile, and of the default where none is', () => {
    const named = ['jp.anthropic.claude-haiku-5-5', 'global.anthropic.claude-sonnet-5'];
    const resources = (profiles: string[] | undefined) => statements(profiles).flatMap(({ Resource }) => Resource);
    const of = (home: string[], profile: string, model: string) => [
      `arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/${profile}`,
      ...home.map((region) => `arn:aws:bedrock:${region}::foundation-model/${model}`),
    ];
    const japan = ['ap-northeast-1', 'ap-northeast-3'];
    const haiku55 = of(japan, 'jp.anthropic.claude-haiku-5-5', 'anthropic.claude-haiku-5-5');
    expect(resources(named)).toEqual([
      ...haiku55,
      ...of(['', 'ap-northeast-1'], 'global.anthropic.claude-sonnet-5', 'anthropic.claude-sonnet-5'),
    ]);
    const older = 'anthropic.claude-haiku-4-5-20251001-v1:0';
    expect(resources(undefined)).toEqual([...haiku55, ...of(japan, `jp.${older}`, older)]);
    for (const { Resource, Condition } of statements(named).filter((statement) => statement.Condition))
      expect(JSON.stringify(Condition)).toContain(JSON.stringify(Resource).includes('sonnet') ? 'sonnet' : 'haiku');
    expect(new Set(statements(named).map(({ Sid }) => Sid)).size).toBe(4);
  });

  test('is the model in the home Region alone where the id has no geography', () => {
    expect(statements('anthropic.claude-haiku-4-5-20251001-v1:0').map((statement) => statement.Resource)).toEqual([
      'arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
    ]);
  });
});

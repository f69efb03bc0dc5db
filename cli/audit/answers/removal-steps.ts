/** The commands that remove it, in their order, and what deletes that which then stays. */
import { rowKeys } from '../../../handlers/domain/problem/rows';
import { at, list, object } from '../../../handlers/domain/text/reading';
import { SECURITY_HUB } from '../../doctor/checks/organization';
import type { Audit, AuditedResource } from '../audited';
import { recoveryDaysOf } from '../kept';
import { accountText, deploymentsOf } from '../deployments';
import { type Cell, cell, type Say } from './answer';

const idOf = ({ anchor }: AuditedResource): string => anchor.slice('r-'.length);
const securityOf = ({ stacks }: Pick<Audit, 'stacks'>) => stacks.find(({ place }) => place === 'security')?.name ?? '';

/** Queues that go with the stack and may hold what is not told yet, and the rules that bring events of findings into them. */
export function drained({ resources, stacks }: Pick<Audit, 'resources' | 'stacks'>) {
  const its = resources.filter(({ stack }) => stack === securityOf({ stacks }));
  const of = (type: string) => its.filter((each) => each.type === type);
  const rules = of('AWS::Events::Rule').map((rule) => ({
    rule,
    scheduled: at(rule.body, 'Properties', 'ScheduleExpression') !== undefined,
    to: list(at(rule.body, 'Properties', 'Targets')).map((target) => String(list(at(target, 'Arn', 'Fn::GetAtt'))[0])),
  }));
  // What a schedule puts in there is no finding.
  const ticks = new Set(rules.filter(({ scheduled }) => scheduled).flatMap(({ to }) => to));
  const queues = of('AWS::SQS::Queue').filter(
    (queue) => !String(queue.body.DeletionPolicy).startsWith('Retain') && !ticks.has(idOf(queue)),
  );
  const ids = new Set(queues.map(idOf));
  return { queues, rules: rules.filter(({ to }) => to.some((id) => ids.has(id))).map(({ rule }) => rule) };
}

/** Each stack that is deployed by itself: those of members are instances of a StackSet. */
export function stepsOf(audit: Audit, say: Say): Cell[][] {
  const deployed = deploymentsOf(audit).filter(({ place }) => place !== 'members');
  return [
    ...drainingSteps(audit, say),
    ...deployed.flatMap(({ place, region, stackName, stack }) => {
      const which = `--region ${region} --stack-name ${stackName}`;
      const unlock = `aws cloudformation update-termination-protection --no-enable-termination-protection ${which}`;
      const account = accountText(place, audit, say);
      return [
        ...(stack.protectedFromDeletion ? [[account, unlock, say('takes off the protection', '削除保護を外す')]] : []),
        [account, `aws cloudformation delete-stack ${which}`, say('deletes the stack', 'スタックを削除する')],
      ];
    }),
  ];
}

function drainingSteps(audit: Audit, say: Say): Cell[][] {
  const { queues, rules } = drained(audit);
  const region = `--region ${audit.organization.home}`;
  const which = `${region} --stack-name ${securityOf(audit)}`;
  const physical = (id: string) =>
    `"$(aws cloudformation describe-stack-resource ${which} --logical-resource-id ${id} --query StackResourceDetail.PhysicalResourceId --output text)"`;
  const each = (those: AuditedResource[], command: string): Cell =>
    cell(`for id in ${those.map(idOf).join(' ')}; do ${command} ${physical('$id')}; done`, ...those.map(({ anchor }) => anchor));
  const account = accountText('security', audit, say);
  const ledger = audit.resources.find(({ type, stack }) => type === 'AWS::DynamoDB::Table' && stack === securityOf(audit));
  const due = JSON.stringify({ ':due': { S: rowKeys.due('').pk } });
  return [
    [
      account,
      `aws cloudformation list-stack-resources ${which} --query 'StackResourceSummaries[].[LogicalResourceId,PhysicalResourceId]' --output text`,
      say('lists the names: keep them, to delete later what stays', '名前の一覧。残るものを後で削除するために控える'),
    ],
    [account, each(rules, `aws events disable-rule ${region} --name`), say('no event comes in any more', 'イベントの受け付けを止める')],
    [
      account,
      each(
        queues,
        `aws sqs get-queue-attributes ${region} --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesDelayed --queue-url`,
      ),
      say('wait until all of them are 0, for some minutes', 'すべて 0 の状態が数分続くまで待つ'),
    ],
    ...(ledger
      ? [
          [
            account,
            cell(
              `aws dynamodb query ${region} --table-name ${physical(idOf(ledger))} --key-condition-expression 'pk = :due' --expression-attribute-values '${due}' --select COUNT --query Count`,
              ledger.anchor,
            ),
            say('wait until it is 0: nothing waits in the ledger to be told', '0 になるまで待つ（台帳で通知を待つものがない）'),
          ],
        ]
      : []),
    [
      account,
      'npm run redrive -- --dry-run',
      say('what lies in dead letters cannot be sent back once the stack is gone', 'スタックの削除後はデッドレターを戻せない'),
    ],
  ];
}

/** What deletes a resource by its type; NAME is its physical id. */
const DELETED_BY: Record<string, (region: string) => string> = {
  'AWS::DynamoDB::Table': (region) =>
    ['update-table --no-deletion-protection-enabled', 'wait table-exists', 'delete-table']
      .map((step) => `aws dynamodb ${step} --region ${region} --table-name NAME`)
      .join(' && '),
  'AWS::SQS::Queue': (region) => `aws sqs delete-queue --region ${region} --queue-url NAME`,
  'AWS::Logs::LogGroup': (region) => `aws logs delete-log-group --region ${region} --log-group-name NAME`,
  'AWS::KMS::Key': (region) => `aws kms schedule-key-deletion --region ${region} --key-id NAME --pending-window-in-days 30`,
  'AWS::SecurityHub::FindingAggregator': (region) =>
    `aws securityhub delete-finding-aggregator --region ${region} --finding-aggregator-arn NAME`,
  'AWS::SecurityHub::ConfigurationPolicy': (region) => `aws securityhub delete-configuration-policy --region ${region} --identifier NAME`,
};

/** What becomes of what stays, and what deletes it. */
export function itself(resource: AuditedResource, audit: Audit, say: Say): [string, string] {
  const { type, body, stack } = resource;
  const properties = object(body.Properties);
  const regions = audit.stacks.find(({ name }) => name === stack)?.regions ?? [];
  const by = DELETED_BY[type];
  const command = by ? regions.map(by).join('; ') : say('see its service', '各サービスで削除');
  const admin = audit.organization.securityAccount;
  const byHand = say('until it is deleted by hand', '手で削除するまで');
  switch (type) {
    case 'AWS::DynamoDB::Table': {
      const locked = properties.DeletionProtectionEnabled === true;
      const copied = recoveryDaysOf(properties) !== undefined;
      return [
        [
          byHand,
          ...(locked ? [say('its deletion protection has to be taken off first', '先に削除保護の解除が必要')] : []),
          // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
          ...(copied ? [say('then DynamoDB keeps a backup of it for 35 days', '削除後 35 日間は DynamoDB のバックアップが残る')] : []),
        ].join('; '),
        command,
      ];
    }
    case 'AWS::KMS::Key':
      return [
        say(
          'until its deletion is scheduled; what is under it can then be read no more',
          '削除を予約するまで。以後この鍵の下のデータは読めない',
        ),
        command,
      ];
    case 'AWS::SecurityHub::OrganizationConfiguration':
      return [
        say('a setting of Security Hub: as long as the delegation stands', 'Security Hub の設定。委任が続く間'),
        say('nothing deletes it: it ends with the delegation', '削除操作はない。委任とともに終わる'),
      ];
    case 'AWS::SecurityHub::PolicyAssociation':
      return [
        say('until the target is disassociated; POLICY is the NAME of the policy', '関連付けを解除するまで。POLICY はポリシーの NAME'),
        disassociation(properties, regions),
      ];
    case 'AWS::SecurityHub::DelegatedAdmin':
      return [
        say(
          `in each of ${regions.join(', ')}, until it is ended there; every member is then taken from the administrator`,
          `${regions.join('、')} のそれぞれで、終わらせるまで。終わると全メンバーが管理者から外れる`,
        ),
        // Organizations keeps its own record of it.
        // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisableOrganizationAdminAccount.html
        [
          ...regions.map((region) => `aws securityhub disable-organization-admin-account --region ${region} --admin-account-id ${admin}`),
          `aws organizations deregister-delegated-administrator --account-id ${admin} --service-principal ${SECURITY_HUB}`,
        ].join('; '),
      ];
    default:
      return [byHand, command];
  }
}

/** https://docs.aws.amazon.com/cli/latest/reference/securityhub/start-configuration-policy-disassociation.html */
function disassociation({ TargetId, TargetType }: Record<string, unknown>, regions: readonly string[]): string {
  const target = JSON.stringify({ [TargetType === 'ROOT' ? 'RootId' : 'OrganizationalUnitId']: TargetId });
  return regions
    .map(
      (region) =>
        `aws securityhub start-configuration-policy-disassociation --region ${region} --configuration-policy-identifier POLICY --target '${target}'`,
    )
    .join('; ');
}

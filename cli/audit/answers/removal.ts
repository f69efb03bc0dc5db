/** How it is removed, and what then stays. */
import { at, object, text } from '../../../handlers/domain/text/reading';
import type { Audit, AuditedResource } from '../audited';
import { accountText, deploymentsOf } from '../deployments';
import { type Answering, type Cell, cell, placeText, type Say, termText } from './answer';

export const removal: Answering = (audit, say) => {
  const { kept, stacks, resources } = audit;
  const stays = resources.filter((resource) => retained(resource) && !goesAlong(resource, resources));
  const hubs = resources
    .filter(({ type }) => type === 'AWS::SecurityHub::Hub' || type === 'AWS::SecurityHub::HubV2')
    .map(({ name }) => name);
  const data = stays.filter(({ anchor }) => kept.some((each) => each.anchor === anchor));
  const hub = stacks.find(({ place }) => place === 'security');
  const outside = outsideOf(audit, say);
  const placeOf = (stack: string) => {
    const place = stacks.find(({ name }) => name === stack)?.place;
    return place ? placeText(place, say) : '';
  };
  const commands = commandsFor(audit, say);
  const sets = resources.filter((each) => each.type === 'AWS::CloudFormation::StackSet' && !retained(each));
  const others = stacks.filter(({ place }) => place !== 'security');
  return {
    question: say('How is it removed?', 'どうやって撤去するか。'),
    fine: hub?.protectedFromDeletion === true,
    verdict: say(
      `${hub?.protectedFromDeletion ? 'The stack is protected against deletion.' : 'The stack is NOT protected against deletion.'} The ${commands.length} commands below delete it${others.some(({ place }) => place === 'management') ? ' and the stacks of the management account' : ''}${sets.length > 0 ? '; the stacks of members go with their StackSet, but for accounts that left its OUs, which keep theirs' : ''}. ${stays.length} resources stay, ${data.length} of them with data: what is in them ends by its term, they themselves stay until somebody deletes them. ${outside.length} things that these stacks did not make stay as well. Of the templates of members and the management account (${others.length}) ${hubs.length === 0 ? 'none has' : `none, but for ${hubs.join(', ')}, has`} Security Hub itself as a resource: deleting them leaves it on.`,
      `${hub?.protectedFromDeletion ? 'スタックは削除保護されている。' : 'スタックは削除保護されていない。'}下の ${commands.length} コマンドで、これ${others.some(({ place }) => place === 'management') ? 'と管理アカウントのスタック' : ''}を削除する${sets.length > 0 ? '。メンバーのスタックは StackSet とともに消える（対象 OU を離れたアカウントには残る）' : ''}。${stays.length} 個のリソース（うちデータを持つもの ${data.length} 個）は残る。中身は保持期間の終わりに消えるが、リソース自体は手で削除するまで残る。これらのスタックの作ったものではない ${outside.length} 件も残る。メンバーと管理アカウントのテンプレート ${others.length} 個は Security Hub 自体をリソースに持たず${hubs.length === 0 ? '' : `（例外：${hubs.join('、')}）`}、消しても有効のまま。`,
    ),
    tables: [
      { title: say('Commands', 'コマンド'), head: [say('account', 'アカウント'), say('command', 'コマンド')], rows: commands },
      {
        title: say('What stays', '残るもの'),
        head: [
          say('resource', 'リソース'),
          say('type', '種類'),
          say('account', 'アカウント'),
          say('what is in it ends', '中身が消えるまで'),
          say('it itself', 'それ自体'),
        ],
        rows: stays.map((resource) => {
          const term = kept.find((each) => each.anchor === resource.anchor);
          const days = term?.seconds === undefined ? (term?.until ?? '–') : termText(term.seconds, say);
          return [cell(resource.name, resource.anchor), resource.type, placeOf(resource.stack), days, itself(resource, say)];
        }),
      },
      {
        title: say('What these stacks did not make, and stays', 'これらのスタックの作ったものではなく、残るもの'),
        head: [say('what', '対象'), say('how it goes', '消し方')],
        rows: outside,
      },
    ],
  };
};

const retained = ({ body }: AuditedResource): boolean => String(body.DeletionPolicy ?? '').startsWith('Retain');

/**
 * A function that is deleted takes its versions along, whatever the template wants of them.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
 */
function goesAlong({ type, stack, body }: AuditedResource, resources: readonly AuditedResource[]): boolean {
  const of = text(at(body, 'Properties', 'FunctionName', 'Ref'));
  const its = resources.find((each) => each.type === 'AWS::Lambda::Function' && each.stack === stack && each.anchor.endsWith(`-${of}`));
  return type === 'AWS::Lambda::Version' && its !== undefined && !retained(its);
}

/** Each stack that is deployed by itself: those of members are instances of a StackSet. */
function commandsFor(audit: Audit, say: Say): Cell[][] {
  return deploymentsOf(audit)
    .filter(({ place }) => place !== 'members')
    .flatMap(({ place, region, stackName, stack }) => {
      const at = `--region ${region} --stack-name ${stackName}`;
      const unlock = `aws cloudformation update-termination-protection --no-enable-termination-protection ${at}`;
      return [...(stack.protectedFromDeletion ? [unlock] : []), `aws cloudformation delete-stack ${at}`].map((command) => [
        accountText(place, audit, say),
        command,
      ]);
    });
}

/** What becomes of what stays. */
function itself({ type, body }: AuditedResource, say: Say): string {
  const properties = object(body.Properties);
  if (type === 'AWS::DynamoDB::Table') {
    const locked = properties.DeletionProtectionEnabled === true;
    const copied = at(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true;
    return [
      say('until it is deleted by hand', '手で削除するまで'),
      ...(locked ? [say('its deletion protection has to be taken off first', '先に削除保護の解除が必要')] : []),
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
      ...(copied ? [say('then DynamoDB keeps a backup of it for 35 days', '削除後 35 日間は DynamoDB のバックアップが残る')] : []),
    ].join('; ');
  }
  if (type === 'AWS::KMS::Key')
    return say(
      'until its deletion is scheduled; what is under it can then be read no more',
      '削除を予約するまで。以後この鍵の下のデータは読めない',
    );
  return say('until it is deleted by hand', '手で削除するまで');
}

/** Made by people before the deployment (`npm run hub -- prerequisites`), or by the deployment itself. */
function outsideOf({ roles, resources, organization }: Audit, say: Say): Cell[][] {
  const secrets = roles.flatMap(({ rights, policies }) =>
    rights
      .filter(({ effect, actions }) => effect === 'Allow' && actions.includes('secretsmanager:GetSecretValue'))
      .flatMap((right) =>
        right.resources.map((resource) => ({ name: /:secret:(.*)-\?{6}$/.exec(resource.text)?.[1] ?? resource.text, policies })),
      ),
  );
  const home = organization.home;
  const bundles = resources.some(
    ({ type, body }) => type === 'AWS::Lambda::Function' && at(body, 'Properties', 'Code', 'S3Bucket') !== undefined,
  );
  return [
    ...secrets.map(({ name, policies }) => [
      cell(say(`the secret ${name}`, `シークレット ${name}`), ...policies),
      `aws secretsmanager delete-secret --region ${home} --secret-id ${name}`,
    ]),
    [
      say('the Slack app', 'Slack アプリ'),
      say('removed in the workspace, or at api.slack.com', 'ワークスペースまたは api.slack.com で削除'),
    ],
    ...(bundles
      ? [
          [
            say('bundles of the functions, in the bucket of the CDK bootstrap', 'CDK ブートストラップのバケットにある関数のバンドル'),
            `aws cloudformation delete-stack --region ${home} --stack-name CDKToolkit` +
              say(' (where nothing else uses it; its bucket stays)', '（ほかに使うものがなければ。バケットは残る）'),
          ],
        ]
      : []),
    ...(organization.mode === 'none'
      ? []
      : [
          [
            say('trusted access and delegated administration', '信頼されたアクセスと委任管理者'),
            say('`npm run hub -- prerequisites` prints how each is undone', '取り消し方は `npm run hub -- prerequisites` が表示'),
          ],
        ]),
  ];
}

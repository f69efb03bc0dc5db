/** What no stack holds, and what stays therefore when they are deleted. */
import { NOTED, NOTED_BY } from '../../../config/note';
import { at } from '../../../handlers/domain/text/reading';
import type { Audit } from '../audited';
import { may, UPDATES } from '../may';
import { type Cell, cell, type Say } from './answer';

/** Made by people before the deployment (`npm run hub -- prerequisites`), by the deployment itself, or by what was deployed. */
export function outsideOf(audit: Audit, say: Say): Cell[][] {
  const { roles, resources, organization } = audit;
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
    ...leftBehind(audit, say),
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

/** What it wrote into Security Hub, as far as its roles may write there. */
export function marksOf({ roles }: Pick<Audit, 'roles'>, say: Say): { words: string[]; policies: string[] } {
  const writers = roles.filter((role) => UPDATES.some((update) => may(role, 'securityhub:BatchUpdateFindings', update)));
  const sets = (name: string, value: string) =>
    writers.some((role) => may(role, 'securityhub:BatchUpdateFindings', { key: `securityhub:${name}`, value }));
  const words = [
    ...(sets('ASFFSyntaxPath/Workflow.Status', 'NOTIFIED') ? [say('workflow status NOTIFIED', 'ワークフローステータス NOTIFIED')] : []),
    ...(sets('OCSFSyntaxPath/StatusId', '2') ? [say('status In Progress (OCSF)', 'ステータス In Progress（OCSF）')] : []),
    ...(sets('ASFFSyntaxPath/Note.UpdatedBy', NOTED_BY)
      ? [say(`notes and comments “${NOTED.trim()} …”`, `「${NOTED.trim()} …」というノートとコメント`)]
      : []),
  ];
  return { words, policies: writers.flatMap(({ policies }) => policies) };
}

/** What it wrote where others keep it. */
function leftBehind(audit: Audit, say: Say): Cell[][] {
  const { slack, hearers, alarms } = audit;
  const marks = marksOf(audit, say);
  const foreign = [...new Set(alarms.flatMap(({ tells }) => tells))].filter((topic) => topic.startsWith('arn:'));
  return [
    ...(marks.words.length === 0
      ? []
      : [
          [
            cell(
              say(
                `in Security Hub, of findings that were told: ${marks.words.join(', ')}`,
                `Security Hub 上の通知済みの検出結果：${marks.words.join('、')}`,
              ),
              ...marks.policies,
            ),
            say(
              'nothing takes them back; they end with the finding, or a person changes them there',
              '自動では戻らない。検出結果とともに消えるか、人が Security Hub で変更する',
            ),
          ],
        ]),
    [
      say(`in Slack, the messages to ${slack.receivers.length} receivers`, `Slack 上の ${slack.receivers.length} 件の通知先へのメッセージ`),
      say(
        'they stay as they stand, without further edits, until Slack’s retention or a person deletes them',
        '以後更新されずに残り、Slack の保持設定または人の削除で消える',
      ),
    ],
    ...(hearers.length === 0
      ? []
      : [
          [
            say(
              `mails of alarms, where ${hearers.map(({ endpoint }) => endpoint).join(', ')} has them`,
              `${hearers.map(({ endpoint }) => endpoint).join('、')} に届いたアラームのメール`,
            ),
            // https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
            say(
              'by whoever has them; the subscriptions go with their topic, one that was never confirmed within 48 hours',
              '受信者が削除。購読はトピックとともに消え、未確認のものは 48 時間以内に消える',
            ),
          ],
        ]),
    ...foreign.map((topic): Cell[] => [
      say(`subscribers of ${topic}`, `${topic} の購読者`),
      say('the topic is yours, and so are they', 'トピックも購読者も利用者のもの'),
    ]),
  ];
}

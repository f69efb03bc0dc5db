/** Who can read a finding's text; where it rests, how long, under which key; and how all of it is removed. */
import type { Audit } from '../audited';
import type { Kept } from '../kept';
import { fits, may } from '../may';
import type { AuditedRole, LetIn } from '../rights';
import { channelText, placesText, slackWays } from '../slack';
import { type Answering, asksText, type Cell, cell, placeText, type Say, type Table, termText } from './answer';

/** Actions that answer with the text of a finding, by where it rests. */
const READING = {
  table: [
    'dynamodb:GetItem',
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:ExportTableToPointInTime',
    'dynamodb:GetRecords',
  ],
  queue: ['sqs:ReceiveMessage'],
  logs: ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery'],
  hub: ['securityhub:GetFindings', 'securityhub:GetFindingsV2'],
} as const;

export const readers: Answering = (audit, say) => {
  const { roles, slack, units, letIn } = audit;
  const reading = (actions: readonly string[]) => roles.filter((role) => actions.some((action) => may(role, action)));
  const all = Object.entries(READING).map(([where, actions]) => ({ where, actions, roles: reading(actions) }));
  const names = (given: { name: string }[]) =>
    given.map(({ name }) => name).join(', ') || say('no role of this system', 'このシステムのロールなし');
  const allowed = letIn.filter(({ effect }) => effect === 'Allow');
  const ownRoot = new RegExp(`^arn:[a-z-]+:iam::${audit.organization.securityAccount}:root$`);
  const unconditioned = allowed.filter(({ conditions }) => conditions.length === 0);
  const roots = unconditioned.filter(({ who }) => ownRoot.test(who));
  const foreign = unconditioned.filter(({ who }) => !ownRoot.test(who));
  const services = (given: LetIn[]) => [...new Set(given.map(({ who }) => who).filter((who) => /\.amazonaws\.com(\.cn)?$/.test(who)))];
  // To read, a service would need the text as well as the key.
  const readingServices = services(
    allowed.filter((each) =>
      Object.values(READING)
        .flat()
        .some((action) => lets(each, action)),
    ),
  );
  const byKey = services(allowed.filter((each) => lets(each, 'kms:Decrypt'))).filter((who) => !readingServices.includes(who));
  const hooked = slackWays(slack).webhooks.length > 0;
  const list = (given: LetIn[]) => [...new Set(given.map(({ who, of, actions }) => `${who}: ${actions.join(', ')} of ${of}`))].join('; ');
  const where: Record<string, string> = {
    table: say('the ledger', '台帳（DynamoDB）'),
    queue: say('the queues', 'キュー'),
    logs: say('the logs', 'ログ'),
    hub: say('Security Hub itself', 'Security Hub'),
  };
  return {
    question: say('Who can read a finding’s text?', '検出結果の文面を読めるのは誰か。'),
    fine: foreign.length === 0,
    verdict: say(
      `In Slack, whoever can read what the ${placesText(slack, say)} below are sent: who is in a channel (guests, and other organizations by Slack Connect)${hooked ? ', to which channel a webhook posts' : ''} and how long messages are kept is for Slack to say. In AWS, these roles of this system: ${names([...new Set(all.flatMap(({ roles: its }) => its))])}; and whomever the IAM of account ${audit.organization.securityAccount} lets. ${roots.length > 0 ? `Without a condition the policies here let in that account's own root, which is to say whom its IAM lets (${list(roots)}). ` : ''}${foreign.length > 0 ? `WITHOUT A CONDITION they also let in ${list(foreign)}. ` : 'They let in nobody else without one. '}${byKey.length > 0 ? `${byKey.join(', ')} may use the key, and no policy lets it read a table, a queue or a log. ` : ''}${readingServices.length > 0 ? `${readingServices.join(', ')} may read.` : ''}`.trim(),
      `Slack では下記の ${placesText(slack, say)}に届くものを読める者（チャンネルの参加者（ゲスト、Slack コネクトの外部組織を含む）${hooked ? '、Webhook の投稿先' : ''}、メッセージの保持期間は Slack 側で確認する）。AWS では、このシステムのロール（${names([...new Set(all.flatMap(({ roles: its }) => its))])}）と、アカウント ${audit.organization.securityAccount} の IAM が許す者。${roots.length > 0 ? `ポリシーが条件なしで許すのはこのアカウント自身の root、つまり自アカウントの IAM が許す者（${list(roots)}）。` : ''}${foreign.length > 0 ? `ほかにも条件なしで許される相手がある：${list(foreign)}。` : 'ほかに条件なしで許される相手はない。'}${byKey.length > 0 ? `${byKey.join('、')} は鍵を使えるが、テーブル・キュー・ログを読めるポリシーはない。` : ''}${readingServices.length > 0 ? `${readingServices.join('、')} は読める。` : ''}`,
    ),
    tables: [
      {
        title: say('In Slack: who is told of which OU', 'Slack：通知先と対象の OU'),
        head: [say('receiver', '通知先'), say('channel', 'チャンネル'), say('of', '対象')],
        rows: slack.receivers.map(({ name, address }) => [name, channelText(address, say), unitsOf(name, units, say)]),
      },
      {
        title: say('In AWS: roles that may read', 'AWS：読めるロール'),
        head: [say('where', '場所'), say('roles', 'ロール')],
        rows: all.map(({ where: place, roles: its, actions }): Cell[] => [
          where[place] ?? place,
          cell(
            its.map((role) => `${role.name} (${resourcesRead(role, actions)})`).join('; ') || names([]),
            ...its.flatMap(({ policies }) => policies),
          ),
        ]),
      },
      keptTable(audit, say),
      letInTable(audit, say),
    ],
  };
};

const lets = ({ actions }: LetIn, action: string): boolean => actions.some((pattern) => fits(pattern, action));

/** On what its rights to read are. */
function resourcesRead({ rights }: AuditedRole, actions: readonly string[]): string {
  const its = rights.filter((right) => right.effect === 'Allow' && actions.some((action) => may({ rights: [right] }, action)));
  return [...new Set(its.flatMap(({ resources }) => resources.map(({ text }) => text)))].join(', ');
}

function unitsOf(receiver: string, units: Audit['units'], say: Say): string {
  const main = units
    .filter(({ told }) => told.some(({ receivers }) => receivers.includes(receiver)))
    .map(({ path }) => ['Root', ...path].join('/'));
  const also = [
    ...new Set(units.flatMap((unit) => unit.also.filter((each) => each.receiver === receiver && !each.mute).map(({ asks }) => asks))),
  ];
  return (
    [...main, ...also.map((asks) => say(`what is ${asksText(asks, say)}`, `${asksText(asks, say)} に当たるもの`))].join(', ') ||
    say('nothing', 'なし')
  );
}

export function keptTable({ kept }: Audit, say: Say): Table {
  const kinds: Record<Kept['kind'], string> = {
    table: say('table', 'テーブル'),
    queue: say('queue', 'キュー'),
    logs: say('logs', 'ログ'),
    topic: say('topic', 'トピック'),
    environment: say('environment of a function', '関数の環境変数'),
  };
  const stays = {
    Retain: say('stays', '残る'),
    RetainExceptOnCreate: say('stays', '残る'),
    Snapshot: say('a snapshot stays', 'スナップショットが残る'),
    Delete: say('goes', '消える'),
  };
  return {
    title: say(
      'Where data rests: key, term, and what becomes of it with the stack',
      'データの置き場所：鍵、保持期間、スタック削除時の扱い',
    ),
    head: [
      say('what', '対象'),
      say('account', 'アカウント'),
      say('kind', '種類'),
      say('key', '鍵'),
      say('kept', '保持期間'),
      say('with the stack', 'スタック削除時'),
    ],
    rows: kept.map(({ anchor, name, place, kind, key, removal, ...term }) => [
      cell(name, anchor),
      placeText(place, say),
      kinds[kind],
      cell(key.text, key.anchor),
      keptText(term, say),
      stays[removal],
    ]),
  };
}

/** How long, and how much longer what has left can be brought back. */
export function keptText({ seconds, until = '', recoveryDays }: Pick<Kept, 'seconds' | 'until' | 'recoveryDays'>, say: Say): string {
  const term = seconds === undefined ? until : termText(seconds, say);
  if (recoveryDays === undefined) return term;
  const more = say(
    `what has left can be brought back for ${recoveryDays} days more (point-in-time recovery)`,
    `消えたものもさらに ${recoveryDays} 日間は復元できる（ポイントインタイムリカバリ）`,
  );
  return `${term}; ${more}`;
}

export function letInTable({ letIn }: Audit, say: Say): Table {
  return {
    title: say('Whom the policies of resources let in', 'リソースポリシーが許す相手'),
    head: [
      say('resource', 'リソース'),
      say('effect', '効果'),
      say('who', '相手'),
      say('actions', 'アクション'),
      say('under which condition', '条件'),
    ],
    rows: letIn.map(({ anchor, of, effect, who, actions, conditions }) => [
      cell(of, anchor),
      effect,
      who,
      actions.join(', '),
      conditions.map(({ operator, key, values }) => `${operator} ${key} = ${values.join(' | ')}`).join('; ') || '–',
    ]),
  };
}

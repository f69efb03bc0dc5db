/** Alarms as the template has them, what rings where a function stops, and how it is asked how they stand: the doctor asks, not the page. */
import type { Audit } from '../audited';
import type { Stopping } from '../stopping';
import { cell, type Say, type Table } from './answer';

export function alarmsText(audit: Pick<Audit, 'alarms' | 'hearers' | 'stopping'>, say: Say): string {
  const { alarms, hearers, stopping } = audit;
  const silence = alarms.filter(({ missing }) => missing === 'breaching').map(({ name }) => name);
  const who = hearers.map(({ endpoint }) => endpoint).join(', ');
  const mails = hearers.filter(({ protocol }) => protocol.startsWith('email')).length;
  const rings = stopping.map((each) => `${each.name}: ${ringsText(each, say)}`);
  return [
    say(
      `${alarms.length} alarms of the template tell ${who || 'topics of your own'}. That is how they are defined; whether they ring now and whether anybody is subscribed is asked by the doctor (its checks Alarms and Alarms heard) and by the commands below.`,
      `テンプレートの ${alarms.length} 個のアラームが ${who || '利用者のトピック'} に届く。これは定義であり、いま鳴っているか、購読者がいるかは doctor（検査 Alarms と Alarms heard）と下のコマンドが問い合わせる。`,
    ),
    ...(mails === 0
      ? []
      : [
          say(
            'An e-mail address hears nothing before its reader has confirmed the subscription.',
            'メールアドレスには、受信者が購読を確認するまで何も届かない。',
          ),
        ]),
    ...(rings.length === 0
      ? []
      : [
          say(
            `Where a function stops running, alarms on what it sends itself stay silent; then ring: ${rings.join('; ')}.`,
            `関数が動かなくなると、関数自身の計測値によるアラームは鳴らない。代わりに鳴るのは ${rings.join('、')}。`,
          ),
        ]),
    say(
      `${silence.length} (${silence.join(', ')}) ${silence.length === 1 ? 'rings' : 'ring'} where nothing is measured at all${silence.includes('silence') ? '' : '; where no finding comes at all none rings, since alarms.silenceHours is not set'}.`,
      `計測値がまったくないときに鳴るのは ${silence.length} 個（${silence.join('、')}）${silence.includes('silence') ? '' : '。検出結果がまったく来ないときに鳴るものはない（alarms.silenceHours が未設定）'}。`,
    ),
  ].join(say(' ', ''));
}

function ringsText({ missed, waiting, givenUp }: Stopping, say: Say): string {
  const sure = [...missed, ...waiting];
  if (sure.length > 0) return sure.join(', ');
  if (givenUp.length > 0)
    return say(
      `none, but where a start of it is given up: ${givenUp.join(', ')}`,
      `なし（起動をあきらめたときだけ ${givenUp.join('、')}）`,
    );
  return say('NONE', 'なし');
}

export function stoppingTable({ stopping }: Pick<Audit, 'stopping'>, say: Say): Table {
  const names = (given: string[]) => given.join(', ') || '–';
  return {
    title: say(
      'What rings where a function stops running, as far as the template ties alarms to functions',
      '関数が動かなくなったときのアラーム（テンプレート上で関数に結び付くもの）',
    ),
    head: [
      say('function', '関数'),
      say('stay silent', '鳴らない'),
      say('ring because nothing is measured', '計測値がないため鳴る'),
      say('ring for what waits in its queue', 'キューの滞留で鳴る'),
      say('ring where Lambda refuses to start it', 'Lambda が起動を拒むと鳴る'),
      say('ring where a start is given up', '起動をあきらめると鳴る'),
    ],
    rows: stopping.map(({ name, anchor, silent, missed, waiting, refused, givenUp }) => [
      cell(name, anchor),
      ...[silent, missed, waiting, refused, givenUp].map(names),
    ]),
  };
}

/** With credentials of the security account. */
export function askingTable({ alarms, hearers, resources, stacks, organization }: Audit, say: Say): Table {
  const stack = stacks.find(({ place }) => place === 'security')?.name;
  const at = `--region ${organization.home}`;
  const topics = resources.filter((each) => each.type === 'AWS::SNS::Topic' && each.stack === stack);
  const foreign = [...new Set(alarms.flatMap(({ tells }) => tells))].filter((topic) => topic.startsWith('arn:'));
  const arns = [
    ...topics.map(
      ({ anchor }) =>
        `$(aws cloudformation describe-stack-resource ${at} --stack-name ${stack} --logical-resource-id ${anchor.slice('r-'.length)} --query StackResourceDetail.PhysicalResourceId --output text)`,
    ),
    ...foreign,
  ];
  return {
    title: say(
      'How alarms stand, and who hears them: the doctor asks it, or these commands',
      'アラームの状態と購読者（doctor か次のコマンドで問い合わせる）',
    ),
    head: [say('what', '確認すること'), say('command', 'コマンド'), say('it is well where', '正常なら')],
    rows: [
      [
        say('which alarms ring now, and whether their actions are on', '鳴っているアラームと、アクションが有効か'),
        `aws cloudwatch describe-alarms ${at} --alarm-name-prefix ${stack}- --query 'MetricAlarms[?StateValue==\`"ALARM"\` || ActionsEnabled==\`false\`].[AlarmName,StateValue,ActionsEnabled]' --output text`,
        say('it prints nothing', '何も表示されない'),
      ],
      ...arns.map((arn) => [
        say('whether each subscription was confirmed', '購読が確認済みか'),
        `aws sns list-subscriptions-by-topic ${at} --topic-arn ${arn} --query 'Subscriptions[].[Protocol,Endpoint,SubscriptionArn]' --output text`,
        say(
          `${hearers.map(({ endpoint }) => endpoint).join(', ') || 'whoever shall hear them'}: an ARN each, not PendingConfirmation`,
          `${hearers.map(({ endpoint }) => endpoint).join('、') || '通知先'} に PendingConfirmation ではなく ARN がある`,
        ),
      ]),
    ],
  };
}

export function alarmsTable({ alarms }: Pick<Audit, 'alarms'>, say: Say): Table {
  return {
    title: say('Alarms as they are defined', 'アラームの定義'),
    head: [
      say('alarm', 'アラーム'),
      say('what it means', '意味'),
      say('impact', '影響'),
      say('rings', '鳴る条件'),
      say('where nothing is measured', '計測値がないとき'),
      say('tells', '通知先'),
    ],
    rows: alarms.map(({ anchor, name, means, impact, rings, missing, tells }) => [
      cell(name, anchor),
      means,
      impact,
      rings,
      missing === 'breaching' ? say('it rings', '鳴る') : missing === 'notBreaching' ? say('it stays silent', '鳴らない') : missing,
      tells.join(', ') || say('NOBODY', 'なし'),
    ]),
  };
}

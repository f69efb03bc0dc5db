/** What could the model have seen, and what else leaves the account? */
import type { Audit } from '../audited';
import { type Answering, cell, placeText, type Say, type Table } from './answer';

export const model: Answering = (audit, say) => {
  const { enabled, profiles, regions, trustText, fields, samples } = audit.model;
  const callers = audit.roles.filter(({ rights }) => rights.some(({ actions }) => actions.some((action) => action.startsWith('bedrock:'))));
  return {
    question: say('What could the model have seen?', 'モデルは何を見た可能性があるか。'),
    fine: samples.seen.length === 0,
    verdict: enabled
      ? say(
          `At most the ${fields.length} fields below, of each finding that is told. Of the ${samples.values} accounts, ARNs, addresses and other ids in ${samples.findings} sample findings ${samples.seen.length === 0 ? 'none' : samples.seen.join(', ')} stood in a question. It is asked by ${callers.map(({ name }) => name).join(', ')} through ${profiles.join(', ')}, in ${regions.join(', ')}. Words of third parties: ${trustText.join(', ') || 'none'}.`,
          `通知される検出結果ごとに、多くても下記の ${fields.length} 項目。サンプル ${samples.findings} 件に含まれる ${samples.values} 個のアカウント ID・ARN・アドレスなどの識別子のうち、質問に現れたもの：${samples.seen.join('、') || 'なし'}。呼び出し元は ${callers.map(({ name }) => name).join('、')}、経路は ${profiles.join('、')}、リージョンは ${regions.join('、')}。サードパーティーの文面：${trustText.join('、') || 'なし'}。`,
        )
      : say('Nothing: the model is switched off, and no role may call it.', '何も見ていない。モデルは無効で、呼び出せるロールもない。'),
    tables: enabled ? [modelTable(audit, say), rightsTable(audit, say)] : [],
  };
};

export function modelTable({ model: { fields } }: Audit, say: Say): Table {
  return {
    title: say('Fields that the model is sent', 'モデルに送られる項目'),
    head: [say('field', '項目'), say('made of', '元になる検出結果の項目'), say('such as', '例'), say('told as', 'モデルへの説明')],
    rows: fields.map(({ field, from, example, meaning }) => [
      field,
      from.join(', ') || say('none of the sample findings has it alone', 'サンプルの検出結果では単独の元項目なし'),
      example,
      meaning,
    ]),
  };
}

function rightsTable({ roles }: Audit, say: Say): Table {
  const rows = roles.flatMap((role) =>
    role.rights
      .filter(({ actions }) => actions.some((action) => action.startsWith('bedrock:')))
      .map(({ sid, actions, resources }) => [
        cell(`${role.name} · ${sid}`, ...role.policies),
        actions.join(', '),
        resources.map(({ text }) => text).join(', '),
      ]),
  );
  return {
    title: say('Who may ask which model', 'どのモデルを呼び出せるか'),
    head: [say('right', '権限'), say('action', 'アクション'), say('model', 'モデル')],
    rows,
  };
}

export const leaves: Answering = (audit, say) => {
  const { ways, openings, slack, hearers, model: bedrock } = audit;
  const outside = ways.filter(({ calls }) => calls.some(({ service }) => service === 'slack'));
  const open = openings.filter(({ type }) => /Url|Api|LoadBalancer/.test(type));
  return {
    question: say('What leaves the account?', 'アカウントの外に何が出るか。'),
    fine: open.length === 0,
    verdict: say(
      `To Slack (${slack.address}) messages go to ${slack.receivers.length} receivers, by ${outside.map(({ name }) => name).join(', ')}; to Bedrock ${bedrock.enabled ? `${bedrock.fields.length} fields, answered in ${bedrock.regions.join(', ')}` : 'nothing'}; alarms go to ${hearers.map(({ endpoint }) => endpoint).join(', ') || 'topics of your own'}. ${open.length === 0 ? 'Nothing can be called from outside.' : `From outside can be called: ${open.map(({ name }) => name).join(', ')}.`}`,
      `Slack（${slack.address}）へは ${outside.map(({ name }) => name).join('、')} から ${slack.receivers.length} 件の通知先へのメッセージ。Bedrock へは ${bedrock.enabled ? `${bedrock.fields.length} 項目（応答リージョン：${bedrock.regions.join('、')}）` : 'なし'}。アラームは ${hearers.map(({ endpoint }) => endpoint).join('、') || '利用者のトピック'} へ。${open.length === 0 ? '外部から呼び出せるものはない。' : `外部から呼び出せるもの：${open.map(({ name }) => name).join('、')}。`}`,
    ),
    tables: [waysTable(audit, say), slackTable(audit, say), modelTable(audit, say)],
  };
};

export function waysTable({ ways, openings }: Audit, say: Say): Table {
  const network = { vpc: say('in a VPC', 'VPC 内'), lambda: say('Lambda’s own network', 'Lambda のネットワーク') };
  return {
    title: say('Which function calls what', '関数ごとの呼び出し先'),
    head: [
      say('function', '関数'),
      say('account', 'アカウント'),
      say('network', 'ネットワーク'),
      say('calls', '呼び出し先'),
      say('security groups let out', 'セキュリティグループが許す送信'),
    ],
    rows: [
      ...ways.map((way) => [
        cell(way.name, way.anchor),
        placeText(way.place, say),
        network[way.network],
        way.calls.map(({ service, by }) => (by === 'endpoint' ? `${service} (${say('endpoint', 'エンドポイント')})` : service)).join(', '),
        way.egress.join('; ') || '–',
      ]),
      ...openings.map(({ anchor, type, name }) => [cell(name, anchor), placeText('security', say), type, '–', '–']),
    ],
  };
}

export function slackTable({ slack }: Audit, say: Say): Table {
  return {
    title: say(
      'Fields of a finding whose values stood in messages to Slack, of one sample of each kind',
      'Slack のメッセージに値が現れた検出結果の項目（種類ごとのサンプル）',
    ),
    head: [say('field', '項目'), say('in messages about', '対象のメッセージ'), say('such as', '例')],
    rows: slack.fields.map(({ field, kinds, example }) => [field, kinds.join(', '), example]),
  };
}

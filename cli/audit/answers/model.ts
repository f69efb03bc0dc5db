/** What could the model have seen, and what else leaves the account? */
import type { Audit } from '../audited';
import type { AuditedQuestion } from '../asked';
import { RESPONSE_URL } from '../network';
import type { SentField } from '../sent';
import { type Answering, cell, placeText, type Say, type Table } from './answer';

export const model: Answering = (audit, say) => {
  const { enabled, profiles, regions, trustText, judge, fields, samples } = audit.model;
  const free = fields.filter(({ words }) => words.kind === 'text');
  const untried = fields.filter(({ words }) => words.kind === 'untried').length;
  const callers = audit.roles.filter(({ rights }) => rights.some(({ actions }) => actions.some((action) => action.startsWith('bedrock:'))));
  return {
    question: say('What could the model have seen?', 'モデルは何を見た可能性があるか。'),
    fine: samples.seen.length === 0,
    verdict: enabled
      ? say(
          `At most the ${fields.length} fields below, of each finding that is told, and words of its own: it is asked for words, once more where some of them are withheld${judge === 'off' ? '' : `, and a second time as the judge of them (${judge === 'on' ? 'what it rejects is not shown' : 'its verdicts are only counted'})`}. Of the ${samples.values} accounts, ARNs, addresses and other ids in ${samples.findings} sample findings ${samples.seen.length === 0 ? 'none' : samples.seen.join(', ')} stood in a question. ${free.length === 0 ? 'No field lets anybody’s sentence through.' : `A sentence of the finding gets through ${free.map(({ field }) => field).join(' and ')} alone, as ${[...new Set(free.flatMap(({ words }) => words.of))].join(', ')} wrote it.`}${untried > 0 ? ` ${untried} fields no sample has: they were not tried.` : ''} It is asked by ${callers.map(({ name }) => name).join(', ')} through ${profiles.join(', ')}, in ${regions.join(', ')}. Words of third parties: ${trustText.join(', ') || 'none'}.`,
          `通知される検出結果ごとに、多くても下記の ${fields.length} 項目と、モデル自身の文。用途は説明文の作成（一部が差し止められた場合はもう一度）${judge === 'off' ? '' : `と、その文の判定（${judge === 'on' ? '退けられた文は表示しない' : '判定は集計のみ'}）`}。${free.length === 0 ? '検出結果の文が通る項目はない。' : `検出結果の文が通るのは ${free.map(({ field }) => field).join('、')} だけ（${[...new Set(free.flatMap(({ words }) => words.of))].join('、')} の文面）。`}${untried > 0 ? `サンプルにない ${untried} 項目は未検証。` : ''}サンプル ${samples.findings} 件に含まれる ${samples.values} 個のアカウント ID・ARN・アドレスなどの識別子のうち、質問に現れたもの：${samples.seen.join('、') || 'なし'}。呼び出し元は ${callers.map(({ name }) => name).join('、')}、経路は ${profiles.join('、')}、リージョンは ${regions.join('、')}。サードパーティーの文面：${trustText.join('、') || 'なし'}。`,
        )
      : say('Nothing: the model is switched off, and no role may call it.', '何も見ていない。モデルは無効で、呼び出せるロールもない。'),
    tables: enabled ? [questionsTable(audit, say), modelTable(audit, say), rightsTable(audit, say)] : [],
  };
};

export function questionsTable({ model: { questions } }: Audit, say: Say): Table {
  const uses: Record<AuditedQuestion['use'], string> = {
    words: say('words on a finding', '検出結果の説明文'),
    again: say('the same once more, where sentences of the answer are withheld', '回答の一部が差し止められた場合の再質問'),
    judge: say('a verdict on each of its sentences, before anybody reads them', '読まれる前の、各文の判定'),
  };
  const parts: Record<string, string> = {
    brief: say('the fields below', '下記の項目'),
    language: say('the language of the answer', '回答の言語'),
    services: say('AWS services that it may name', '名指ししてよい AWS サービス'),
    servicesInActions: say('and in what to do', '対応の中で名指ししてよいサービス'),
    sentences: say('the sentences of its own answer', 'モデル自身の回答の文'),
    withheld: say('which of these are withheld, and why', 'そのうち差し止められた文と理由'),
  };
  return {
    title: say(
      'For what the model is asked, and what each question holds beside fixed instructions',
      'モデルへの質問の用途と、固定の指示以外の内容',
    ),
    head: [say('asked for', '用途'), say('holds', '内容')],
    rows: questions.map(({ use, holds }) => [uses[use], holds.map((part) => parts[part] ?? part).join('; ')]),
  };
}

/** Whether somebody's sentence can stand in a field. */
function wordsText({ words: { kind, of } }: SentField, say: Say): string {
  const whose = of.join(', ');
  return {
    text: say(`FREE TEXT of ${whose}`, `自由文：${whose} の文面`),
    name: say(`a name of a fixed form, as ${whose} writes it; no sentence`, `決まった形の名前（${whose} のもの）。文は通らない`),
    closed: say('of a list, a number or a switch', '一覧の値、数値、真偽値のいずれか'),
    phrasebook: say(
      'sentences of this project’s phrasebook; none of yours, none of the finding’s',
      'このプロジェクトの用語集の文。利用者の文も検出結果の文も含まない',
    ),
    untried: say('not tried: no sample finding has it', '未検証：該当するサンプルがない'),
  }[kind];
}

export function modelTable({ model: { fields } }: Audit, say: Say): Table {
  return {
    title: say('Fields that the model is sent', 'モデルに送られる項目'),
    head: [
      say('field', '項目'),
      say('whose words', '誰の言葉か'),
      say('made of', '元になる検出結果の項目'),
      say('such as', '例'),
      say('told as', 'モデルへの説明'),
    ],
    rows: fields.map((sent) => [sent.field, wordsText(sent, say), sent.from.join(', ') || madeOf(sent, say), sent.example, sent.meaning]),
  };
}

/** Of a field that no single field of a sample changes. */
function madeOf({ words: { kind } }: SentField, say: Say): string {
  if (kind === 'phrasebook') return say('nothing of the finding', '検出結果の項目は使わない');
  if (kind === 'untried') return '–';
  return say('several fields that say the same: none changes it by itself', '同じ内容の複数項目（一つ変えても変わらない）');
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
  const answering = ways.filter(({ calls }) => calls.some(({ service }) => service === RESPONSE_URL));
  const answers = [...new Set(answering.map(({ name, place }) => `${name} (${placeText(place, say)})`))].join(', ');
  const open = openings.filter(({ type }) => /Url|Api|LoadBalancer/.test(type));
  return {
    question: say('What leaves the account?', 'アカウントの外に何が出るか。'),
    fine: open.length === 0,
    verdict: say(
      `To Slack (${slack.address}) messages go to ${slack.receivers.length} receivers, by ${outside.map(({ name }) => name).join(', ')}; to Bedrock ${bedrock.enabled ? `${bedrock.fields.length} fields, answered in ${bedrock.regions.join(', ')}` : 'nothing'}; alarms go to ${hearers.map(({ endpoint }) => endpoint).join(', ') || 'topics of your own'}. ${answers === '' ? '' : `How a deployment went goes to CloudFormation, at an address in S3 that it signs for each answer, by ${answers}. `}${open.length === 0 ? 'Nothing can be called from outside.' : `From outside can be called: ${open.map(({ name }) => name).join(', ')}.`}`,
      `Slack（${slack.address}）へは ${outside.map(({ name }) => name).join('、')} から ${slack.receivers.length} 件の通知先へのメッセージ。Bedrock へは ${bedrock.enabled ? `${bedrock.fields.length} 項目（応答リージョン：${bedrock.regions.join('、')}）` : 'なし'}。アラームは ${hearers.map(({ endpoint }) => endpoint).join('、') || '利用者のトピック'} へ。${answers === '' ? '' : `${answers} は、CloudFormation が毎回署名する S3 のアドレスにデプロイの結果を返す。`}${open.length === 0 ? '外部から呼び出せるものはない。' : `外部から呼び出せるもの：${open.map(({ name }) => name).join('、')}。`}`,
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

/** What could the model have seen, and what else leaves the account? */
import type { Audit } from '../audited';
import type { AuditedQuestion } from '../asked';
import { RESPONSE_URL } from '../network';
import { ofFinding, type SentField } from '../sent';
import { slackWays, waysText } from '../slack';
import { type Answering, cell, placeText, type Say, type Table } from './answer';

export const model: Answering = (audit, say) => {
  const { enabled, profiles, regions, trustText, judge, fields, samples } = audit.model;
  const finding = ofFinding(fields).length;
  const free = fields.filter(({ words }) => words.kind === 'text');
  const untried = fields.filter(({ words }) => words.kind === 'untried').length;
  const callers = audit.roles.filter(({ rights }) => rights.some(({ actions }) => actions.some((action) => action.startsWith('bedrock:'))));
  return {
    question: say('What could the model have seen?', 'モデルは何を見た可能性があるか。'),
    fine: samples.seen.length === 0,
    verdict: enabled
      ? say(
          `Of each finding that is told, no more than the ${finding} fields of a finding below, which the code names one by one, and the phrasebook’s entry on it. What stands in them is known as far as ${samples.findings} sample findings show${untried > 0 ? `; ${untried} of the fields no sample has, and they were not tried` : ''}. Of the ${samples.values} accounts, ARNs, addresses and other ids in the samples ${samples.seen.length === 0 ? 'none' : samples.seen.join(', ')} stood in a question. ${free.length === 0 ? 'No field lets anybody’s sentence through.' : `A sentence of a finding gets through in ${free.map(({ field }) => field).join(' and ')} alone, as ${[...new Set(free.flatMap(({ words }) => words.of))].join(', ')} wrote it.`} Free text of third parties: ${trustText.join(', ') || 'none'}${idsText(fields, say)}. The model is asked for words on a finding, and once more where some of its answer is withheld${judge === 'off' ? '' : `; it is shown its own sentences again as the judge of them (${judge === 'on' ? 'what it rejects is not shown' : 'its verdicts are only counted'})`}. It is asked by ${callers.map(({ name }) => name).join(', ')} through ${profiles.join(', ')}, in ${regions.join(', ')}.`,
          `通知される検出結果ごとに、下記の ${finding} 項目（コードに一つずつ列挙）と、その定型文だけ。各項目に入る値は、サンプル ${samples.findings} 件で確かめた範囲で分かっている${untried > 0 ? `（${untried} 項目は該当するサンプルがなく未検証）` : ''}。サンプルに含まれる ${samples.values} 個のアカウント ID・ARN・アドレスなどの識別子のうち、質問に現れたもの：${samples.seen.join('、') || 'なし'}。${free.length === 0 ? '検出結果の文が通る項目はない。' : `検出結果の文が通るのは ${free.map(({ field }) => field).join('、')} だけ（${[...new Set(free.flatMap(({ words }) => words.of))].join('、')} の文面）。`}サードパーティーの自由文：${trustText.join('、') || 'なし'}${idsText(fields, say)}。用途は説明文の作成（一部が差し止められた場合はもう一度）${judge === 'off' ? '' : `と、モデル自身の文の判定（${judge === 'on' ? '退けられた文は表示しない' : '判定は集計のみ'}）`}。呼び出し元は ${callers.map(({ name }) => name).join('、')}、経路は ${profiles.join('、')}、リージョンは ${regions.join('、')}。`,
        )
      : say('Nothing: the model is switched off, and no role may call it.', '何も見ていない。モデルは無効で、呼び出せるロールもない。'),
    tables: enabled ? [questionsTable(audit, say), modelTable(audit, say), samplesTable(audit, say), rightsTable(audit, say)] : [],
  };
};

/** What arrives of findings that are not AWS's, beside free text. */
function idsText(fields: readonly SentField[], say: Say): string {
  const foreign = (products: readonly string[]) => products.some((product) => !product.startsWith('aws/'));
  const theirs = fields.filter(({ products }) => foreign(products));
  const names = (given: readonly SentField[]) => given.map(({ field }) => field).join(', ');
  const formed = theirs.filter(({ words: { kind, of } }) => kind === 'name' && foreign(of));
  const closed = theirs.filter((each) => each.words.kind !== 'text' && !formed.includes(each));
  if (theirs.length === 0) return '';
  return say(
    `; of theirs the samples let through ${names(closed)}, of which theirs come from closed lists${formed.length > 0 ? `, and ${names(formed)}, which has a fixed form and holds no sentence` : ''}`,
    `（サンプルで通るのは、サードパーティーの値が一覧に限られる ${names(closed)}${formed.length > 0 ? ` と、決まった形で文の入らない ${names(formed)}` : ''}）`,
  );
}

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
    servicesInActions: say('those that it may name in what to do', '対応の中で名指ししてよいサービス'),
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
    closed: say('a word of a list, a number or a switch', '一覧の値、数値、真偽値のいずれか'),
    phrasebook: say(
      'sentences of this project’s phrasebook; none of yours, none of the finding’s',
      'このプロジェクトの定型文。利用者の文も検出結果の文も含まない',
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
      say('its value is from', '値の出どころ（検出結果の項目）'),
      say('decided by (no word of these stands in it)', '左右する項目（その語は入らない）'),
      say('such as', '例'),
      say('told as', 'モデルへの説明'),
    ],
    rows: fields.map((sent) => [
      sent.field,
      wordsText(sent, say),
      sent.from.join(', ') || madeOf(sent, say),
      sent.by.join(', ') || '–',
      sent.example,
      sent.meaning,
    ]),
  };
}

export function samplesTable({ model: { samples } }: Audit, say: Say): Table {
  return {
    title: say(
      `The ${samples.findings} sample findings that were tried, by file of this project`,
      `確認に使ったサンプル ${samples.findings} 件（このプロジェクトのファイル別）`,
    ),
    head: [say('file', 'ファイル'), say('findings', '検出結果')],
    rows: Object.entries(samples.files).map(([file, titles]) => [file, titles.join('; ')]),
  };
}

/** Of a field in which no word of the samples stands. */
function madeOf({ words: { kind } }: SentField, say: Say): string {
  if (kind === 'phrasebook') return say('nothing of the finding', '検出結果の項目は使わない');
  return kind === 'untried' ? '–' : say('a word or number of the code’s own', 'コード側の語または数値');
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
      `Messages go to Slack, to ${waysText(slack, say)}; ${outside.map(({ name }) => name).join(', ')} sends them. ${bedrock.enabled ? `Bedrock is sent ${ofFinding(bedrock.fields).length} fields of a finding and the phrasebook’s entry on it, and answers in ${bedrock.regions.join(', ')}.` : 'Nothing goes to Bedrock.'} Alarms go to ${hearers.map(({ endpoint }) => endpoint).join(', ') || 'topics of your own'}. ${answers === '' ? '' : `CloudFormation is told how a deployment went, at an address in S3 that it signs for each answer, by ${answers}. `}${open.length === 0 ? 'Nothing can be called from outside.' : `These can be called from outside: ${open.map(({ name }) => name).join(', ')}.`}`,
      `Slack へは ${outside.map(({ name }) => name).join('、')} からメッセージ：${waysText(slack, say)}。Bedrock へは${bedrock.enabled ? `、検出結果の ${ofFinding(bedrock.fields).length} 項目とその定型文（応答リージョン：${bedrock.regions.join('、')}）` : 'なし'}。アラームは ${hearers.map(({ endpoint }) => endpoint).join('、') || '利用者のトピック'} へ。${answers === '' ? '' : `${answers} は、CloudFormation が毎回署名する S3 のアドレスにデプロイの結果を返す。`}${open.length === 0 ? '外部から呼び出せるものはない。' : `外部から呼び出せるもの：${open.map(({ name }) => name).join('、')}。`}`,
    ),
    tables: [waysTable(audit, say), slackTable(audit, say), modelTable(audit, say)],
  };
};

export function waysTable({ ways, openings, slack }: Audit, say: Say): Table {
  const named = (service: string) => (service === 'slack' ? `slack (${slackWays(slack).hosts.join(', ')})` : service);
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
        way.calls
          .map(({ service, by }) => (by === 'endpoint' ? `${service} (${say('endpoint', 'エンドポイント')})` : named(service)))
          .join(', '),
        way.egress.join('; ') || '–',
      ]),
      ...openings.map(({ anchor, type, name }) => [cell(name, anchor), placeText('security', say), type, '–', '–']),
    ],
  };
}

export function slackTable({ slack }: Audit, say: Say): Table {
  return {
    title: say(
      'Fields of a finding whose values stood in messages to Slack, of one sample of each kind; other findings may show more',
      'Slack のメッセージに値が現れた検出結果の項目（種類ごとのサンプル。ほかの検出結果ではさらに現れうる）',
    ),
    head: [say('field', '項目'), say('in messages about', '対象のメッセージ'), say('such as', '例')],
    rows: slack.fields.map(({ field, kinds, example }) => [field, kinds.join(', '), example]),
  };
}

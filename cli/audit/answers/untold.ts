/** Findings that were not told, each with why, as far as it is known, and where to look next. */
import { MINUTE } from '../../../handlers/domain/time';
import type { CoveredAccount } from '../coverage';
import { LATE_AFTER, type UntoldBy } from '../untold';
import type { Say, Table } from './answer';

/** Of what follows an id's last slash the end tells two apart. The whole one stands in out/audit.json. */
const ID_END = 12;

function shortId(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  const end = name.length > 2 * ID_END ? name.slice(-ID_END) : name;
  return end === id ? id : `…${end}`;
}

/** `2026-11-21 06:00`, in UTC, of what a finding says; as it stands where that is no such date. */
const minute = (at: string): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? at.slice(0, 16).replace('T', ' ') : at || '–');

const minutes = (time: number) => time / MINUTE;

export function untoldTable(accounts: readonly CoveredAccount[], say: Say): Table {
  const untold = accounts.flatMap((account) => (account.examples ?? []).map((example) => ({ account, example })));
  return {
    title: say(
      'Findings that were not told, or are late: of each account three at most, whole ids in out/audit.json',
      '未通知または通知が遅れている検出結果（アカウントごとに最大 3 件。ID の全体は out/audit.json にある）',
    ),
    head: [
      say('finding', '検出結果'),
      say('account', 'アカウント'),
      say('severity and product', '重要度と製品'),
      say('reported since, last updated (UTC)', '初回報告と最終更新（UTC）'),
      say('why, as far as it is known', '分かっている理由'),
      say('where to look next', '次に見るところ'),
    ],
    rows: untold.map(({ account: { name, id }, example: { id: finding, severity, product, since, updated, by } }) => [
      shortId(finding) || '–',
      `${name} (${id})`,
      `${severity || '–'} ${product || '–'}`,
      `${minute(since)}, ${minute(updated)}`,
      whyText(by, say),
      nextText(by, say),
    ]),
  };
}

function whyText(by: UntoldBy, say: Say): string {
  return {
    unreadable: say('intake cannot read it', 'intake が読み取れない'),
    'not-in-ledger': say(
      'not in the ledger: its event never came, or could not be taken in',
      '台帳にない：イベントが届いていないか、取り込めていない',
    ),
    'not-told': say('in the ledger, but no message shows it as open', '台帳にはあるが、未対応として示すメッセージがない'),
    late: say(
      `in the ledger for longer than pacing keeps anything back (CRITICAL ${minutes(LATE_AFTER.CRITICAL)}, HIGH and below ${minutes(LATE_AFTER.other)} minutes), and it does not say for what`,
      `ペース調整で待つ上限（CRITICAL ${minutes(LATE_AFTER.CRITICAL)} 分、HIGH 以下 ${minutes(LATE_AFTER.other)} 分）を過ぎても台帳にあるままで、理由の記録がない`,
    ),
    'no-receiver': say(
      'in the ledger without a receiver: the routes of then told nobody, those of now would',
      '台帳では通知先なし：当時のルートでは対象外、今のルートでは対象',
    ),
  }[by];
}

function nextText(by: UntoldBy, say: Say): string {
  return {
    unreadable: say(
      'npm run redrive -- --dry-run (findings): it lies there, with the reason',
      'npm run redrive -- --dry-run（findings）にあり、理由も示される',
    ),
    'not-in-ledger': say(
      'npm run redrive -- --dry-run (rules, findings); the alarms findings-waiting and rules-failed; the intake log',
      'npm run redrive -- --dry-run（rules、findings）、アラーム findings-waiting と rules-failed、intake のログ',
    ),
    'not-told': say(
      "npm run redrive -- --dry-run (deliveries); the deliver log: 'channel held', 'waits to be told'; npm run hub -- ledger recount --dry-run",
      "npm run redrive -- --dry-run（deliveries）、deliver のログ（'channel held'、'waits to be told'）、npm run hub -- ledger recount --dry-run",
    ),
    late: say(
      'npm run doctor (Alarms): deliveries-waiting, deliver-errors, deliver-throttles, tick-stopped; npm run redrive -- --dry-run (deliveries); the deliver log',
      'npm run doctor（Alarms）：deliveries-waiting、deliver-errors、deliver-throttles、tick-stopped。npm run redrive -- --dry-run（deliveries）、deliver のログ',
    ),
    'no-receiver': say(
      'when routes.yaml changed; its next event is told by the routes of now',
      'routes.yaml の変更時期。次のイベントは今のルートで通知される',
    ),
  }[by];
}

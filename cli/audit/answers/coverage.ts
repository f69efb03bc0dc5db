/** Which accounts are covered, which are silent, and is that health or failure? As it was measured last. */
import type { Audit } from '../audited';
import type { CoveredAccount, Coverage } from '../coverage';
import { beforeText } from '../last-deployment';
import type { Answering, Say, Table } from './answer';
import { number, standingHere, whenText } from './measured';
import { untoldTable } from './untold';

/** So many are named in a sentence. */
const NAMED = 8;

/** The worst first. */
export const STATES = ['uncovered', 'untold', 'late', 'silent', 'quiet', 'waiting', 'muted', 'nothing', 'reports', 'told'] as const;
export type State = (typeof STATES)[number];

const FAILURES: readonly State[] = ['uncovered', 'untold', 'late', 'silent'];
export const isFailure = (state: State): boolean => FAILURES.includes(state);

export function stateOf(
  { uncovered, untold, late = 0, silent, waiting, told, muted }: CoveredAccount,
  { standards, ledger }: Pick<Coverage, 'standards' | 'ledger'>,
): State {
  if (Object.keys(uncovered).length > 0) return 'uncovered';
  if (untold > 0) return 'untold';
  if (late > 0) return 'late';
  if (silent.length > 0) return standards ? 'silent' : 'quiet';
  if (!ledger.asked) return 'reports';
  if (waiting > 0) return 'waiting';
  if (told !== undefined) return 'told';
  return muted > 0 ? 'muted' : 'nothing';
}

export function stateWords(state: State, say: Say): string {
  return {
    uncovered: say('failure: not covered', '障害：対象外'),
    untold: say('failure: findings in Security Hub that were not told', '障害：Security Hub にあるのに通知されていない検出結果がある'),
    late: say('failure: findings are late, without a reason in the ledger', '障害：通知が遅れ、台帳に理由がない検出結果がある'),
    silent: say('failure: covered, and yet silent', '障害：対象なのに無音'),
    quiet: say('may be health: silent, and no standard is turned on here', '正常の可能性：無音だが標準が有効でない'),
    waiting: say(
      'health: it reports; findings wait to be told, no longer than they may or for Slack, as the ledger says',
      '正常：報告あり、通知待ち（許容時間内、または台帳に Slack 待ちの記録あり）',
    ),
    muted: say('health: it reports, and routes mute what it has', '正常：報告あり、すべてミュート'),
    nothing: say('health: it reports, and has nothing that is to be told', '正常：報告あり、通知対象なし'),
    reports: say('health: it reports; whether it was told is not known', '正常：報告あり（通知の有無は不明）'),
    told: say('health: it reports, and what is to be told was told', '正常：報告あり、通知済み'),
  }[state];
}

const question = (say: Say) =>
  say(
    'Which accounts are covered, which are silent, and is that health or failure?',
    'どのアカウントが対象で、どれが無音か。それは正常か障害か。',
  );

const HOW = '`npm run hub -- audit coverage`';

export const coverage: Answering = (audit, say) => {
  const { evidence, organization } = audit;
  const measured = evidence.coverage;
  const standing = standingHere(measured, audit);
  if (!measured || standing === 'other-deployment') {
    const asks = say(
      `Only the organization can say: ${HOW}, with credentials of account ${organization.securityAccount}, asks it, and keeps the answer for this page.`,
      `組織に問い合わせないと分からない。アカウント ${organization.securityAccount} の認証情報で ${HOW} を実行すると、結果がこのページに載る。`,
    );
    const other = measured
      ? say(
          ` What was measured last is of another deployment (${measured.environment}).`,
          `前回の計測は別のデプロイ（${measured.environment}）のもの。`,
        )
      : '';
    return {
      question: question(say),
      fine: true,
      open: true,
      verdict: [notMeasured(say), other, asks, meant(audit, say)].filter((part) => part !== '').join(say(' ', '')),
      tables: [],
    };
  }
  const { accounts } = measured.result;
  const failing = accounts.filter((each) => isFailure(stateOf(each, measured.result)));
  const old = standing === 'old';
  return {
    question: question(say),
    fine: old || failing.length === 0,
    ...(old ? { open: true } : {}),
    verdict: [
      old
        ? say(
            `Too old to say how it is now. It was measured ${whenText(measured, audit, say)}, and then:`,
            `計測が古く、現状は不明（${whenText(measured, audit, say)}）。計測時点では：`,
          )
        : say(
            `Measured ${whenText(measured, audit, say)}${beforeText(measured, audit, say)}:`,
            `計測 ${whenText(measured, audit, say)}${beforeText(measured, audit, say)}：`,
          ),
      sums(measured.result, say),
      ledgerText(measured.result.ledger, say),
      ...(old ? [say(`${HOW} measures anew.`, `${HOW} で再計測する。`)] : []),
    ].join(say(' ', '')),
    tables: tablesOf(measured.result, say),
  };
};

const notMeasured = (say: Say) => say('Not measured.', '未計測。');

function meant({ organization }: Audit, say: Say): string {
  const regions = [organization.home, ...organization.linked];
  return say(
    `Meant to be covered: ${organization.mode === 'none' ? 'whatever somebody else covers' : 'every account of the target OUs'}, in ${regions.join(', ')}.`,
    `対象の予定：${organization.mode === 'none' ? '別の仕組みが有効にした範囲' : '対象 OU の全アカウント'}（${regions.join('、')}）。`,
  );
}

function sums(measured: Coverage, say: Say): string {
  const { accounts, regions, silentDays, standards } = measured;
  const count = (holds: (account: CoveredAccount) => boolean) => accounts.filter(holds).length;
  const uncovered = count(({ uncovered: gaps }) => Object.keys(gaps).length > 0);
  const silent = count(({ silent: quiet }) => quiet.length > 0);
  const failing = FAILURES.flatMap((state) => accounts.filter((each) => stateOf(each, measured) === state));
  const named = failing.slice(0, NAMED).map(nameOf).join(', ');
  const more = failing.length - NAMED;
  return say(
    `${accounts.length - uncovered} of ${accounts.length} accounts are covered in all of ${regions.join(', ')}; ${silent} said nothing for ${silentDays} days. ${standards ? 'Standards report daily where they are on, so silence of a covered account is a failure.' : 'No standard is turned on by this system, so an account may well have nothing to say.'} ${failing.length} ${failing.length === 1 ? 'account is' : 'accounts are'} in failure${named && `: ${named}`}${more > 0 ? ` and ${more} more` : ''}.`,
    `${accounts.length} アカウントのうち ${accounts.length - uncovered} が ${regions.join('、')} のすべてで対象。${silentDays} 日間何も報告のないものは ${silent}。${standards ? '有効な標準は毎日報告するため、対象アカウントの沈黙は障害である。' : 'このシステムは標準を有効にしないため、報告がないだけの場合もある。'}障害は ${failing.length} アカウント${named && `：${named}`}${more > 0 ? ` ほか ${more}` : ''}。`,
  );
}

function ledgerText({ asked, why = '', since = '', looked, complete }: Coverage['ledger'], say: Say): string {
  if (!asked)
    return say(
      `The ledger was not asked (${why}): whether what they report was told is not known.`,
      `台帳には問い合わせていない（${why}）。報告されたものが通知されたかは不明。`,
    );
  const which = complete ? say('all', 'すべて') : say('as many as are looked at in one go', '一度に調べる上限まで');
  return say(
    `The ledger was asked as well: ${number(looked)} open findings of Security Hub that were updated since ${since.slice(0, 10)} (${which}) were compared with it.`,
    `台帳にも問い合わせた。${since.slice(0, 10)} 以降に更新された Security Hub の未対応の検出結果 ${number(looked)} 件（${which}）を照合。`,
  );
}

function tablesOf(measured: Coverage, say: Say): Table[] {
  const judged = measured.accounts.map((account) => ({ account, state: stateOf(account, measured) }));
  const byState = STATES.map((state) => ({ state, those: judged.filter((each) => each.state === state) })).filter(
    ({ those }) => those.length > 0,
  );
  const well = judged.filter(({ state }) => !isUnwell(state));
  const units = [...new Set(well.map(({ account }) => account.ou))].sort();
  return [
    unwellTable(
      byState.filter(({ state }) => isUnwell(state)).flatMap(({ those }) => those),
      measured.ledger.asked,
      say,
    ),
    untoldTable(measured.accounts, say),
    {
      title: say('Totals', '合計'),
      head: [say('so', '判定'), say('accounts', 'アカウント数')],
      rows: byState.map(({ state, those }) => [stateWords(state, say), `${those.length}`]),
    },
    {
      title: say('Accounts that are well, by OU', '正常なアカウント（OU 別）'),
      head: ['OU', say('accounts', 'アカウント')],
      rows: units.map((ou) => [
        ou,
        well
          .filter(({ account }) => account.ou === ou)
          .map(({ account }) => nameOf(account))
          .join(', '),
      ]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

const isUnwell = (state: State) => isFailure(state) || state === 'quiet';
const nameOf = ({ name, id }: CoveredAccount) => `${name} (${id})`;

function unwellTable(accounts: { account: CoveredAccount; state: State }[], asked: boolean, say: Say): Table {
  const day = (at: string | undefined) => at?.slice(0, 10) ?? (asked ? say('nothing there', '記録なし') : say('not asked', '未照会'));
  return {
    title: say('Accounts that are not well', '正常でないアカウント'),
    head: [
      say('account', 'アカウント'),
      'OU',
      say('so', '判定'),
      say('not covered in', '対象外'),
      say('silent in', '無音'),
      say('findings not told', '未通知の検出結果'),
      say('last in the ledger', '台帳の最終記録'),
      say('message last written', 'メッセージの最終更新'),
    ],
    rows: accounts.map(({ account, state }) => [
      nameOf(account),
      account.ou,
      stateWords(state, say),
      Object.entries(account.uncovered)
        .map(([region, status]) => `${region}: ${status}`)
        .join(', ') || '–',
      account.silent.join(', ') || '–',
      untoldText(account, say),
      day(account.recorded),
      day(account.told),
    ]),
  };
}

function untoldText({ untold, late = 0 }: CoveredAccount, say: Say): string {
  const those = [...(untold > 0 ? [`${untold}`] : []), ...(late > 0 ? [say(`${late} late`, `遅延 ${late}`)] : [])];
  return those.join(', ') || '–';
}

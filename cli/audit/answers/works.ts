/** How it is known that it works, and which accounts are covered. */
import type { Audit } from '../audited';
import { type Answering, cell, type Say, type Table } from './answer';

export const works: Answering = (audit, say) => {
  const { alarms, hearers, checks } = audit;
  const silence = alarms.filter(({ missing }) => missing === 'breaching');
  const unheard = alarms.filter(({ tells }) => tells.length === 0);
  const names = (given: { name: string }[]) => given.map(({ name }) => name).join(', ');
  return {
    question: say('How is it known that it works?', '動いていることをどうやって確かめるか。'),
    fine: silence.length > 0 && unheard.length === 0,
    verdict: say(
      `${alarms.length} alarms tell ${names(hearers.map(({ endpoint }) => ({ name: endpoint }))) || 'topics of your own'}; ${silence.length} of them (${names(silence)}) ring where nothing is measured at all, so that silence is no health. \`npm run doctor\` makes ${checks.length} checks of the organization, ${checks.filter(({ group }) => group === 'Coverage').length} of them of its coverage.`,
      `${alarms.length} 個のアラームが ${names(hearers.map(({ endpoint }) => ({ name: endpoint }))) || '利用者のトピック'} に届く。うち ${silence.length} 個（${names(silence)}）は計測値がまったくないときに鳴るため、沈黙は正常とみなされない。\`npm run doctor\` は組織に対して ${checks.length} 項目（うちカバレッジ ${checks.filter(({ group }) => group === 'Coverage').length} 項目）を検査する。`,
    ),
    tables: [alarmsTable(audit, say), checksTable(audit, say)],
  };
};

export function alarmsTable({ alarms }: Pick<Audit, 'alarms'>, say: Say): Table {
  return {
    title: say('Alarms', 'アラーム'),
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
      missing === 'breaching' ? say('it rings', '鳴る') : missing,
      tells.join(', ') || say('NOBODY', 'なし'),
    ]),
  };
}

export function checksTable({ checks }: Pick<Audit, 'checks'>, say: Say): Table {
  return {
    title: say('Checks of the doctor', 'doctor の検査項目'),
    head: [say('group', 'グループ'), say('check', '検査')],
    rows: checks.map(({ group, title }) => [group, title]),
  };
}

export const coverage: Answering = (audit, say) => {
  const { coverage: seen, organization } = audit;
  const head = [say('account', 'アカウント'), 'OU', say('not covered in', '対象外'), say('silent in', '無音'), say('so', '判定')];
  if (!seen)
    return {
      question: say(
        'Which accounts are covered, which are silent, and is that health or failure?',
        'どのアカウントが対象で、どれが無音か。それは正常か障害か。',
      ),
      fine: true,
      open: true,
      verdict: say(
        `Only the organization can say: \`npm run hub -- audit coverage\`, with credentials of account ${organization.securityAccount}, asks it. Meant to be covered: ${organization.mode === 'none' ? 'whatever somebody else covers' : 'every account of the target OUs'}, in ${[organization.home, ...organization.linked].join(', ')}.`,
        `組織に問い合わせないと分からない。アカウント ${organization.securityAccount} の認証情報で \`npm run hub -- audit coverage\` を実行する。対象の予定：${organization.mode === 'none' ? '別の仕組みが有効にした範囲' : '対象 OU の全アカウント'}（${[organization.home, ...organization.linked].join('、')}）。`,
      ),
      tables: [],
    };
  const uncovered = seen.accounts.filter(({ uncovered: gaps }) => Object.keys(gaps).length > 0);
  const silent = seen.accounts.filter(({ silent: regions }) => regions.length > 0);
  return {
    question: say(
      'Which accounts are covered, which are silent, and is that health or failure?',
      'どのアカウントが対象で、どれが無音か。それは正常か障害か。',
    ),
    fine: uncovered.length === 0 && (silent.length === 0 || !seen.standards),
    verdict: say(
      `${seen.accounts.length - uncovered.length} of ${seen.accounts.length} accounts are covered in all of ${seen.regions.join(', ')}; ${silent.length} said nothing for ${seen.silentDays} days. ${seen.standards ? 'Standards report daily where they are on, so silence of a covered account is a failure.' : 'No standard is turned on by this system, so an account may well have nothing to say.'}`,
      `${seen.accounts.length} アカウントのうち ${seen.accounts.length - uncovered.length} が ${seen.regions.join('、')} のすべてで対象。${seen.silentDays} 日間何も報告のないものは ${silent.length}。${seen.standards ? '有効な標準は毎日報告するため、対象アカウントの沈黙は障害である。' : 'このシステムは標準を有効にしないため、報告がないだけの場合もある。'}`,
    ),
    tables: [
      {
        title: say('Accounts', 'アカウント'),
        head,
        rows: worstFirst(seen.accounts).map(({ id, name, ou, uncovered: gaps, silent: quiet }) => [
          `${name} (${id})`,
          ou,
          Object.entries(gaps)
            .map(([region, status]) => `${region}: ${status}`)
            .join(', ') || '–',
          quiet.join(', ') || '–',
          verdictOn(Object.keys(gaps).length > 0, quiet.length > 0, seen.standards, say),
        ]),
      },
    ],
  };
};

function worstFirst(accounts: NonNullable<Audit['coverage']>['accounts']) {
  const badness = ({ uncovered, silent }: (typeof accounts)[number]) => (Object.keys(uncovered).length > 0 ? 2 : silent.length > 0 ? 1 : 0);
  return [...accounts].sort((a, b) => badness(b) - badness(a));
}

function verdictOn(uncovered: boolean, silent: boolean, standards: boolean, say: Say): string {
  if (uncovered) return say('failure: not covered', '障害：対象外');
  if (!silent) return say('health: it reports', '正常：報告あり');
  return standards
    ? say('failure: covered, and yet silent', '障害：対象なのに無音')
    : say('may be health: nothing is turned on here', '正常の可能性：標準が有効でない');
}

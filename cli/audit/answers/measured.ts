/** How evidence is spoken of: when it was measured, how old it is, of which code, and what it is worth. */
import { DAY, HOUR } from '../../../handlers/domain/time';
import type { Evidence } from '../../evidence/evidence';
import { MEASURED_FOR, proofStanding, runsOf, type Standing, standingOf } from '../../evidence/kept';
import { RUNS, type TestRun } from '../../evidence/proof';
import type { Audit } from '../audited';
import { beforeText } from '../last-deployment';
import { codeOf } from '../version';
import type { Say, Table } from './answer';

type Measured = Evidence<unknown>;

/** How old it was when the page was made. */
export function ageText(made: string, now: string, say: Say): string {
  const age = Math.max(0, Date.parse(now) - Date.parse(made));
  const days = Math.floor(age / DAY);
  const hours = Math.floor(age / HOUR);
  if (days > 0) return say(`${days} ${days === 1 ? 'day' : 'days'} before this page`, `このページ作成の ${days} 日前`);
  if (hours > 0) return say(`${hours} h before this page`, `このページ作成の ${hours} 時間前`);
  return say('less than an hour before this page', 'このページ作成の 1 時間以内');
}

export function whenText({ made }: Measured, audit: Pick<Audit, 'made'>, say: Say): string {
  return `${made.slice(0, 16).replace('T', ' ')} UTC, ${ageText(made, audit.made, say)}`;
}

/** By which code it was measured, and whether that is the code of this page. */
function commitText({ commit, clean }: Measured, audit: Pick<Audit, 'resources'>, say: Say): string {
  if (commit === '') return say('unknown: no repository', '不明（リポジトリなし）');
  const short = commit.slice(0, 7);
  const other = codeOf(audit)?.replace('+', '') === short ? '' : say(', another than this page’s', '（このページとは別）');
  return `${short}${other}${clean ? '' : say(', with uncommitted changes somewhere in the checkout', '、作業コピーのどこかに未コミットの変更あり')}`;
}

export function standingWords(standing: Standing, say: Say): string {
  return {
    holds: say('counts', '有効'),
    absent: say('not measured', '未計測'),
    old: say(`TOO OLD: older than ${MEASURED_FOR} days`, `古すぎる（${MEASURED_FOR} 日超）`),
    'other-deployment': say('OF ANOTHER DEPLOYMENT', '別のデプロイのもの'),
    'other-commit': say('OF ANOTHER COMMIT: proves nothing of this one', '別のコミットのもの（このコミットの証明にならない）'),
    'not-committed': say('OF CHANGES NOT COMMITTED: proves nothing of a commit', '未コミットの変更を含むもの（コミットの証明にならない）'),
  }[standing];
}

/** Test runs with what each is worth to this page. */
export const provingRuns = (audit: Pick<Audit, 'evidence' | 'resources'>) =>
  runsOf(audit.evidence).map((each) => ({ ...each, standing: proofStanding(each.evidence, codeOf(audit) ?? '') }));

export const standingHere = (evidence: Measured | undefined, audit: Pick<Audit, 'deployment' | 'made'>): Standing =>
  standingOf(evidence, audit.deployment, audit.made);

export function factsText({ suites, passed, failed, skipped }: TestRun, say: Say): string {
  const all = passed + failed;
  const left = skipped === 0 ? '' : say(`, ${skipped} skipped`, `、スキップ ${skipped}`);
  const of = say(
    `${number(passed)} of ${number(all)} facts hold, ${number(suites)} ${suites === 1 ? 'suite' : 'suites'}`,
    `${number(all)} 件中 ${number(passed)} 件成立（スイート ${number(suites)}）`,
  );
  return `${of}${left}`;
}

export const number = (count: number): string => count.toLocaleString('en');

/** All that may have been measured, also where it was not. */
export function measuredTable(audit: Pick<Audit, 'evidence' | 'resources' | 'deployment' | 'made'>, say: Say): Table {
  const { coverage, doctor, unreadable } = audit.evidence;
  const accounts = coverage?.result.accounts.length ?? 0;
  const passing = doctor?.result.filter(({ verdict }) => verdict === 'pass').length ?? 0;
  const rowOf = (command: string, evidence: Measured | undefined, cameTo: string, standing: Standing, after?: string) => [
    evidence?.command ?? command,
    evidence ? whenText(evidence, audit, say) : '–',
    evidence ? commitText(evidence, audit, say) : '–',
    evidence?.environment ?? '–',
    evidence ? cameTo : '–',
    `${standingWords(standing, say)}${after ?? ''}`,
  ];
  return {
    title: say('What was measured, when, and by which code', '計測の記録（日時とコード）'),
    head: [
      say('command', 'コマンド'),
      say('when', '日時'),
      say('commit', 'コミット'),
      say('of', '対象'),
      say('came to', '結果'),
      say('worth here', 'このページでの扱い'),
    ],
    rows: [
      ...provingRuns(audit).map(({ run, evidence, standing }) =>
        rowOf(RUNS[run], evidence, evidence ? factsText(evidence.result, say) : '', standing),
      ),
      rowOf(
        'npm run doctor',
        doctor,
        say(`${passing} of ${doctor?.result.length} checks pass`, `${doctor?.result.length} 項目中 ${passing} 合格`),
        standingHere(doctor, audit),
        beforeText(doctor, audit, say),
      ),
      rowOf(
        'npm run hub -- audit coverage',
        coverage,
        say(`${accounts} accounts`, `${accounts} アカウント`),
        standingHere(coverage, audit),
        beforeText(coverage, audit, say),
      ),
      ...unreadable.map(({ file, why }) => [file, '–', '–', '–', why, say('CANNOT BE READ: not measured', '読めない（未計測扱い）')]),
    ],
  };
}

/** How is it known that it works? */
import { PROMISES, type Promised, RUNS, type Suite } from '../../evidence/proof';
import type { Audit } from '../audited';
import { beforeText } from '../last-deployment';
import { codeOf } from '../version';
import { alarmsTable, alarmsText, askingTable, stoppingTable } from './alarms';
import type { Answering, Say, Table } from './answer';
import { isFailure, stateOf } from './coverage';
import { factsText, measuredTable, number, provingRuns, standingHere, standingWords, whenText } from './measured';

export const works: Answering = (audit, say) => {
  const { alarms, evidence } = audit;
  const silence = alarms.filter(({ missing }) => missing === 'breaching');
  const unheard = alarms.filter(({ tells }) => tells.length === 0);
  const runs = provingRuns(audit);
  const doctor = standingHere(evidence.doctor, audit);
  const broken = runs.some(({ standing, evidence: run }) => standing === 'holds' && run && run.result.failed > 0);
  const unwell = doctor === 'holds' && evidence.doctor?.result.some(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  const told = toldHere(audit);
  const fine = silence.length > 0 && unheard.length === 0 && !broken && !unwell && !(told.standing === 'holds' && told.failing > 0);
  const measured = doctor === 'holds' && told.standing === 'holds' && told.asked && runs.every(({ standing }) => standing === 'holds');
  return {
    question: say('How is it known that it works?', '動いていることをどうやって確かめるか。'),
    fine,
    ...(fine && !measured ? { open: true } : {}),
    verdict: [proofText(audit, say), doctorText(audit, say), toldText(audit, say), alarmsText(audit, say)].join(say(' ', '')),
    tables: [
      promisesTable(audit, say),
      measuredTable(audit, say),
      checksTable(audit, say),
      stoppingTable(audit, say),
      askingTable(audit, say),
      alarmsTable(audit, say),
    ],
  };
};

/** What the project's own tests came to at the commit of this page. */
function proofText(audit: Audit, say: Say): string {
  const runs = provingRuns(audit);
  const there = runs.flatMap(({ run, standing, evidence }) => (standing === 'holds' && evidence ? [{ run, evidence }] : []));
  const lacking = runs.filter(({ standing }) => standing !== 'holds');
  const code = codeOf(audit) ?? say('unknown', '不明');
  const lacks = lacking.map(({ run, standing }) => `\`${RUNS[run]}\` (${standingWords(standing, say)})`).join(', ');
  if (there.length === 0)
    return say(
      `No test run that was kept counts for the code of this page (${code}), so what its tests prove was not measured: ${lacks}.`,
      `このページのコード（${code}）として数えられるテスト結果がなく、テストによる証明は未計測：${lacks}。`,
    );
  const failing = there.some(({ evidence }) => evidence.result.failed > 0);
  const came = there
    .map(({ run, evidence }) => `\`${RUNS[run]}\` ${factsText(evidence.result, say)} (${whenText(evidence, audit, say)})`)
    .join('; ');
  const judged = promisesOf(audit);
  const broken = judged.filter(({ failed }) => failed > 0).length;
  const proved = judged.filter(({ failed, passed }) => failed === 0 && passed > 0).length;
  return [
    failing
      ? say(`TESTS FAIL at the commit of this page (${code}): ${came}.`, `このページのコミット（${code}）でテストが失敗している：${came}。`)
      : say(`At the commit of this page (${code}): ${came}.`, `このページのコミット（${code}）での結果：${came}。`),
    say(
      `Of ${judged.length} promises ${proved} hold in these tests, ${broken} fail, ${judged.length - proved - broken} were not measured.`,
      `${judged.length} の約束のうち、これらのテストで成立 ${proved}、不成立 ${broken}、未計測 ${judged.length - proved - broken}。`,
    ),
    ...(lacking.length > 0 ? [say(`Not known of this commit: ${lacks}.`, `このコミットで不明なもの：${lacks}。`)] : []),
  ].join(say(' ', ''));
}

function doctorText(audit: Audit, say: Say): string {
  const { evidence, checks } = audit;
  const { doctor } = evidence;
  const standing = standingHere(doctor, audit);
  if (!doctor || standing === 'other-deployment')
    return say(
      `\`npm run doctor\`, which makes ${checks.length} checks of the organization, was not measured${doctor ? ` here: what was kept is of another deployment (${doctor.environment})` : ''}.`,
      `組織を ${checks.length} 項目で検査する \`npm run doctor\` は未計測${doctor ? `（残っているのは別のデプロイ ${doctor.environment} の結果）` : ''}。`,
    );
  const those = (verdict: string) => doctor.result.filter((each) => each.verdict === verdict);
  const named = (verdict: string) => {
    const found = those(verdict);
    return found.length === 0 ? '0' : `${found.length} (${found.map(({ title }) => title).join(', ')})`;
  };
  const old = `${standing === 'old' ? say(' (TOO OLD to say how it is now)', '（古いため現状は不明）') : ''}${beforeText(doctor, audit, say)}`;
  return say(
    `\`npm run doctor\`, ${whenText(doctor, audit, say)}${old}: of ${doctor.result.length} checks ${those('pass').length} pass, ${named('warn')} warn, ${named('fail')} fail, ${named('unknown')} could not be looked at, ${those('skipped').length} skipped.`,
    `\`npm run doctor\`（${whenText(doctor, audit, say)}）${old}：${doctor.result.length} 項目中、合格 ${those('pass').length}、警告 ${named('warn')}、不合格 ${named('fail')}、確認不能 ${named('unknown')}、省略 ${those('skipped').length}。`,
  );
}

/** Whether what Security Hub holds was told, as it was measured last. */
function toldHere(audit: Audit) {
  const { coverage } = audit.evidence;
  const accounts = coverage?.result.accounts ?? [];
  const without = accounts.filter(({ untold }) => untold > 0);
  return {
    coverage,
    standing: standingHere(coverage, audit),
    asked: coverage?.result.ledger.asked === true,
    failing: accounts.filter((account) => coverage && isFailure(stateOf(account, coverage.result))).length,
    untold: without.reduce((sum, { untold }) => sum + untold, 0),
    accounts: without.length,
    late: accounts.reduce((sum, { late = 0 }) => sum + late, 0),
  };
}

function toldText(audit: Audit, say: Say): string {
  const { coverage, standing, asked, failing, untold, accounts, late } = toldHere(audit);
  const command = '`npm run hub -- audit coverage`';
  if (!coverage || standing === 'other-deployment')
    return say(
      `Whether findings were told was not measured here: ${command} compares Security Hub with the ledger.`,
      `検出結果が通知されたかは未計測（${command} が Security Hub と台帳を照合する）。`,
    );
  const old = `${standing === 'old' ? say(' (TOO OLD to say how it is now)', '（古いため現状は不明）') : ''}${beforeText(coverage, audit, say)}`;
  const when = `${whenText(coverage, audit, say)}${old}`;
  const those = asked
    ? untold === 0
      ? say('no finding is known that was not told', '未通知の検出結果は見つかっていない')
      : say(
          `${number(untold)} ${untold === 1 ? 'FINDING WAS' : 'FINDINGS WERE'} NOT TOLD, of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`,
          `未通知の検出結果が ${number(untold)} 件ある（${accounts} アカウント）`,
        )
    : say('the ledger was not asked, so what was told is not known', '台帳に問い合わせていないため通知の有無は不明');
  const lates = late === 0 ? '' : say(`; ${number(late)} ${late === 1 ? 'IS' : 'ARE'} LATE`, `、通知が遅れているもの ${number(late)} 件`);
  return say(
    `${command}, ${when}: ${those}${lates}; ${failing} of ${coverage.result.accounts.length} accounts in failure.`,
    `${command}（${when}）：${those}${lates}。障害は ${coverage.result.accounts.length} アカウント中 ${failing}。`,
  );
}

const promiseWords = (say: Say): Record<Promised, string> => ({
  lost: say('no finding is lost', '検出結果は失われない'),
  repeated: say('nothing is told twice', '同じことは二度通知されない'),
  rights: say('each right is used, and none is wider', 'どの権限も使われ、必要以上に広くない'),
  weakenings: say('a weakened stack is noticed', 'スタックの弱体化は見つかる'),
  secrets: say('secrets are nowhere but where they belong', '秘密情報は所定の場所以外に残らない'),
  texts: say('texts of findings stay inert', '検出結果の文字列は無害に扱われる'),
  logs: say('no log line holds words or names of a finding', 'ログに検出結果の文言や名前は残らない'),
  model: say('the model learns no names, and its wrong words are withheld', 'モデルに名前は渡らず、誤った文は差し止められる'),
  terms: say('nothing is kept longer than its term', '保持期間を過ぎたものは残らない'),
  deployed: say('what is deployed runs as it was tested', 'デプロイしたものはテストどおりに動く'),
});

interface Judged extends Record<'passed' | 'failed' | 'skipped', number> {
  promise: Promised;
  suites: string[];
}

/** By what suites say of themselves: `@proves` in their first comment. Only runs of the code of this page count, and a suite once. */
function promisesOf(audit: Pick<Audit, 'evidence' | 'resources'>): Judged[] {
  const suites = new Map<string, Suite>();
  for (const { standing, evidence } of provingRuns(audit))
    for (const suite of standing === 'holds' && evidence ? evidence.result.proofs : []) {
      // Of two runs of one suite that counts in which more failed, or else in which less was left out.
      const known = suites.get(suite.path);
      if (!known || suite.failed > known.failed || (suite.failed === known.failed && suite.passed > known.passed))
        suites.set(suite.path, suite);
    }
  return PROMISES.map((promise) => {
    const those = [...suites.values()].filter(({ proves }) => proves.includes(promise));
    const sum = (of: 'passed' | 'failed' | 'skipped') => those.reduce((all, suite) => all + suite[of], 0);
    const named = those.map(({ path, passed }) => `${path} (${passed})`);
    return { promise, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), suites: named };
  });
}

export function promisesTable(audit: Pick<Audit, 'evidence' | 'resources'>, say: Say): Table {
  const runs = provingRuns(audit);
  const lacking = runs.filter(({ standing }) => standing !== 'holds').map(({ run }) => RUNS[run]);
  const words = promiseWords(say);
  const partly = lacking.length === 0 ? '' : say(`, without what ${lacking.join(', ')} would add`, `（${lacking.join('、')} を除く）`);
  return {
    title: say('What the tests prove of this commit, by promise', 'このコミットについてテストが証明すること'),
    head: [
      say('promise', '約束'),
      say('so', '判定'),
      say('facts that hold', '成立'),
      say('that fail', '不成立'),
      say('left out', 'スキップ'),
      say('suites', 'スイート'),
    ],
    rows: promisesOf(audit).map(({ promise, passed, failed, skipped, suites }) => {
      const measured = passed === 0 ? say('not measured', '未計測') : say(`holds in the tests${partly}`, `テストで成立${partly}`);
      const so = failed > 0 ? say('FAILS', '不成立') : measured;
      return [words[promise], so, number(passed), number(failed), number(skipped), suites.join(', ') || '–'];
    }),
  };
}

/** What it looks at, and what it found last, of this deployment. */
export function checksTable(audit: Pick<Audit, 'checks' | 'evidence' | 'deployment' | 'made'>, say: Say): Table {
  const { doctor } = audit.evidence;
  const standing = standingHere(doctor, audit);
  const found = standing === 'holds' || standing === 'old' ? (doctor?.result ?? []) : [];
  const rows = audit.checks.map(({ id, group, title }) => {
    const result = found.find((each) => each.id === id);
    return [group, title, result?.verdict ?? say('not measured', '未計測'), result?.found ?? '–'];
  });
  const further = found.filter(({ id }) => !audit.checks.some((each) => each.id === id));
  return {
    title:
      doctor && found.length > 0
        ? say(`Checks of the doctor, ${whenText(doctor, audit, say)}`, `doctor の検査項目（${whenText(doctor, audit, say)}）`)
        : say('Checks of the doctor', 'doctor の検査項目'),
    head: [say('group', 'グループ'), say('check', '検査'), say('verdict', '判定'), say('found', '結果')],
    rows: [...rows, ...further.map(({ group, title, verdict, found: what }) => [group, title, verdict, what])],
  };
}

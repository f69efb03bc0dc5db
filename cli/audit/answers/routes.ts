/** Who is told of what, what is muted, and what changed. */
import type { Audit } from '../audited';
import { driftTable } from '../deployments';
import { type ChangeKind, KINDS } from '../audited';
import type { AuditedUnit } from '../units';
import { type Answering, type Cell, cell, type Say, type Table } from './answer';

export const pathOf = ({ path }: Pick<AuditedUnit, 'path'>): string => ['Root', ...path].join('/');

/** @param ou names from the top; all of them without. */
export function toldIn(ou: string | undefined): Answering {
  return (audit, say) => {
    const { units, severities } = audit;
    const asked = ou === undefined ? units : units.filter((unit) => pathOf(unit) === wanted(ou));
    const rootOnly = units.filter((unit) => unit.path.length > 0 && unit.rootOnly);
    const about = asked[0];
    const receivers = about ? [...new Set(about.told.flatMap((each) => each.receivers))] : [];
    const also = about?.also.filter(({ mute }) => !mute) ?? [];
    const where = sourceText(audit, say);
    return {
      question:
        ou === undefined
          ? say('Who is told of what, in which OU?', 'どの OU で誰に何が通知されるか。')
          : say(`Who is told of what in OU ${ou}?`, `OU ${ou} では誰に何が通知されるか。`),
      fine: asked.length > 0,
      verdict:
        ou === undefined
          ? say(
              `Of ${units.length} OUs, the root among them, ${rootOnly.length} have no route of their own and are told to the root's receiver${rootOnly.length > 0 ? `: ${rootOnly.map(pathOf).join(', ')}` : ''}. ${where}`,
              `ルートを含む ${units.length} 個の OU のうち、専用の経路がなくルートの通知先だけに通知されるものは ${rootOnly.length} 個${rootOnly.length > 0 ? `（${rootOnly.map(pathOf).join('、')}）` : ''}。${where}`,
            )
          : about
            ? say(
                `${severities.join(' and ')} go to ${receivers.join(', ') || 'nobody'}${also.length > 0 ? `; beside that ${also.map(({ asks, receiver, goesOn }) => `${asks} to ${receiver}${goesOn ? ' as well' : ' instead'}`).join('; ')}` : ''}. ${where}`,
                `${severities.join(' と ')} は ${receivers.join('、') || 'なし'} へ${also.length > 0 ? `。ほかに ${also.map(({ asks, receiver, goesOn }) => `${asks} は ${receiver} ${goesOn ? 'にも' : 'に'}`).join('、')}` : ''}。${where}`,
              )
            : say(`No OU ${ou} is known. ${where}`, `OU ${ou} は見つからない。${where}`),
      tables: [unitsTable(asked, say)],
    };
  };
}

/** From where the OUs are known, and as of when. */
export function sourceText({ unitsOf }: Audit, say: Say): string {
  if (unitsOf.kind === 'file')
    return say(
      `The OUs are those of ${unitsOf.file}, written ${unitsOf.written.slice(0, 10)}: the organization itself was not asked.`,
      `OU は ${unitsOf.file}（${unitsOf.written.slice(0, 10)} 更新）のもの。組織には問い合わせていない。`,
    );
  return unitsOf.kind === 'sample'
    ? say(
        'The OUs are those of the made-up organization of this project’s sample, NOT of a live one.',
        'OU はこのプロジェクトのサンプル（架空の組織）のもので、実際の組織のものではない。',
      )
    : say(
        'The OUs are those that routes.yaml names; --organization shows all.',
        'OU は routes.yaml に書かれたもの（全体は --organization で指定）。',
      );
}

function wanted(ou: string): string {
  const names = ou.split('/').filter(Boolean);
  return (names[0] === 'Root' ? names : ['Root', ...names]).join('/');
}

export function unitsTable(units: readonly AuditedUnit[], say: Say): Table {
  return {
    title: say('OUs and their receivers', 'OU と通知先'),
    head: ['OU', say('accounts', 'アカウント'), say('is told', '通知先'), say('by the route', '経路'), say('beside that', 'そのほか')],
    rows: units.map((unit) => {
      const groups = new Map<string, string[]>();
      for (const { severity, receivers, muted } of unit.told) {
        const who = muted ? say('muted', 'ミュート') : receivers.join(', ');
        groups.set(who, [...(groups.get(who) ?? []), severity]);
      }
      const told = [...groups].map(([who, severities]) => (groups.size === 1 ? who : `${severities.join(', ')}: ${who}`)).join('; ');
      const rootOnly = unit.path.length > 0 && unit.rootOnly ? say(' (root only)', '（ルートのみ）') : '';
      const also = unit.also.map(
        ({ asks, receiver, mute, goesOn }) =>
          `${asks} → ${mute ? say('muted', 'ミュート') : receiver}${goesOn ? say(' as well', '（追加）') : ''}`,
      );
      const accounts = unit.accounts.map(({ id, name }) => `${name} (${id})`).join(', ') || '–';
      return [pathOf(unit), accounts, told + rootOnly, [...new Set(unit.told.map(({ by }) => by))].join('; '), also.join('; ') || '–'];
    }),
  };
}

export const muted: Answering = ({ mutes }, say) => {
  const inForce = mutes.filter(({ ended }) => !ended);
  const endless = inForce.filter(({ until }) => until === undefined);
  return {
    question: say('What was muted, by whom, until when?', '何が、誰によって、いつまでミュートされているか。'),
    fine: endless.length === 0,
    verdict: say(
      `${inForce.length} ${inForce.length === 1 ? 'mute is' : 'mutes are'} in force, ${endless.length} without an end, and ${mutes.length - inForce.length} ended. A muted finding stays as it is in Security Hub.`,
      `有効なミュートは ${inForce.length} 件（期限なし ${endless.length} 件）、終了したものは ${mutes.length - inForce.length} 件。ミュートされた検出結果は Security Hub にそのまま残る。`,
    ),
    tables: [mutesTable({ mutes }, say)],
  };
};

export function mutesTable({ mutes }: Pick<Audit, 'mutes'>, say: Say): Table {
  return {
    title: say('Mutes of routes.yaml', 'routes.yaml のミュート'),
    head: [say('route', '経路'), say('what', '対象'), say('why', '理由'), say('until', '期限'), say('written by', '書いた人')],
    rows: mutes.map(({ route, asks, reason, until, ended, by, uncommitted }) => [
      route,
      asks,
      reason,
      ended ? say(`ended with ${until}`, `${until} で終了`) : (until ?? say('no end', '期限なし')),
      by
        ? `${by.who}, ${by.at.slice(0, 10)}, ${by.commit.slice(0, 10)}`
        : uncommitted
          ? say('NOT COMMITTED: whoever wrote it', '未コミット（作成者不明）')
          : say('not known: version control has no routes.yaml here', '不明（routes.yaml がバージョン管理にない）'),
    ]),
  };
}

export const changed: Answering = (audit, say) => ({
  question: say('What changed since the last deployment?', '前回のデプロイから何が変わったか。'),
  fine: true,
  ...(audit.changes ? {} : { open: true }),
  verdict: `${compared(audit, say)} ${say('Whether somebody has changed what is deployed by hand is not asked here: the commands below ask it.', 'デプロイ済みのものが手作業で変更されたかどうかは確認していない。下のコマンドで確認する。')}`,
  tables: [...(audit.changes ? [changesTable(audit.changes.found, say)] : []), driftTable(audit, say)],
});

function compared({ changes }: Audit, say: Say): string {
  return changes
    ? say(
        `${changes.found.length} differences against ${changes.against}: ${counts(changes.found, say) || 'none'}. What the code of functions does is not compared, unless it stands in the template itself: of functions whose version differs, \`git diff\` says it. A + behind a commit stands for what was not committed.`,
        `${changes.against} との違いは ${changes.found.length} 件：${counts(changes.found, say) || 'なし'}。テンプレート内に書かれたものを除き、関数のコードの中身は比較していない。バージョンの違う関数の変更点は \`git diff\` で確認する。コミットの + は未コミットの変更を示す。`,
      )
    : say(
        'Nothing was compared: --against names the commit of the last deployment. Each function has its commit in its description.',
        '比較していない。--against に前回デプロイのコミットを指定する。コミットは各関数の説明にある。',
      );
}

const kindWords = (say: Say): Record<ChangeKind, string> => ({
  code: say('version of code and configuration', 'コードと設定のバージョン'),
  rights: say('rights', '権限'),
  access: say('access', 'リソースポリシー'),
  egress: say('egress', '外部への通信'),
  encryption: say('encryption', '暗号化'),
  retention: say('retention', '保持期間'),
  alarms: say('alarms', 'アラーム'),
  routes: say('routes', '経路'),
  other: say('other', 'その他'),
});

function counts(found: readonly { kind: ChangeKind }[], say: Say): string {
  const words = kindWords(say);
  return KINDS.flatMap((kind) => {
    const count = found.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${words[kind]} ${count}`];
  }).join(', ');
}

function changesTable(found: NonNullable<Audit['changes']>['found'], say: Say): Table {
  const words = kindWords(say);
  return {
    title: say('Differences', '違い'),
    head: [say('of', '対象'), say('kind', '種類'), say('before', '前'), say('now', '今')],
    rows: found.map(({ kind, of, before, after, anchor }): Cell[] => [
      cell(of, anchor),
      words[kind],
      before || say('(not there)', '（なし）'),
      after || say('(gone)', '（なし）'),
    ]),
  };
}

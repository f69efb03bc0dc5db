/** Who is told of what, and what changed. */
import type { Audit } from '../audited';
import { driftTable } from '../deployments';
import { type ChangeKind, KINDS } from '../audited';
import { deployedText } from '../last-deployment';
import type { AuditedUnit } from '../units';
import { codeOf } from '../version';
import { type Answering, asksText, type Cell, cell, type Say, type Table } from './answer';

export const pathOf = ({ path }: Pick<AuditedUnit, 'path'>): string => ['Root', ...path].join('/');

/** @param ou names from the top; all of them without. */
export function toldIn(ou: string | undefined): Answering {
  return (audit, say) => {
    const { units, severities } = audit;
    const asked = ou === undefined ? units : units.filter((unit) => pathOf(unit) === wanted(ou));
    const about = asked[0];
    const space = say(' ', '');
    const where = admittedText(severities, say);
    // Of OUs that are made up, or no more than those of routes.yaml, the answer cannot know the organization's: who reads it is told that first.
    const known = audit.unitsOf.kind === 'file';
    const source = sourceText(audit, say);
    const said = (text: string) => (known ? `${text}${space}${source}` : `${source}${space}${text}`);
    return {
      question:
        ou === undefined
          ? say('Who is told of what, in which OU?', 'どの OU で誰に何が通知されるか。')
          : say(`Who is told of what in OU ${ou}?`, `OU ${ou} では誰に何が通知されるか。`),
      fine: asked.length > 0,
      ...(known ? {} : { open: true as const }),
      verdict: said(
        ou === undefined
          ? `${routedText(units, say)}${space}${heardText(audit, say)}${space}${where}`
          : about
            ? `${toldOf(about, say)}${space}${where}`
            : say(`No OU ${ou} is known. ${where}`, `OU ${ou} は見つからない。${where}`),
      ),
      tables: [unitsTable(asked, say)],
    };
  };
}

function toldOf({ told, also }: AuditedUnit, say: Say): string {
  const groups = new Map<string, string[]>();
  for (const { receivers, severity, muted } of told) {
    const who = muted || receivers.length === 0 ? say('nobody', 'なし') : receivers.join(say(' and ', '、'));
    groups.set(who, [...(groups.get(who) ?? []), severity]);
  }
  const beside = also.filter(({ mute }) => !mute).map((each) => ({ ...each, asks: asksText(each.asks, say) }));
  const parts = say(
    [
      ...[...groups].map(([who, which]) => `${which.join(' and ')} ${which.length === 1 ? 'goes' : 'go'} to ${who}`),
      ...beside.map(({ asks, receiver, goesOn }) => `what is ${asks} goes to ${receiver}${goesOn ? ' as well' : ' instead'}`),
    ].join('; '),
    [
      ...[...groups].map(([who, which]) => `${which.join(' と ')} は ${who} へ`),
      ...beside.map(({ asks, receiver, goesOn }) => `${asks} は ${receiver} ${goesOn ? 'にも' : 'に'}`),
    ].join('。'),
  );
  return `${parts}${say('.', '。')}`;
}

/** By whose route each OU is told: its own, that of an OU above it, or the root's alone. */
export function routedBy(unit: AuditedUnit, units: readonly AuditedUnit[]): 'own' | 'above' | 'root' {
  if (unit.path.length === 0) return 'own';
  if (unit.rootOnly) return 'root';
  const parent = units.find(({ path }) => pathOf({ path }) === pathOf({ path: unit.path.slice(0, -1) }));
  const by = ({ told }: AuditedUnit) => told.map((each) => each.by).join();
  return parent && by(parent) === by(unit) ? 'above' : 'own';
}

function routedText(units: readonly AuditedUnit[], say: Say): string {
  const of = (how: ReturnType<typeof routedBy>) => units.filter((unit) => unit.path.length > 0 && routedBy(unit, units) === how);
  const named = (given: AuditedUnit[]) => (given.length > 0 ? ` (${given.map(pathOf).join(', ')})` : '');
  const are = (given: AuditedUnit[]) => `${given.length} ${given.length === 1 ? 'is' : 'are'}`;
  const [own, above, root] = [of('own'), of('above'), of('root')];
  return say(
    `Of ${units.length - 1} OUs below the root, ${are(own)} told by a route of their own, ${are(above)} told by the route of an OU above${named(above)}, and ${are(root)} told by the root alone${named(root)}.`,
    `ルートの下の ${units.length - 1} 個の OU のうち、専用の経路によるもの ${own.length} 個、上位の OU の経路によるもの ${above.length} 個${named(above)}、ルートの経路だけによるもの ${root.length} 個${named(root)}。`,
  );
}

/** Of how many OUs each receiver hears, by OU and severity alone. */
function heardText({ slack, units }: Audit, say: Say): string {
  const counts = slack.receivers.map(({ name }) => ({
    name,
    of: units.filter(({ told }) => told.some(({ receivers }) => receivers.includes(name))).length,
  }));
  return say(
    `Of how many OUs each receiver hears, the root among them, without routes that ask for more than an OU: ${counts.map(({ name, of }) => `${name} ${of}`).join(', ')}.`,
    `通知先ごとの OU の数（ルートを含み、OU 以外の条件を持つ経路を除く）：${counts.map(({ name, of }) => `${name} ${of}`).join('、')}。`,
  );
}

/** handlers/domain/finding/admission.ts */
function admittedText(severities: readonly string[], say: Say): string {
  return say(
    `Only the severities of settings.yaml (${severities.join(', ')}) are told, but for what a person sends by hand or was told before.`,
    `通知されるのは settings.yaml の重要度（${severities.join('、')}）だけ（手動で送信したもの、既に通知したものを除く）。`,
  );
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
        'The OUs are those of the made-up organization of this project’s sample, NOT of a live one; --organization takes yours.',
        'OU はこのプロジェクトのサンプル（架空の組織）のもので、実際の組織のものではない（--organization で指定する）。',
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
          `${asksText(asks, say)} → ${mute ? say('muted', 'ミュート') : receiver}${goesOn ? say(' as well', '（追加）') : ''}`,
      );
      const accounts = unit.accounts.map(({ id, name }) => `${name} (${id})`).join(', ') || '–';
      return [pathOf(unit), accounts, told + rootOnly, [...new Set(unit.told.map(({ by }) => by))].join('; '), also.join('; ') || '–'];
    }),
  };
}

export const changed: Answering = (audit, say) => ({
  question: say('What changed since the last deployment?', '前回のデプロイから何が変わったか。'),
  fine: true,
  ...(audit.changes ? {} : { open: true }),
  verdict: `${compared(audit, say)} ${deployedText(audit, codeOf(audit), say)} ${say('Whether the other of the two is what stands there now, and whether somebody has changed that by hand, is not asked here: the commands below ask it. Who may deploy is not in these templates: the roles of CDK’s bootstrap and of StackSets, and whom the IAM of the accounts lets.', '比較相手が現在デプロイされているものか、手作業で変更されていないかは確認していない。下のコマンドで確認する。デプロイできる者はテンプレートからは分からない（CDK のブートストラップと StackSets のロール、各アカウントの IAM が許す者）。')}`,
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

/** What is muted, by whom and until when. */
import type { Audit } from '../audited';
import type { AuditedMute } from '../units';
import { type Answering, asksText, cell, type Say, type Table } from './answer';

export const muted: Answering = ({ mutes }, say) => {
  const inForce = mutes.filter(({ ended }) => !ended);
  const endless = inForce.filter(({ until }) => until === undefined);
  const uncommitted = inForce.filter((mute) => mute.uncommitted).length;
  const unknown = inForce.filter(({ by }) => by === undefined).length - uncommitted;
  return {
    question: say('What was muted, by whom, until when?', '何が、誰によって、いつまでミュートされているか。'),
    fine: endless.length === 0,
    ...(uncommitted + unknown > 0 ? { open: true as const } : {}),
    verdict: say(
      `${inForce.length} ${inForce.length === 1 ? 'mute is' : 'mutes are'} in force (${endless.length} without an end), and ${mutes.length - inForce.length} ${mutes.length - inForce.length === 1 ? 'has' : 'have'} ended. ${namedMutes(inForce, say)}A muted finding stays as it is in Security Hub.${uncommitted > 0 ? ` By whom is not known of ${uncommitted}: nobody has committed it yet.` : ''}${unknown > 0 ? ` By whom is not known of ${unknown}: version control has no routes.yaml here.` : ''}`,
      `有効なミュートは ${inForce.length} 件（期限なし ${endless.length} 件）、終了したものは ${mutes.length - inForce.length} 件。${namedMutes(inForce, say)}ミュートされた検出結果は Security Hub にそのまま残る。${uncommitted > 0 ? `うち ${uncommitted} 件は未コミットのため、書いた人が分からない。` : ''}${unknown > 0 ? `うち ${unknown} 件は routes.yaml がここではバージョン管理にないため、書いた人が分からない。` : ''}`,
    ),
    tables: [mutesTable({ mutes }, say)],
  };
};

/** So many are named in the answer itself; more are read in the table. */
const FEW = 5;

/** What each mutes, who wrote it last and when, by its commit, and until when. '' where there are too many. */
function namedMutes(mutes: readonly AuditedMute[], say: Say): string {
  if (mutes.length > FEW) return '';
  const texts = mutes.map(({ route, asks, until, by, uncommitted }) => {
    const what = asks === '' ? route : `${asksText(asks, say)} (${route})`;
    const day = by?.at.slice(0, 10);
    return say(
      `${what}: ${by ? `last written by ${by.who} on ${day}, as its commit says` : uncommitted ? 'not committed' : 'by whom is not known'}, ${until === undefined ? 'without an end' : `until ${until}`}. `,
      `${what}：${by ? `${by.who}（${day} のコミット）` : uncommitted ? '未コミット' : '作成者不明'}、${until === undefined ? '期限なし' : `${until} まで`}。`,
    );
  });
  return texts.join('');
}

/** Of its lines in the page. */
export const muteAnchor = ({ written }: Pick<AuditedMute, 'written'>): string | undefined => written && `mute-${written.line}`;

export function mutesTable({ mutes }: Pick<Audit, 'mutes'>, say: Say): Table {
  return {
    title: say('Mutes of routes.yaml', 'routes.yaml のミュート'),
    head: [
      ...[say('route', '経路'), say('what', '対象'), say('why', '理由'), say('until', '期限'), say('written by', '書いた人')],
      say('where', '記載箇所'),
    ],
    rows: mutes.map(({ route, asks, reason, until, ended, by, uncommitted, written }) => [
      cell(route, muteAnchor({ written })),
      asksText(asks, say),
      reason,
      ended ? say(`ended with ${until}`, `${until} で終了`) : (until ?? say('no end', '期限なし')),
      by
        ? `${by.who}, ${by.at.slice(0, 10)}, ${by.commit.slice(0, 10)}`
        : uncommitted
          ? say('NOT COMMITTED: whoever wrote it', '未コミット（作成者不明）')
          : say('not known: version control has no routes.yaml here', '不明（routes.yaml がバージョン管理にない）'),
      written ? `routes.yaml:${written.line}` : '–',
    ]),
  };
}

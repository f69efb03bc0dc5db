/**
 * What the brief says with yes or no, and a sentence says otherwise: that a fix or an exploit is there, that it is public, shared,
 * encrypted or blocked, and who attacks whom. Each phrase says one of both; a condition or a question says neither.
 */
import type { Brief } from '../brief';
import { CLAIMS } from './claims';
import type { Given, Said } from './said';

/** Whether it is so is asked, wished or a condition; said of the future, or of what would be. */
const OPEN = {
  en: /\b(?:if|where|whether|unless|until|once|when|in case|make sure|ensure|verify|check|confirm|see that|so that|should|must|would|could|can exploit|can be|may (?:be|have)|might|as soon as|before|after|does not become|do not|never|by default)\b/i,
  ja: /(?:か(?:どうか)?(?:を)?(?:確認|判断|調|確かめ)|(?:こと|か|の)を(?:確認|確かめ)|ない(?:か|よう)|よう(?:に)?して|場合|なら|れば|たら|次第|かどうか|おそれ|恐れ|可能性|まで|前に|とき)/,
};
/** To wait for something says that it is not there. */
const WAITS = { en: /\bwait|\buntil\b|\bawait/i, ja: /まで|待/ };

/** What a control that failed says by its title: AWS writes what should be, and it is not. */
const FAULTS: readonly [of: 'public' | 'encrypted', is: boolean, title: RegExp][] = [
  [
    'public',
    true,
    /\b(?:prohibit|block|not (?:be|have|allow))\b[^.]*\b(?:public(?:ly)?|unrestricted)\b(?!.*\bsettings\b)|\bnot allow ingress from 0\.0\.0\.0/i,
  ],
  ['encrypted', false, /\b(?:be (?:configured to )?encrypt(?:ed)?|encryption (?:at[- ]rest )?(?:should be )?enabled)\b(?!.*\btransit\b)/i],
];

/** What the brief holds of each. */
function factsOf(brief: Brief): Record<string, boolean | undefined> {
  const more: Brief & { blocked?: unknown; resourceRole?: unknown } = brief;
  const yes = (value: unknown) =>
    /^(?:yes|true|partial)$/i.test(String(value)) ? true : /^(?:no|false)$/i.test(String(value)) ? false : undefined;
  const failed = brief.kind === 'control' && !brief.statusReasons?.length ? (brief.title ?? '') : '';
  const fault = (name: 'public' | 'encrypted') => FAULTS.find(([of, , title]) => of === name && title.test(failed))?.[1];
  const role = more.resourceRole ?? { INBOUND: 'TARGET', OUTBOUND: 'ACTOR' }[String(brief.direction)];
  return {
    fix: yes(brief.fixAvailable),
    exploit: yes(brief.exploitAvailable),
    public: brief.public ?? (brief.principalKind === 'Everyone' ? true : fault('public')),
    shared: brief.shared,
    encrypted: brief.encrypted ?? fault('encrypted'),
    blocked: yes(more.blocked),
    attacker: role === 'ACTOR' ? true : role === 'TARGET' ? false : undefined,
  };
}

export function contradiction({ text, language }: Said, { brief }: Given): string | undefined {
  const facts = factsOf(brief);
  const wrong = CLAIMS.find((claim) => {
    if (facts[claim.of] === undefined || facts[claim.of] === claim.is) return false;
    const said = text.match(claim[language])?.[0];
    if (!said) return false;
    const counter = CLAIMS.find(({ of, is }) => of === claim.of && is !== claim.is);
    // "It is not public" is also "public".
    if (claim.is && counter?.[language].test(text)) return false;
    return !OPEN[language].test(text) || (claim.of === 'fix' && !claim.is && WAITS[language].test(said));
  });
  return wrong && `${wrong.of}: ${wrong.is ? 'yes' : 'no'}`;
}

/**
 * What the brief says with yes or no, and a sentence says otherwise: that a fix or an exploit is there, that it is public, shared,
 * encrypted or blocked, and who attacks whom. Each phrase says one of both; a condition or a question says neither.
 */
import type { Brief } from '../brief';
import { CIRCUMSTANCES } from './circumstances';
import { CLAIMS, type Claim } from './claims';
import { type Given, joinedUp, type Said } from './said';

/** Whether it is so is asked, wished or a condition; said of the future, or of what would be. */
const OPEN = {
  en: /\b(?:if|where|whether|unless|until|once|when|in case|make sure|ensure|verify|check|confirm|see that|so that|should|must|would|could|can exploit|can be|may (?:be|have)|might|as soon as|before|after|does not become|do not|never|by default)\b/i,
  ja: /(?:か(?:どうか)?(?:を)?(?:確認|判断|調|確かめ)|(?:こと|か|の)を(?:確認|確かめ)|ない(?:か|よう)|よう(?:に)?して|場合|なら|れば|たら|次第|かどうか|おそれ|恐れ|可能性|まで|前に|とき)/,
};
/** What a firm claim says all the same. */
const SAYS = {
  can: { en: /\bcan be\b/gi, ja: /(?!)/ },
  may: { en: /\b(?:can exploit|can be|could|would|may (?:be|have)|might)\b/gi, ja: /おそれ|恐れ|可能性/g },
};
/** Advice that begins with a verb of access, or is asked of the reader. */
const CONFINES = {
  en: /^(?:(?:Please|Then|Instead),? )?(?:grant|allow|limit|restrict|permit|give|share|expose|accept|let|configure|set|change|scope|replace|update|place|put|add|open|make|keep|use)\b/i,
  ja: /ください。?$/,
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
function factsOf(brief: Brief): Partial<Record<Claim['of'], boolean>> {
  const more: Brief & { blocked?: unknown } = brief;
  const yes = (value: unknown) =>
    /^(?:yes|true|partial)$/i.test(String(value)) ? true : /^(?:no|false)$/i.test(String(value)) ? false : undefined;
  const failed = brief.kind === 'control' && !brief.statusReasons?.length ? (brief.title ?? '') : '';
  const fault = (name: 'public' | 'encrypted') => FAULTS.find(([of, , title]) => of === name && title.test(failed))?.[1];
  const { vector = '' } = brief;
  const needs = (metric: string, none: string, some: RegExp) =>
    vector.includes(`/${metric}:${none}`) ? false : some.test(vector) ? true : undefined;
  return {
    fix: yes(brief.fixAvailable),
    exploit: yes(brief.exploitAvailable),
    public:
      brief.public ??
      (brief.principalKind === 'Everyone' || brief.reachableFrom === 'internet' ? true : brief.reachableFrom ? false : fault('public')),
    shared: brief.shared,
    encrypted: brief.encrypted ?? fault('encrypted'),
    blocked: yes(more.blocked),
    attacker: attacker(brief),
    mfa: brief.mfa,
    listener: brief.listener,
    condition: brief.condition === 'none' ? false : brief.condition === 'some' ? true : undefined,
    inbound: brief.direction === 'INBOUND' ? true : brief.direction === 'OUTBOUND' ? false : undefined,
    remote: /\/AV:N/.test(vector) ? true : /\/AV:[LP]/.test(vector) ? false : undefined,
    rights: needs('PR', 'N', /\/PR:[LH]/),
    interaction: needs('UI', 'N', /\/UI:[RPA]/),
  };
}

/**
 * Whether our resource does it: by its role, or by the direction, where they do not speak against each other. Whoever calls an API does so
 * with a key of ours, whatever the key's role.
 */
function attacker(brief: Brief): boolean | undefined {
  if (brief.actionType === 'AWS_API_CALL' || brief.actionType === 'KUBERNETES_API_CALL') return undefined;
  const told = [
    (brief as { resourceRole?: unknown }).resourceRole ?? brief.role,
    { INBOUND: 'TARGET', OUTBOUND: 'ACTOR' }[String(brief.direction)],
  ].filter((role) => role === 'ACTOR' || role === 'TARGET');
  return new Set(told).size === 1 ? told[0] === 'ACTOR' : undefined;
}

/** Another protocol than the one that was seen, told of what was found without naming that one. */
function otherProtocol({ text, field }: Said, { brief: { protocol } }: Given): string | undefined {
  if (field !== 'summary' || (protocol !== 'TCP' && protocol !== 'UDP')) return undefined;
  const other = protocol === 'TCP' ? /(?<![A-Za-z])UDP(?![A-Za-z])/ : /(?<![A-Za-z])TCP(?![A-Za-z])/;
  return other.test(text) && !text.includes(protocol) ? `protocol: ${protocol === 'TCP' ? 'UDP' : 'TCP'}` : undefined;
}

const ALL: readonly Claim[] = [...CLAIMS, ...CIRCUMSTANCES];

export function contradiction(whole: Said, given: Given): string | undefined {
  const { language, field } = whole;
  const text = language === 'ja' ? joinedUp(whole.text) : whole.text;
  const facts = factsOf(given.brief);
  const wrong = ALL.find((claim) => {
    if (claim.summary && field !== 'summary') return false;
    // To let only some in is what such a finding asks for.
    if (field === 'actions' && claim.of === 'public' && !claim.is && CONFINES[language].test(text)) return false;
    if (facts[claim.of] === undefined || facts[claim.of] === claim.is) return false;
    const said = text.match(claim[language])?.[0];
    if (!said) return false;
    const counter = ALL.find(({ of, is }) => of === claim.of && is !== claim.is);
    // "It is not public" is also "public".
    if (claim.is && counter?.[language].test(text)) return false;
    return (
      !OPEN[language].test(claim.firm ? text.replace(SAYS[claim.firm][language], ' ') : text) ||
      (claim.of === 'fix' && !claim.is && WAITS[language].test(said))
    );
  });
  return wrong ? `${wrong.of}: ${wrong.is ? 'yes' : 'no'}` : otherProtocol(whole, given);
}

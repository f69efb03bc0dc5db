/**
 * Chooses the words of the stand-in for Bedrock from the brief that the request holds, so that the same request is answered the
 * same. Words that say too little are put up with; words that say what the finding does not, are not: of what is not known well, the
 * general words of its kind are given.
 */
import { isObject, jsonObject } from '../protocol/wire';
import { ENGLISH, type CannedProse } from './bedrock-english';
import { JAPANESE } from './bedrock-japanese';

export interface LocalBriefing {
  summary: string;
  impact: string;
  actions: string[];
}

type Topic = keyof typeof ENGLISH;
type Rule = [topic: Topic, pattern: RegExp];

/** A machine of the account is what acts, not what is acted upon. */
const OUTBOUND = '(?=[^]*"direction":"OUTBOUND")';
const INBOUND = '(?=[^]*"direction":"INBOUND")';

const CONTROLS: Rule[] = [
  ['publicStorage', /"control":"S3\.[23]"/],
  ['guardOff', /"control":"S3\.(1|8|19)"/],
  ['signIn', /"control":"IAM\.(3|4|5|6|8|9|19|22)"/],
  ['privilege', /"control":"IAM\.(1|2|7|21)"/],
  ['openPort', /"control":"EC2\.(13|14|18|19|21|53|54)"/],
  ['database', /"control":"(RDS|Redshift|DocumentDB|Neptune)\.\d/],
  ['logging', /"control":"(CloudTrail|Config)\.\d/],
  ['secrets', /"control":"SecretsManager\.\d/],
  ['encryption', /"control":"KMS\.|encrypted (at rest|in transit)|encryption at rest/i],
  ['container', /"control":"(ECR|ECS|EKS)\.\d/],
  ['function', /"control":"Lambda\.\d/],
  ['generic', /^/],
];
const THREATS: Rule[] = [
  [
    'attacksOthers',
    new RegExp(`${OUTBOUND}[^]*(BruteForce|Portscan|PortSweep|DenialOfService)|Recon:EC2/Portscan|Backdoor:EC2/DenialOfService`),
  ],
  ['bruteForce', new RegExp(`${INBOUND}[^]*BruteForce`)],
  ['guessing', /BruteForce/],
  ['sequence', /AttackSequence:/],
  ['reconnaissance', /Recon:|Discovery:/],
  ['mining', /CryptoCurrency:|Bitcoin/],
  [
    'stolenCredentials',
    /CredentialExfiltration|InstanceCredential|IAMUser\/AnomalousBehavior|UnauthorizedAccess:IAMUser|CredentialAccess:IAMUser/,
  ],
  ['malware', /(Backdoor|Trojan|Execution|Impact):(EC2|ECS|EKS|Runtime|Kubernetes|Lambda|Container)/],
  ['threat', /^/],
];
const RULES: Record<string, Rule[]> = {
  control: CONTROLS,
  guardduty: THREATS,
  inspector: [
    ['vulnerability', /"(cve|update)":/],
    ['reachable', /^/],
  ],
  macie: [
    ['sensitiveData', /SensitiveData:/],
    ['guardOff', /BlockPublicAccessDisabled/],
    ['publicStorage', /S3BucketPublic/],
    ['reported', /^/],
  ],
  'access-analyzer': [
    ['privilege', /Unused/i],
    ['externalAccess', /^/],
  ],
  exposure: [['exposure', /^/]],
};
const OTHERS: Rule[] = [
  ['vulnerability', /"cve":/],
  ['reported', /^/],
];

/** Japanese where the request asks for it, else English. */
export function languageAsked(user: string): 'ja' | 'en' {
  return jsonObject(user)?.language === 'ja' ? 'ja' : 'en';
}

/** In the language that is asked for. Names nothing that the prompt does not name. */
export function localBriefing(prompt: { system: string; user: string }): LocalBriefing {
  const language = languageAsked(prompt.user);
  const { brief } = jsonObject(prompt.user) ?? {};
  const kind = isObject(brief) ? String(brief.kind) : '';
  const said = JSON.stringify(brief ?? {});
  const topic = (RULES[kind] ?? OTHERS).find(([, pattern]) => pattern.test(said))?.[0] ?? 'reported';
  const [summary, impact, ...actions]: CannedProse = (language === 'ja' ? JAPANESE : ENGLISH)[topic];
  const phrase = isObject(brief) && isObject(brief.phrase) ? brief.phrase : undefined;
  if (!phrase) return { summary, impact, actions };
  // Asked to say more than an entry of the phrasebook, it says one thing more of what the brief has, or nothing.
  const { phrase: _phrase, ...rest } = brief as Record<string, unknown>;
  const more = SPECIAL.find(([pattern]) => pattern.test(JSON.stringify(rest)));
  return {
    summary: more?.[language === 'ja' ? 1 : 2] ?? String(phrase.meaning),
    impact: String(phrase.impact),
    actions: Array.isArray(phrase.steps) ? phrase.steps.map(String) : actions,
  };
}

const SPECIAL: readonly [pattern: RegExp, ja: string, en: string][] = [
  [
    /"exploitAvailable":"YES"/,
    '悪用の手法が公開されているため、攻撃が増えるおそれがあります。',
    'How to exploit it is public, so attacks on it may increase.',
  ],
  [
    /"control":"S3\.[23]"/,
    '公開されていた期間によっては、クローラーにコピーを取得されている可能性があります。',
    'Depending on how long it was open, crawlers may hold copies already.',
  ],
  [
    /AttackSequence:/,
    '単独の操作ではなく流れとして成立しているため、操作ミスとは考えにくい動きです。',
    'The steps follow on from each other, which a mistake rarely does.',
  ],
  [
    /"direction":"OUTBOUND".*BruteForce/,
    'ほかの組織から苦情や遮断を受ける前に、止める必要があります。',
    'Other organizations may complain or block your addresses unless it stops.',
  ],
  [
    /SensitiveData:/,
    '業務での書き出しや試験用の複製がそのまま残った例が多く見られます。',
    'Such data is often a left-over export or test copy.',
  ],
];

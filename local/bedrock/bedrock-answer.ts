/** Chooses the words of the stand-in for Bedrock from the words of the request, so that the same request is answered the same. */
import { ENGLISH, type CannedProse } from './bedrock-english';
import { JAPANESE } from './bedrock-japanese';

export interface LocalBriefing {
  summary: string;
  impact: string;
  actions: string[];
}

/** Tried in order over what the user part of the prompt says. */
const TOPICS: [keyof typeof ENGLISH, RegExp][] = [
  ['sensitiveData', /SensitiveData|"(kind|product)":\s*"[^"]*macie/i],
  ['publicStorage', /\bS3\.(1|2|3|8|19)\b|S3BucketPublic|BucketAnonymousAccess|BlockPublicAccess|public (read|write)/i],
  ['externalAccess', /access-analyzer|external (access|principal)/i],
  ['bruteForce', /BruteForce/i],
  ['reconnaissance', /Recon:|Discovery:|PortProbe|Portscan/i],
  ['mining', /CryptoCurrency|Bitcoin/i],
  [
    'stolenCredentials',
    /CredentialExfiltration|InstanceCredential|AnomalousBehavior|CompromisedCredentials|UnauthorizedAccess:IAMUser|CredentialAccess/i,
  ],
  ['malware', /Backdoor:|Trojan:|Malware|Execution:|C&CActivity|Impact:/i],
  ['vulnerability', /CVE-\d|"kind":\s*"inspector"|vulnerabilit/i],
  ['signIn', /\bIAM\.(3|4|5|6|8|9|19|22)\b|\bMFA\b|root (user|account)|access key/i],
  ['privilege', /\bIAM\.(1|2|7|21)\b|administrat|privilege|wildcard/i],
  ['openPort', /\bEC2\.(2|13|14|18|19|21|53|54)\b|security group|0\.0\.0\.0\/0|::\/0|unrestricted/i],
  ['database', /\b(RDS|Redshift|DocumentDB|Neptune)\.\d|database|publicly accessible/i],
  ['encryption', /encrypt|\bKMS\./i],
  ['logging', /\b(CloudTrail|Config)\.\d|logging|audit trail/i],
  ['secrets', /\bSecretsManager\.\d|plaintext|cleartext|rotation/i],
  ['container', /\b(ECR|ECS|EKS)\.\d|container/i],
  ['function', /\bLambda\.\d|AwsLambdaFunction/i],
];

/** Japanese where the request asks for it, else English. Names nothing that the prompt does not name. */
export function localBriefing(prompt: { system: string; user: string }): LocalBriefing {
  const topic = TOPICS.find(([, pattern]) => pattern.test(prompt.user))?.[0] ?? 'generic';
  const japanese = /"language":\s*"ja"|Japanese|日本語/.test(`${prompt.system}\n${prompt.user}`);
  const [summary, impact, ...actions]: CannedProse = (japanese ? JAPANESE : ENGLISH)[topic];
  return { summary, impact, actions };
}

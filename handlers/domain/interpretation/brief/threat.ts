/** A threat: GuardDuty's own type and closed words of its own; who, whence and to what are the message's. */
import type { Brief } from './fields';
import type { Finding } from '../../finding/finding';
import { threatType } from '../../finding/threat-type';
import { CALL, known, matching, often, PRINCIPALS, servicePort } from './closed';

/** https://attack.mitre.org/tactics/enterprise/ */
const TACTICS: ReadonlySet<string> = new Set([
  ...['Reconnaissance', 'Resource Development', 'Initial Access', 'Execution', 'Persistence', 'Privilege Escalation'],
  ...['Defense Evasion', 'Credential Access', 'Discovery', 'Lateral Movement', 'Collection', 'Command and Control', 'Exfiltration'],
  'Impact',
]);

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Indicator.html */
const INDICATORS: ReadonlySet<string> = new Set([
  ...['ATTACK_TACTIC', 'ATTACK_TECHNIQUE', 'CRYPTOMINING_DOMAIN', 'CRYPTOMINING_IP', 'CRYPTOMINING_PROCESS', 'HIGH_RISK_API'],
  ...['MALICIOUS_DOMAIN', 'MALICIOUS_FILE', 'MALICIOUS_IP', 'MALICIOUS_PROCESS', 'SENSITIVE_API', 'SUSPICIOUS_NETWORK'],
  ...['SUSPICIOUS_PROCESS', 'SUSPICIOUS_USER_AGENT', 'TOR_IP', 'UNUSUAL_API_FOR_ACCOUNT', 'UNUSUAL_ASN_FOR_ACCOUNT'],
  'UNUSUAL_ASN_FOR_USER',
]);

/**
 * What services answer where a call is refused, by what it means.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
const ERRORS: readonly [RegExp, string][] = [
  [/^(?:Client\.)?(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|NotAuthorized\w{0,20})$/, 'AccessDenied'],
  [/^(?:Client\.)?(?:DryRunOperation)$/, 'DryRunOperation'],
  [/^(?:Client\.)?(?:Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)$/, 'Throttling'],
  [/^(?:NoSuch\w{1,40}|ResourceNotFound\w{0,20}|(?:Client\.)?Invalid\w{1,40}\.NotFound)$/, 'NotFound'],
];

const CALLS = 12;

export function threatFields(finding: Finding): Partial<Brief> {
  const threat = finding.particulars.threat ?? {};
  const { principals = [] } = threat;
  const [principal] = principals;
  const ports = known(threat.ports, (port) => servicePort(port) !== undefined, 8);
  const calls = known(threat.calls, (call) => CALL.test(call) && !call.includes('GeneratedFinding'), CALLS);
  return {
    threatType: matching(threatType(finding), /^[A-Z][A-Za-z]{2,40}:[A-Z][A-Za-z0-9]{1,40}[-/.][A-Za-z0-9.&!-]{2,80}$/),
    actionType: matching(threat.actionType, /^[A-Z][A-Z_]{2,40}$/),
    role: threat.role,
    direction: matching(threat.direction, /^(INBOUND|OUTBOUND|UNKNOWN)$/),
    port: servicePort(threat.port),
    // One is the port.
    ports: ports.length > 1 ? ports.sort((a, b) => Number(a) - Number(b)) : undefined,
    protocol: matching(threat.protocol, /^(TCP|UDP|ICMP|[0-9]{1,3})$/i),
    api: matching(threat.api, /^(?!GeneratedFinding)[A-Z][A-Za-z0-9]{2,60}$/),
    service: matching(threat.service, /^[a-z][a-z0-9-]{1,29}$/),
    // Of one call service and API say it.
    calls: threat.isSequence || calls.length > 1 ? calls : undefined,
    apiError: threat.errorCode && (ERRORS.find(([code]) => code.test(threat.errorCode ?? ''))?.[1] ?? 'other'),
    blocked: threat.blocked,
    principalKind: principal?.kind && PRINCIPALS.has(principal.kind) ? principal.kind : undefined,
    mfa: principals.some(({ mfa }) => mfa === false) ? false : principals.some(({ mfa }) => mfa) || undefined,
    repeated: threat.isSequence ? undefined : often(threat.count),
    tactics: threat.tactics?.filter((tactic) => TACTICS.has(tactic)),
    techniques: known(
      threat.techniques?.map((technique) => /^T\d{4}(?:\.\d{3})?(?![\w.])/.exec(technique)?.[0] ?? ''),
      (id) => id !== '',
      10,
    ),
    indicators: known(threat.indicators, (key) => INDICATORS.has(key) && !/^(?:ATTACK_|HIGH_RISK_|SENSITIVE_)/.test(key), 12),
    newPolicy: policyOf(threat.policy?.now),
    oldPolicy: policyOf(threat.policy?.before),
  };
}

/** The settings of an account's password policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html */
const POLICY: ReadonlySet<string> = new Set([
  ...['allowUsersToChangePassword', 'hardExpiry', 'maxPasswordAge', 'minimumPasswordLength', 'passwordReusePrevention'],
  ...['requireLowercaseCharacters', 'requireNumbers', 'requireSymbols', 'requireUppercaseCharacters'],
]);

function policyOf(policy: Record<string, string> | undefined): Record<string, string> | undefined {
  const plain = Object.entries(policy ?? {}).filter(([name, value]) => POLICY.has(name) && /^(\d{1,4}|true|false)$/.test(value));
  return plain.length > 0 ? Object.fromEntries(plain) : undefined;
}

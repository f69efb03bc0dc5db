/** Findings of each kind in both formats, shaped as AWS's own examples are. */
import {
  CONTROL,
  CONTROL_OCSF,
  EXPOSED_OCSF,
  GRANTED,
  GRANTED_OCSF,
  OF_PARTNER,
  OF_PARTNER_OCSF,
  POLICY,
  SENSITIVE,
  SENSITIVE_OCSF,
} from './others';
import { asff, type Json, ocsf } from './shape';
import { BRUTE_FORCE, BRUTE_FORCE_OCSF, LOOKED_UP, SEQUENCE, SEQUENCE_OCSF, TOR_CALLER, TRAIL_DELETED_OCSF } from './threats';
import { WEAK, WEAK_OCSF, REACHABLE, REACHABLE_OCSF, FUNCTION, weak, weakOcsf, VULNERABILITY } from './weaknesses';

export * from './others';
export * from './shape';
export * from './threats';
export * from './weaknesses';

/** All of them, and what else a message shows of. */
export const DOCUMENTED: readonly Json[] = [
  TOR_CALLER,
  TRAIL_DELETED_OCSF,
  LOOKED_UP,
  SEQUENCE,
  SEQUENCE_OCSF,
  WEAK_OCSF,
  REACHABLE,
  REACHABLE_OCSF,
  EXPOSED_OCSF,
  CONTROL,
  CONTROL_OCSF,
  OF_PARTNER_OCSF,
  BRUTE_FORCE('ACTOR'),
  BRUTE_FORCE('TARGET'),
  BRUTE_FORCE_OCSF('ACTOR'),
  BRUTE_FORCE_OCSF('TARGET'),
  WEAK(),
  WEAK({}, FUNCTION),
  asff('inspector', { Title: 'KB5023697 - Windows', Types: VULNERABILITY, Vulnerabilities: [{ ...weak(1), Id: 'KB5023697' }] }),
  asff('inspector', { Types: ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'] }),
  SENSITIVE('a.csv'),
  SENSITIVE_OCSF(),
  POLICY('S3BucketSharedExternally', 'PUBLIC'),
  GRANTED('444455556666', 'none'),
  GRANTED_OCSF('public access'),
  OF_PARTNER(10),
  ...[[1], [1, 2]].flatMap((ns) => [
    asff('aqua/aqua', { Types: VULNERABILITY, Resources: [FUNCTION], Vulnerabilities: ns.map(weak) }),
    ocsf('aqua/aqua', { resources: [{ type: 'AWS::Lambda::Function', uid: 'checkout' }], vulnerabilities: ns.map(weakOcsf) }),
  ]),
];

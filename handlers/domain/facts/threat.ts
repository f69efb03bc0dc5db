/** A threat: who, did what, from or to where, blocked or not, how often and when. */
import type { Finding } from '../finding/finding';
import type { Principal, Remote, Threat } from '../finding/particulars';
import { threatType } from '../finding/threat-type';
import { entryOf } from '../text/reading';
import { code, type Fact, type FactWord, fact, few, type Kind, type Part, plain, term, word } from './fact';

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const KINDS: Readonly<Record<string, Kind>> = {
  IAMUser: 'iam-user',
  AssumedRole: 'assumed-role',
  Role: 'assumed-role',
  Root: 'root',
  FederatedUser: 'federated-user',
  AWSService: 'aws-service',
  AWSAccount: 'aws-account',
};

const CALLS = 4;
/** Who acted is not counted as long as there is room. */
const ACTORS = 5;
const NAMED = 2;

export function threatFacts(finding: Finding): Fact[] {
  const threat = finding.particulars.threat ?? {};
  const { principals = [], calls = [], tactics = [] } = threat;
  return [
    ...fact(
      'who',
      [
        ...principals.slice(0, ACTORS).flatMap((principal) => [whoOf(principal), keysOf(principal)]),
        [principals.length > ACTORS && { more: principals.length - ACTORS }],
      ],
      1,
    ),
    ...fact('did', [few(calls, CALLS, code, threat.inOrder ? '→' : ','), few(tactics, CALLS, term, ',')], calls.length > 0 ? 1 : 0),
    ...trafficOf(threat),
    ...otherSide(threat, threatType(finding)),
    ...whenOf(threat),
  ];
}

function whoOf({ name, kind, mfa }: Principal): (Part | undefined)[] {
  const known = entryOf(KINDS, kind);
  return [
    code(name),
    known ? word(known) : term(kind),
    ...(mfa === undefined ? [] : [{ plain: ',' }, word(mfa ? 'with-mfa' : 'without-mfa')]),
  ];
}

/** With which credential: whoever disables it needs its id. */
function keysOf({ keys = [] }: Principal): (Part | undefined)[] {
  return keys.length > 0 ? [word('access-key'), ...few(keys, ACTORS, code, ',')] : [];
}

/**
 * Which of the two attacks is told by the role: the same type is an attacker's and a victim's. What a machine asks of a known bad host
 * has the role of a target too: then only the direction is told.
 */
function wayOf({ role, direction, actionType }: Threat): FactWord | undefined {
  if (role === 'ACTOR') return 'acts';
  if (direction === 'OUTBOUND' || actionType === 'DNS_REQUEST') return 'outbound';
  return role === 'TARGET' ? 'is-target' : direction === 'INBOUND' ? 'inbound' : undefined;
}

function trafficOf(threat: Threat): Fact[] {
  const { direction, protocol, port, portName, blocked, remotes = [], calls = [] } = threat;
  const way = wayOf(threat);
  const isTraffic = direction !== undefined || port !== undefined || (calls.length === 0 && remotes.length > 0);
  if (!isTraffic) return fact('traffic', [blocked ? [word('blocked')] : undefined]);
  const name = portName && !/^unknown$/i.test(portName) ? `(${portName})` : undefined;
  return fact(
    'traffic',
    [
      way && [word(way)],
      [plain(port ? protocol : undefined), plain(port), plain(port ? name : undefined)],
      blocked === undefined ? undefined : [word(blocked ? 'blocked' : 'not-blocked')],
    ],
    way ? (port ? 2 : 1) : 0,
  );
}

/** A list that knows the other side says what it is; Tor above all. */
function otherSide({ remotes = [], lists = [], indicators = [], direction, role, calls = [] }: Threat, type: string): Fact[] {
  const isTor = /:[A-Za-z0-9]+\/Tor/.test(type) || indicators.includes('TOR_IP') || lists.some((list) => /^tor\b/i.test(list));
  const [first, ...others] = remotes;
  const named = lists.filter((list) => !/^tor\b/i.test(list));
  const outward =
    calls.length === 0 && (direction === 'OUTBOUND' || role === 'ACTOR' || (direction === undefined && first?.domain !== undefined));
  const more = first ? others.filter(({ address, domain }) => (address ?? domain) !== (first.address ?? first.domain)) : [];
  return fact(
    outward ? 'to' : 'from',
    [
      [...(first ? remoteOf(first) : []), more.length > 0 && { more: more.length }],
      isTor && [word('tor')],
      named.length > 0 && [word('on-list'), ...few(named, NAMED, plain, ',')],
    ],
    isTor && first ? 2 : 1,
  );
}

function remoteOf({ address, domain, country, network }: Remote): (Part | undefined)[] {
  return [code(domain ?? address), domain && address ? code(address) : undefined, term(country), country ? undefined : plain(network)];
}

/**
 * How often and until when it was first told: GuardDuty counts on, and a finding's words are of when it was first told in its state. One
 * moment alone is when it was first seen, which the message says of every problem.
 */
function whenOf({ count = 1, firstAt, lastAt }: Threat): Fact[] {
  if (firstAt === undefined) return [];
  const until = lastAt !== undefined && lastAt > firstAt ? { until: lastAt } : {};
  return count > 1 || 'until' in until ? fact('when', [count > 1 && [{ times: count }], [{ at: firstAt, ...until }]]) : [];
}

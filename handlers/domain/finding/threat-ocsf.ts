/**
 * What GuardDuty says of a threat in OCSF: evidences, the actor, and of an attack sequence its attacks and traits. AWS's own
 * resource role stands under `data`. https://schema.ocsf.io/ detection_finding, evidences.
 */
import { at, type Json, list, number, present, text, time, unique } from '../text/reading';
import type { Principal, Remote, Threat } from './particulars';
import { callOf, keysOf, merged, serviceOf } from './threat';

export function threatOfOcsf(finding: Json): Threat {
  const evidences = list(finding.evidences);
  const info = finding.finding_info;
  const first = <T>(read: (evidence: unknown) => T | undefined): T | undefined => evidences.map(read).find((value) => value !== undefined);
  const role = first((evidence) => text(at(evidence, 'data', 'resource_role')));
  const direction = first((evidence) => text(at(evidence, 'connection_info', 'direction')))?.toUpperCase();
  // Who calls is the source; what we call is the destination.
  const outward = direction === 'OUTBOUND' || role === 'ACTOR';
  const remoteOf = (evidence: unknown): Remote => {
    const [theirs, other] = outward ? (['dst_endpoint', 'src_endpoint'] as const) : (['src_endpoint', 'dst_endpoint'] as const);
    const endpoint = at(evidence, theirs) ?? at(evidence, other);
    const name = text(at(endpoint, 'uid'));
    return {
      address: text(at(endpoint, 'ip')),
      domain: text(at(evidence, 'query', 'hostname')) ?? text(at(endpoint, 'domain')) ?? text(at(endpoint, 'hostname')) ?? name,
      country: text(at(endpoint, 'location', 'country')),
      network: text(at(endpoint, 'autonomous_system', 'name')) ?? text(at(endpoint, 'location', 'isp')),
    };
  };
  const traits = list(at(info, 'traits'));
  const isSequence = list(at(info, 'types')).some((type) => text(type)?.startsWith('AttackSequence:'));
  const done = text(finding.disposition) ?? text(finding.action);
  const calls = unique(evidences.map((each) => callOf(text(at(each, 'api', 'operation')), text(at(each, 'api', 'service', 'name')))));
  return present({
    direction,
    port: asText(first((evidence) => at(evidence, 'dst_endpoint', 'port'))),
    ports: outward ? [] : unique(evidences.map((evidence) => asText(at(evidence, 'dst_endpoint', 'port')))),
    protocol: first((evidence) => text(at(evidence, 'connection_info', 'protocol_name')))?.toUpperCase(),
    api: first((evidence) => text(at(evidence, 'api', 'operation'))),
    service: serviceOf(first((evidence) => text(at(evidence, 'api', 'service', 'name')))),
    errorCode: first((evidence) => text(at(evidence, 'api', 'response', 'error'))),
    role: role === 'ACTOR' || role === 'TARGET' ? role : undefined,
    principals: merged([...evidences, finding].flatMap(actorOf).concat(list(finding.resources).flatMap(keyOwnerOf))),
    calls: isSequence && calls.length === 0 ? unique(traits.filter(isOfCalls).flatMap(valuesOf)) : calls,
    isSequence: isSequence ? (true as const) : undefined,
    remotes: evidences.map(remoteOf).filter(({ address, domain }) => address || domain),
    blocked: done === undefined ? undefined : /^(?:blocked|denied)$/i.test(done) ? true : /^allowed$/i.test(done) ? false : undefined,
    count: number(finding.count),
    firstAt: time(at(info, 'first_seen_time')) ?? time(at(info, 'first_seen_time_dt')),
    lastAt: time(at(info, 'last_seen_time')) ?? time(at(info, 'last_seen_time_dt')),
    tactics: unique(list(at(info, 'attacks')).map((attack) => text(at(attack, 'tactic', 'name')))),
    techniques: unique(list(at(info, 'attacks')).map((attack) => text(at(attack, 'technique', 'uid')))),
    indicators: unique(traits.map((trait) => text(at(trait, 'name')))),
  });
}

function isOfCalls(trait: unknown): boolean {
  return /^(?:HIGH_RISK|SENSITIVE)_API$/.test(text(at(trait, 'name')) ?? '');
}

function valuesOf(trait: unknown): string[] {
  return list(at(trait, 'values')).flatMap((value) => text(value) ?? []);
}

function actorOf(holder: unknown): Principal[] {
  const user = at(holder, 'actor', 'user');
  const mfa = at(holder, 'actor', 'session', 'is_mfa');
  const name = text(at(user, 'name'));
  const keys = keysOf(text(at(user, 'credential_uid')), text(at(holder, 'actor', 'session', 'credential_uid')));
  return name ? [{ name, kind: text(at(user, 'type')), mfa: typeof mfa === 'boolean' ? mfa : undefined, keys }] : [];
}

/** Captured events name the user beside the key. */
function keyOwnerOf(resource: unknown): Principal[] {
  const name = text(at(resource, 'data', 'user_name')) ?? text(at(resource, 'user', 'name'));
  const keys = keysOf(text(at(resource, 'uid')), text(at(resource, 'name')), text(at(resource, 'data', 'access_key_id')));
  return name ? [{ name, kind: text(at(resource, 'data', 'user_type')) ?? text(at(resource, 'user', 'type')), keys }] : [];
}

function asText(value: unknown): string | undefined {
  const n = number(value);
  return n === undefined ? text(value) : String(n);
}

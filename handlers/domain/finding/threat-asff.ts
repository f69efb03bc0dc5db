/**
 * What GuardDuty says of a threat in ASFF: flattened under `aws/guardduty/service/` in ProductFields, of an attack sequence in
 * `Detection.Sequence`, and whose keys were used among the resources.
 * https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html
 */
import { at, type Json, list, number, object, present, text, time, unique } from '../text/reading';
import type { Principal, Remote, Threat } from './particulars';
import { callOf, keysOf, merged, serviceOf } from './threat';

const PREFIX = 'aws/guardduty/service/';

export function threatOfAsff(finding: Json): Threat {
  const service = Object.entries(object(finding.ProductFields)).flatMap(([name, value]): [string, string][] => {
    const said = text(value);
    return said && name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), said]] : [];
  });
  const all = (path: RegExp) => service.filter(([name]) => path.test(name)).map(([, value]) => value);
  const one = (path: RegExp) => all(path)[0];
  const sequence = at(finding, 'Detection', 'Sequence');
  const direction = one(/\/connectionDirection$/);
  const ours = direction === 'OUTBOUND' ? 'remotePortDetails' : 'localPortDetails';
  const api = one(/\/awsApiCallAction\/api$/);
  const remote: Remote = {
    address: one(/\/remoteIpDetails\/ipAddressV[46]$/),
    domain: one(/\/dnsRequestAction\/domain$/) ?? one(/\/domainDetails\/domain$/),
    country: one(/\/remoteIpDetails\/country\/countryName$/) ?? text(at(remoteOfAction(finding.Action), 'Country', 'CountryName')),
    network: one(/\/remoteIpDetails\/organization\/(?:asnOrg|org)$/),
  };
  const blocked = one(/\/blocked$/);
  return present({
    actionType: one(/^action\/actionType$/),
    direction,
    port: one(new RegExp(`/${ours}/port$`)),
    portName: one(new RegExp(`/${ours}/portName$`)),
    ports: unique([...all(/\/portProbeDetails\.\d+_\/localPortDetails\/port$/), ...probedPorts(finding.Action)]),
    protocol: one(/\/protocol$/),
    api,
    service: serviceOf(one(/\/awsApiCallAction\/serviceName$/)),
    errorCode: one(/\/awsApiCallAction\/errorCode$/),
    role: roleOf(one(/^resourceRole$/)),
    principals: merged([...principalsOf(finding), ...list(at(sequence, 'Actors')).flatMap(actorOf)]),
    ...(sequence
      ? callsOf(sequence)
      : { calls: unique([callOf(api, one(/\/awsApiCallAction\/serviceName$/)), ...all(/^additionalInfo\/apiCalls\.\d+_\/name$/)]) }),
    isSequence: sequence ? (true as const) : undefined,
    remotes: [remote, ...list(at(sequence, 'Endpoints')).map(endpointOf)].filter(({ address, domain }) => address || domain),
    lists: unique([...all(/threatListName$/), ...all(/threatNames?(?:\.\d+_)?$/)]),
    blocked: blocked === undefined ? undefined : blocked === 'true',
    count: Number(one(/^count$/)) || undefined,
    firstAt: time(one(/^eventFirstSeen$/)),
    lastAt: time(one(/^eventLastSeen$/)),
    tactics: indicated(sequence, 'ATTACK_TACTIC'),
    techniques: indicated(sequence, 'ATTACK_TECHNIQUE'),
    policy: policyOf(service),
    indicators: indicatorsOf(sequence).flatMap((each) => text(at(each, 'Key')) ?? []),
  });
}

/** The same stands in an object of ASFF's own, at times with more. */
function remoteOfAction(action: unknown): unknown {
  const [probe] = list(at(action, 'PortProbeAction', 'PortProbeDetails'));
  const its = [at(action, 'NetworkConnectionAction'), at(action, 'AwsApiCallAction'), probe];
  return its.map((each) => at(each, 'RemoteIpDetails')).find((remote) => remote !== undefined);
}

function probedPorts(action: unknown): string[] {
  return list(at(action, 'PortProbeAction', 'PortProbeDetails')).flatMap((probe) => {
    const port = number(at(probe, 'LocalPortDetails', 'Port'));
    return port === undefined ? [] : [String(port)];
  });
}

/** Stealth:IAMUser/PasswordPolicyChange names every setting, before and after. */
function policyOf(service: readonly [string, string][]): Threat['policy'] {
  const under = (which: string) => {
    const prefix = `additionalInfo/${which}/`;
    return Object.fromEntries(
      service.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
    );
  };
  const [now, before] = [under('newPolicy'), under('oldPolicy')];
  return Object.keys(now).length > 0 ? { now, before } : undefined;
}

function roleOf(role: string | undefined): Threat['role'] {
  return role === 'ACTOR' || role === 'TARGET' ? role : undefined;
}

function principalsOf(finding: Json): Principal[] {
  return list(finding.Resources).flatMap((resource) => {
    const key = at(resource, 'Details', 'AwsIamAccessKey');
    const name = text(at(key, 'PrincipalName')) ?? text(at(key, 'UserName'));
    return name
      ? [{ name, kind: text(at(key, 'PrincipalType')), keys: keysOf(text(at(resource, 'Id')), text(at(key, 'AccessKeyId'))) }]
      : [];
  });
}

/** AWS's page spells the status `MfAStatus` once, its API `MfaStatus`. */
function actorOf(actor: unknown): Principal[] {
  const name = text(at(actor, 'User', 'Name'));
  const mfa = text(at(actor, 'Session', 'MfaStatus')) ?? text(at(actor, 'Session', 'MfAStatus'));
  const used = mfa === 'ENABLED' ? true : mfa === 'DISABLED' ? false : undefined;
  return name ? [{ name, kind: text(at(actor, 'User', 'Type')), mfa: used, keys: keysOf(text(at(actor, 'User', 'CredentialUid'))) }] : [];
}

function endpointOf(endpoint: unknown): Remote {
  return {
    address: text(at(endpoint, 'Ip')),
    domain: text(at(endpoint, 'Domain')),
    country: text(at(endpoint, 'Location', 'Country')),
    network: text(at(endpoint, 'AutonomousSystem', 'Name')),
  };
}

function indicatorsOf(sequence: unknown): unknown[] {
  return list(at(sequence, 'SequenceIndicators'));
}

function indicated(sequence: unknown, key: string): string[] {
  const its = indicatorsOf(sequence).filter((each) => text(at(each, 'Key')) === key);
  return unique(its.flatMap((each) => list(at(each, 'Values')).flatMap((value) => text(value) ?? [])));
}

/** Activities in the order in which they were first seen, where each says when; else what the indicators name, which is a set. */
function callsOf(sequence: unknown): Pick<Threat, 'calls' | 'inOrder'> {
  const seen = (signal: unknown) => number(at(signal, 'FirstSeenAt'));
  const signals = list(at(sequence, 'Signals'))
    .filter((signal) => /^(?:CLOUD_TRAIL|S3_DATA_EVENTS)$/.test(text(at(signal, 'Type')) ?? ''))
    .sort((a, b) => (seen(a) ?? 0) - (seen(b) ?? 0));
  const named = unique(signals.map((signal) => text(at(signal, 'Name')) ?? text(at(signal, 'Title'))));
  if (named.length === 0) return { calls: unique([...indicated(sequence, 'HIGH_RISK_API'), ...indicated(sequence, 'SENSITIVE_API')]) };
  return { calls: named, ...(signals.every((signal) => seen(signal) !== undefined) ? { inOrder: true as const } : {}) };
}

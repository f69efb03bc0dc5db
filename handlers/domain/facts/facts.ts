/** The facts of a finding, by its kind: what a person needs to know to decide whether to get up. */
import type { Finding } from '../finding/finding';
import type { Access, Exposure, Reach, SensitiveData } from '../finding/particulars';
import { STATUS_REASONS } from '../finding/status-reasons';
import { entryOf, unique } from '../text/reading';
import { code, type Fact, fact, few, MOST_FACTS, plain, tail, term, word } from './fact';
import { threatFacts } from './threat';
import { vulnerabilityFacts } from './vulnerability';

const NAMED = 3;
/** By what an attacker acts: named before what it touched. */
const ACTING = /^AwsIam(?:AccessKey|User|Role)$|^AwsEc2Instance$/;
/** A finding of ASFF has at most 32 resources. */
const MOST_BESIDE = 32;

export function factsOf(finding: Finding): Fact[] {
  return [...ofKind(finding), ...alsoOf(finding)].slice(0, MOST_FACTS);
}

function ofKind(finding: Finding): Fact[] {
  const { particulars } = finding;
  switch (finding.kind) {
    case 'guardduty':
      return threatFacts(finding);
    case 'macie':
      return particulars.data ? dataFacts(particulars.data) : [];
    case 'access-analyzer':
      return particulars.access ? accessFacts(particulars.access) : [];
    case 'exposure':
      return particulars.exposure ? exposureFacts(particulars.exposure) : [];
    case 'control':
      return controlFacts(finding);
    default:
      return [...(particulars.reach ? reachFacts(particulars.reach) : []), ...vulnerabilityFacts(finding)];
  }
}

function dataFacts({ object, kinds = [], public: isPublic, shared, encrypted, encryption }: SensitiveData): Fact[] {
  const held = kinds.slice(0, NAMED).map(({ name, count }) => [plain(count === undefined ? undefined : `${count} ×`), term(name)]);
  return [
    ...fact('object', [[object === undefined ? undefined : { code: tail(object) }]], 1),
    ...fact('holds', [...held, [kinds.length > NAMED && { more: kinds.length - NAMED }]], 1),
    ...fact(
      'access',
      [
        isPublic === undefined ? undefined : [word(isPublic ? 'public' : 'not-public')],
        shared && [word('shared')],
        encrypted === undefined
          ? undefined
          : [word(encrypted ? 'encrypted' : 'not-encrypted'), encryption ? plain(`(${encryption})`) : undefined],
      ],
      isPublic === undefined ? 0 : 1,
    ),
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html */
function accessFacts({ principal, principalKind, actions = [], condition, public: isPublic }: Access): Fact[] {
  const account = /^\d{12}$/.test(principal ?? '');
  const none = /^none$/i.test(condition ?? '');
  return [
    ...fact(
      'who',
      [[isPublic ? word('anyone') : account ? word('aws-account') : term(principalKind), isPublic ? undefined : code(principal)]],
      1,
    ),
    ...fact('may', [few(actions, NAMED, code, ',')], 1),
    ...fact('access', [condition === undefined ? undefined : none ? [word('no-condition')] : [word('under-condition'), code(condition)]]),
  ];
}

/** The way in first, since that decides; a category with what of it is named first: traits, else the findings that it comes from; and where, if that is not the exposed resource. */
function exposureFacts({ traits = [], impact, likelihood, weaknesses = [] }: Exposure): Fact[] {
  return [
    ...fact(
      'causes',
      [...traits.filter(isWayIn), ...traits.filter((trait) => !isWayIn(trait))].map(({ category, names, titles, on }) => [
        term(`${category}:`),
        ...few(names.length > 0 ? names : titles, 2, term, ','),
        ...few(on, 1, (name) => code(tail(name))),
      ]),
      1,
    ),
    ...fact(
      'weaknesses',
      [
        ...weaknesses.slice(0, NAMED).map((its) => [code(its.id), plain(its.package), its.exploit && word('exploit-known')]),
        [weaknesses.length > NAMED && { more: weaknesses.length - NAMED }],
      ],
      1,
    ),
    ...fact('odds', [
      impact !== undefined && [word('impact'), term(impact)],
      likelihood !== undefined && [word('likelihood'), term(likelihood)],
    ]),
  ];
}

function isWayIn({ category }: { category: string }): boolean {
  return /^Reachability$/i.test(category);
}

function reachFacts({ from, firstPort, lastPort, protocol }: Reach): Fact[] {
  const ports = firstPort === lastPort ? String(firstPort) : `${firstPort}–${lastPort}`;
  return [...fact('open', [[plain(protocol), plain(ports)]], 1), ...fact('from', [[term(from)]], 1)];
}

/** What the check compared with, and why it says that it failed. Whose resource it is stands with the resource. */
function controlFacts({ particulars: { parameters = {}, statusReasons = [] } }: Finding): Fact[] {
  const failed = statusReasons.filter((reason) => entryOf(STATUS_REASONS, reason)?.compliance === 'FAILED');
  const values = Object.entries(parameters).filter(([, value]) => value !== '');
  return [
    ...fact(
      'because',
      failed.slice(0, 2).map((reason) => [{ reason }]),
      1,
    ),
    ...fact('parameters', [
      ...values.slice(0, NAMED).map(([name, value]) => [code(name), plain('='), plain(value)]),
      [values.length > NAMED && { more: values.length - NAMED }],
    ]),
  ];
}

/**
 * Every other resource of the finding, but for what is named already: an object of Macie's, the key of a user who is. Of nothing where
 * that is all of them, so that a message counts none.
 */
function alsoOf({ resources: [first, ...others], particulars: { data, threat } }: Finding): Fact[] {
  const known = new Set([first.name, ...(threat?.principals ?? []).flatMap(({ name, keys = [] }) => [name, ...keys])]);
  const isObject = (name: string) => data?.object === name || data?.object?.endsWith(`/${name}`);
  const sorted = [...others].sort((a, b) => Number(ACTING.test(b.type)) - Number(ACTING.test(a.type)));
  const named = unique(sorted.map(({ name }) => name)).filter((name) => !known.has(name) && !isObject(name));
  if (others.length > 0 && named.length === 0) return [{ label: 'also', groups: [] }];
  return fact('also', [few(named, MOST_BESIDE, (name) => ({ code: tail(name) }))]);
}

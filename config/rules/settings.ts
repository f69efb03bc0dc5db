/** What must hold of settings.yaml beyond its shape, and between it and routes.yaml. */
import { suggestion } from '../nearest';
import { partitionOf } from '../partitions';
import type { Fault } from '../mistake';
import { texts, valueAt } from '../path';
import { productFault, unlistedProducts } from '../products';
import { checkAllTo, checkToken } from '../routing/rules/addresses';
import { checkOwnersUsed } from '../routing/rules/owners';
import { admittedBy } from '../routing/severity';
import type { RoutesTree } from '../routing/tree';
import { severitiesBelow } from '../severities';
import { checkBudget } from './budget';
import { checkEnablement } from './enablement';
import { routesFault, settingsFault } from './fault';
import { checkFunctions } from './functions';
import { checkKeys } from './keys';
import { checkLists } from './lists';
import { checkModel } from './model';
import { checkNetwork } from './network';
import { portalFault } from './portal';
import { checkRegions } from './regions';

export function checkSettings(raw: unknown): Fault[] {
  return [
    ...checkAccounts(raw),
    ...checkRegions(raw),
    ...checkEnablement(raw),
    ...checkTimeZone(raw),
    ...checkModel(raw),
    ...checkBudget(raw),
    ...checkTrust(raw),
    ...checkPortal(raw),
    ...checkTopic(raw),
    ...checkFunctions(raw),
    ...checkKeys(raw),
    ...checkNetwork(raw),
    ...checkLists(raw),
  ];
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html */
function checkAccounts(raw: unknown): Fault[] {
  const account = valueAt(raw, ['organization', 'securityAccount']);
  if (typeof account !== 'string' || account === '' || account !== valueAt(raw, ['organization', 'managementAccount'])) return [];
  const message =
    'the security account must be another one than the management account, which Organizations registers as no delegated administrator';
  const remedy = 'Write the id of the account that is, or becomes, the delegated administrator of Security Hub.';
  return [settingsFault('account-twice', ['organization', 'securityAccount'], message, remedy)];
}

function checkTimeZone(raw: unknown): Fault[] {
  const zone = valueAt(raw, ['timeZone']);
  if (typeof zone !== 'string') return [];
  const known = knownZone(zone);
  if (known !== undefined && isWritten(zone)) return [];
  if (known !== undefined) {
    const message = `"${zone}" is not the IANA name of a time zone: abbreviations mean several, and Application Auto Scaling knows none`;
    return [settingsFault('time-zone', ['timeZone'], message, `Write ${known}, or the place that is meant.`)];
  }
  const remedy = suggestion(zone, Intl.supportedValuesOf('timeZone'), 'Write for example Asia/Tokyo: a zone is given by its IANA name.');
  return [settingsFault('time-zone', ['timeZone'], `"${zone}" is not a time zone`, remedy)];
}

/** Places are written with their capitals. */
function isWritten(zone: string): boolean {
  return /^[A-Z]\w*\//.test(zone) || zone === 'UTC';
}

/** What the name stands for; undefined where it is none. */
function knownZone(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function checkTrust(raw: unknown): Fault[] {
  const trusted = texts(valueAt(raw, ['trustText']));
  const strangers = trusted.flatMap((product, index) => {
    const stranger = product.includes('/') ? productFault(product, unlistedProducts(raw)) : undefined;
    return stranger ? [settingsFault('trust-unknown', ['trustText', index], stranger.message, stranger.remedy)] : [];
  });
  return [...strangers, ...(trusted.length > 0 ? checkJudged(raw) : [])];
}

/** Whoever writes such a text may try to write the model's answer with it, and the gate does not see what is meant. */
function checkJudged(raw: unknown): Fault[] {
  const judge = valueAt(raw, ['model', 'judge']);
  if (valueAt(raw, ['model', 'enabled']) === false || (judge !== 'off' && judge !== 'shadow')) return [];
  const message = `"${judge}": trustText gives words of importers to the model, and nobody would judge what it makes of them`;
  return [settingsFault('trust-unjudged', ['model', 'judge'], message, 'Write on, or leave trustText empty.')];
}

function checkPortal(raw: unknown): Fault[] {
  const address = valueAt(raw, ['accessPortal']);
  const wrong = typeof address === 'string' ? portalFault(address) : undefined;
  return wrong ? [settingsFault('portal-address', ['accessPortal'], wrong.message, wrong.remedy)] : [];
}

/** An alarm names topics of its own Region only. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function checkTopic(raw: unknown): Fault[] {
  const topic = valueAt(raw, ['alarms', 'topicArn']);
  const home = valueAt(raw, ['regions', 'home']);
  const [, partition, region, account, name] = /^arn:([a-z-]+):sns:([a-z0-9-]+):(\d{12}):(.+)$/.exec(String(topic)) ?? [];
  if (typeof home !== 'string' || partition === undefined || region === undefined) return [];
  const wanted = partitionOf(home);
  if (region === home && (partition === wanted || wanted === 'aws-iso')) return [];
  const message = `this topic is in ${region} of ${partition}, and alarms can only publish in their own Region, which is ${home}`;
  const written = wanted === 'aws-iso' ? partition : wanted;
  const remedy = `Write arn:${written}:sns:${home}:${account}:${name} once that topic is there, or leave topicArn out and name alarms.emails.`;
  return [settingsFault('topic-region', ['alarms', 'topicArn'], message, remedy)];
}

/** A root that passes over a severity that is told, and a token that is missing. */
export function checkAcross(settings: unknown, tree: RoutesTree): Fault[] {
  return [
    ...checkToken(settings, tree),
    ...checkAllTo(settings, tree),
    ...checkRootMinimum(tree, admittedBy(settings)),
    ...checkOwnersUsed(settings, tree),
  ];
}

function checkRootMinimum(tree: RoutesTree, admitted: string[]): Fault[] {
  const name = tree.root?.receiver;
  const minimum = name === undefined ? undefined : tree.receivers.get(name)?.minimumSeverity;
  if (name === undefined || minimum === undefined) return [];
  const below = severitiesBelow(minimum).filter((severity) => admitted.includes(severity));
  if (below.length === 0) return [];
  const message = `"${name}" is the root’s receiver and takes ${minimum} and above, but settings.yaml admits ${below.join(', ')}: those would be unrouted`;
  const remedy = `Write ${below[0]}, or give the root another receiver.`;
  return [routesFault('root-minimum', ['receivers', name, 'minimumSeverity'], message, remedy)];
}

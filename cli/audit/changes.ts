/** What differs between two deployments. What no list here names is found by comparing all else: nothing is passed over. */
import { routeName } from '../../config/routing/walk';
import type { RouteInput } from '../../config/schema';
import type { Change, ChangeKind, Deployed } from './audited';
import { sayIn, termText } from './answers/answer';
import { others, shown, uniquely } from './others';
import { conditionText, type Right } from './rights';
import { routesBelow } from './units';
import { versionOf } from './version';

/**
 * @property role of a statement.
 * @property also other resources that say it.
 */
type Told = { of: string; says: string; anchor?: string; also?: string[]; role?: string };
/** And which resources it is of, in both deployments. */
type Found = Change & { touched: string[] };

/** @param commit of what stood before, where its synth could not know it: it had no history. */
export function changesBetween(before: Deployed, after: Deployed, commit?: string): Change[] {
  const told = [
    ...differing('rights', ...unlike(rights(before), rights(after))),
    ...differing('access', access(before), access(after)),
    ...differing('egress', egress(before), egress(after)),
    ...differing('encryption', keys(before), keys(after)),
    ...differing('retention', retention(before), retention(after)),
    ...differing('alarms', alarms(before), alarms(after)),
    ...differing('routes', routes(before), routes(after)),
  ];
  return [
    ...told.map(({ touched: _touched, ...change }) => change),
    ...others(before, after, new Set(told.flatMap(({ touched }) => touched))),
    ...differing('code', versions(before, commit), versions(after)).map(({ touched: _touched, ...change }) => change),
  ];
}

function differing(kind: ChangeKind, before: readonly Told[], after: readonly Told[]): Found[] {
  const [was, is] = [before, after].map((each) => uniquely(each, ({ of }) => of)) as [Map<string, Told>, Map<string, Told>];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((of): Found[] => {
    const [old, now] = [was.get(of), is.get(of)];
    if (old?.says === now?.says) return [];
    const touched = [old, now].flatMap((each) => [each?.anchor ?? [], each?.also ?? []].flat());
    return [{ kind, of, before: old?.says ?? '', after: now?.says ?? '', anchor: now?.anchor, touched }];
  });
}

/** Statements are the same by what they say: their Sid counts them, so that one more gives others new ones. */
function unlike(before: readonly Told[], after: readonly Told[]): [Told[], Told[]] {
  const key = ({ role, says }: Told) => `${role} ${says}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  const alone = (these: readonly Told[], others: Set<string>) => these.filter((each) => each.role === undefined || !others.has(key(each)));
  return [alone(before, is), alone(after, was)];
}

/** What differs in the code itself is not looked at. */
function versions({ resources, stacks }: Deployed, commit?: string): Told[] {
  const places = new Map(stacks.map(({ name, place }) => [name, place]));
  return resources.flatMap(({ type, name, stack, body, anchor }) => {
    const version = versionOf({ type, body });
    if (!version) return [];
    const says = `${commit?.slice(0, 7) ?? version.code}, configuration ${version.hash}`;
    return [{ of: `${places.get(stack)} · ${name}`, says, anchor }];
  });
}

function rights({ roles }: Deployed): Told[] {
  return roles.flatMap(({ name, place, rights: its, trusts, managed, anchor, policies: also }) => {
    const role = `${place} · ${name}`;
    const each = its.map((right, index) => ({ of: `${role} · ${right.sid || index}`, says: rightText(right), anchor, also, role }));
    return [
      { of: `${role} · trusts`, says: trusts.join('; '), anchor },
      ...(managed.length > 0 ? [{ of: `${role} · managed policies`, says: managed.join(', '), anchor }] : []),
      ...each,
    ];
  });
}

export function rightText({ effect, actions, resources, conditions }: Right): string {
  const on = resources.map(({ text }) => text).sort();
  const when = conditions.map(conditionText).sort();
  return `${effect} ${[...actions].sort().join(', ')} on ${on.join(', ')}${when.length > 0 ? ` if ${when.join(' and ')}` : ''}`;
}

function access({ letIn }: Deployed): Told[] {
  const byResource = new Map<string, Told>();
  for (const { of, effect, who, actions, conditions, anchor } of letIn) {
    const key = `${of} · ${who} · ${effect}`;
    const when = conditions.map(conditionText).sort();
    const says = `${[...actions].sort().join(', ')}${when.length > 0 ? ` if ${when.join(' and ')}` : ''}`;
    const known = byResource.get(key);
    byResource.set(key, { of: key, says: known ? `${known.says}; ${says}` : says, anchor });
  }
  return [...byResource.values()];
}

function egress({ ways, openings, slack, model, hearers }: Deployed): Told[] {
  const calls = (each: Deployed['ways'][number]) => each.calls.map(({ service, by }) => `${service} by ${by}`).join(', ');
  return [
    ...ways.map((way) => ({
      of: `${way.place} · ${way.name}`,
      says: [way.network, calls(way), ...way.egress].filter(Boolean).join('; '),
      anchor: way.anchor,
    })),
    ...openings.map(({ anchor, type, name }) => ({ of: `${type} ${name}`, says: 'is there', anchor })),
    { of: 'Slack', says: slack.address, anchor: slack.anchor },
    { of: 'the model', says: model.enabled ? `${model.profiles.join(', ')} in ${model.regions.join(', ')}` : 'off' },
    { of: 'third-party products whose words the model reads', says: model.trustText.join(', ') },
    ...hearers.map(({ topic, protocol, endpoint, anchor }) => ({ of: `${topic} → ${endpoint}`, says: protocol, anchor })),
  ];
}

function keys({ kept }: Deployed): Told[] {
  return kept.map(({ place, name, kind, key, anchor }) => ({ of: `${place} · ${kind} ${name}`, says: key.text, anchor }));
}

function retention({ kept }: Deployed): Told[] {
  return kept.map(({ place, name, kind, seconds, until, removal, anchor }) => ({
    of: `${place} · ${kind} ${name}`,
    says: `${seconds === undefined ? until : termText(seconds, sayIn('en'))}; with the stack: ${removal}`,
    anchor,
  }));
}

function alarms({ alarms: all }: Deployed): Told[] {
  return all.map(({ name, rings, missing, tells, anchor }) => ({
    of: name,
    says: `${rings}; missing data: ${missing}; tells ${tells.join(', ') || 'nobody'}`,
    anchor,
  }));
}

function routes({ units, mutes, slack, severities, configuration }: Deployed): Told[] {
  const receivers = slack.receivers.map(({ name, address, language, minimumSeverity, mentions }) => {
    const whom = Object.entries(mentions).map(([severity, ids]) => `${severity} mentions ${ids.join(', ')}`);
    return {
      of: `receiver ${name}`,
      says: [address, language, minimumSeverity && `${minimumSeverity} and above`, ...whom].filter(Boolean).join('; '),
    };
  });
  const told = units.flatMap(({ path, told: by, also }) => {
    const of = ['Root', ...path].join('/');
    const special = also.map(({ asks, receiver, mute }) => `${asks} → ${mute ? 'muted' : receiver}`);
    return [
      ...by.map(({ severity, receivers: who, muted }) => ({ of: `${of} · ${severity}`, says: muted ? 'muted' : who.join(', ') })),
      { of: `${of} · beside that`, says: special.join('; ') },
    ];
  });
  const muted = mutes.map(({ route, reason, until, ended }) => ({
    of: `mute ${route}`,
    says: `${reason}; ${ended ? 'ended with' : 'until'} ${until ?? 'no end'}`,
  }));
  return [
    ...receivers,
    ...told,
    ...muted,
    { of: 'severities that are told', says: severities.join(', ') },
    ...written(configuration.routes.route as RouteInput),
  ];
}

/** Each route as it stands in routes.yaml, and in which order those below it are tried. */
function written(root: RouteInput): Told[] {
  return [{ route: root, path: 'root' }, ...routesBelow(root)].map(({ route: { routes: below = [], ...route }, path }) => ({
    of: `route ${path}`,
    says: [shown(route), ...(below.length > 0 ? [`then ${below.map(routeName).join(', ')}`] : [])].join('; '),
  }));
}

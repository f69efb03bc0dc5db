/** The tree of routes as people read it: who is told of what, one route a line. */
import type { Config, Receiver, RouteInput } from '../../config/schema';
import { addressOf } from '../../config/routing/address';
import { matchText } from '../../config/routing/match';
import { muteEnded, routeName } from '../../config/routing/walk';
import { type Column, type Paint, table } from './columns';

interface Context {
  config: Config;
  now: number;
  paint: Paint;
}

/** @param now epoch milliseconds, which tell whether a mute has ended. */
export function renderTree(config: Config, now: number, { paint, width }: { paint: Paint; width: number }): string {
  const context = { config, now, paint };
  const dim = (text: string) => paint('dim', text);
  const header = ['Route', 'Receiver', 'Channel', 'Language', ''].map((text): Column => ({ text, paint: dim }));
  const tree = table([header, ...rowsOf(context, config.routes.route, { own: '', below: '' }, undefined)], width);
  const owners = Object.entries(config.routes.owners ?? {}).map(([name, { mention, severities }]) => [
    { text: name, paint: (text: string) => paint('bold', text) },
    plain([mention].flat().join(', ')),
    noteColumn([`mentioned for ${severities.join(', ')}`], paint),
  ]);
  const head = ['Owner', 'Slack', ''].map((text): Column => ({ text, paint: dim }));
  return [...tree, ...(owners.length > 0 ? ['', ...table([head, ...owners], width)] : [])].join('\n');
}

function rowsOf(context: Context, route: RouteInput, lead: { own: string; below: string }, heir: string | undefined): Column[][] {
  const name = route.receiver ?? heir;
  const children = route.routes ?? [];
  const below = children.flatMap((child, index) => {
    const last = index === children.length - 1;
    return rowsOf(context, child, { own: `${lead.below}${last ? '└─ ' : '├─ '}`, below: `${lead.below}${last ? '   ' : '│  '}` }, name);
  });
  const label: Column = {
    text: lead.own + labelOf(route, heir === undefined),
    hang: `${lead.below}${children.length > 0 ? '│ ' : '  '}`,
    paint: (text) => context.paint('bold', text),
  };
  return [[label, ...(route.mute ? muteColumns(context, route) : receiverColumns(context, route, name))], ...below];
}

function labelOf(route: RouteInput, isRoot: boolean): string {
  if (isRoot) return 'root';
  const match = matchText(route.match);
  return route.name === undefined || match === '' ? routeName(route) : `${route.name} (${match})`;
}

function muteColumns({ now, paint }: Context, { mute, continue: more }: RouteInput): Column[] {
  const until = mute?.until;
  const ended = until !== undefined && muteEnded(until, now);
  const term = until === undefined ? '' : ended ? `ended with ${until}, so this route is passed over` : `until ${until}`;
  const notes = [[term, mute?.reason].filter(Boolean).join(': '), more ? 'then tries the next' : ''];
  return [
    { text: ended ? 'no longer muted' : 'muted', paint: (text) => paint(ended ? 'dim' : 'yellow', text) },
    plain(''),
    plain(''),
    noteColumn(notes, paint),
  ];
}

function receiverColumns({ config, paint }: Context, route: RouteInput, name: string | undefined): Column[] {
  const receiver: Receiver | undefined = config.routes.receivers[name ?? ''];
  const mentions = Object.entries(receiver?.mentions ?? {}).map(([severity, ids]) => `${severity} mentions ${ids.join(', ')}`);
  const notes = [
    route.receiver === undefined ? 'inherited' : '',
    route.continue ? 'then tries the next' : '',
    receiver?.minimumSeverity ? `${receiver.minimumSeverity} and above` : '',
    ...mentions,
    receiver?.mentionOwners === false ? 'mentions no owners' : '',
    receiver?.securityAccountAccess ? 'has access to the security account' : '',
  ];
  return [
    { text: `→ ${name ?? 'nobody'}`, paint: (text) => paint(route.receiver === undefined ? 'dim' : 'green', text) },
    plain(receiver ? addressOf(receiver) : ''),
    plain(receiver?.language ?? config.settings.language),
    noteColumn(notes, paint),
  ];
}

function noteColumn(notes: string[], paint: Paint): Column {
  return { text: notes.filter(Boolean).join('; '), paint: (text) => paint('dim', text) };
}

function plain(text: string): Column {
  return { text };
}

/** Where receivers are reached: each by exactly one address, and by a token where one is needed. */
import type { Fault } from '../../mistake';
import { suggestion } from '../../nearest';
import { valueAt } from '../../path';
import type { ReceiverNode, RoutesTree } from '../tree';
import { routesFault, settingsFault } from '../../rules/fault';

export function checkAddresses(tree: RoutesTree): Fault[] {
  const receivers = [...tree.receivers];
  return receivers.flatMap(([name, receiver], index) => [
    ...checkAddress(name, receiver),
    ...checkTwin(name, receiver, receivers.slice(0, index)),
  ]);
}

function checkAddress(name: string, { keys }: ReceiverNode): Fault[] {
  if (keys === undefined) return [];
  const path = ['receivers', name];
  const channel = keys.includes('channel');
  const webhook = keys.includes('webhookSecret');
  if (channel && webhook) {
    const message = `"${name}" has both a channel and a webhookSecret, and is told through one of them`;
    const remedy = 'Remove it where the bot is in the workspace; where no bot may be, remove the channel.';
    return [{ ...routesFault('receiver-address-twice', [...path, 'webhookSecret'], message, remedy), atKey: true }];
  }
  if (channel || webhook) return [];
  const message = `"${name}" has neither a channel nor a webhookSecret, so nothing can be told to it`;
  const remedy =
    'Give it the id of a Slack channel (channel: C…), or the name of the secret that holds the address of an incoming webhook.';
  return [{ ...routesFault('receiver-address-missing', path, message, remedy), atKey: true }];
}

/**
 * Two receivers may share a channel, and differ in whom they mention or from which severity on. Where they differ in
 * nothing, a problem that both are told of only stands there twice.
 */
function checkTwin(name: string, receiver: ReceiverNode, before: [string, ReceiverNode][]): Fault[] {
  const twin = before.find(([, other]) => receiver.keys !== undefined && receiver.keys.length > 0 && other.text === receiver.text)?.[0];
  if (twin === undefined) return [];
  const message = `"${name}" is "${twin}" once more: the same address, with the same settings`;
  const remedy = `Name "${twin}" in the routes instead, or let the two differ.`;
  return [{ ...routesFault('receiver-twin', ['receivers', name], message, remedy), atKey: true }];
}

/** The token is there where a receiver has a channel, and only there. */
export function checkToken(settings: unknown, tree: RoutesTree): Fault[] {
  const receivers = [...tree.receivers];
  // A file that cannot be read at all is told of elsewhere.
  if (receivers.length === 0 || settings === null || typeof settings !== 'object') return [];
  const allTo = valueAt(settings, ['allTo']);
  const byChannel = typeof allTo === 'string' ? allTo : receivers.find(([, { keys }]) => keys?.includes('channel'))?.[0];
  const secret = valueAt(settings, ['slack', 'tokenSecret']);
  const path = ['slack', 'tokenSecret'];
  if (byChannel !== undefined && secret === undefined) {
    const message = `"${byChannel}"${allTo === undefined ? ' of routes.yaml' : ''} is told in a channel, for which the bot needs its token, and no secret is named that holds it: the name, never the token itself`;
    const remedy = 'Add slack.tokenSecret, for example tokenSecret: "security-hub-interpreter/slack-bot-token".';
    return [settingsFault('token-missing', path, message, remedy)];
  }
  if (byChannel === undefined && secret !== undefined) {
    const message = 'every receiver of routes.yaml is an incoming webhook, so the bot token is used by nobody';
    return [settingsFault('token-unused', path, message, 'Remove it, and delete the secret.')];
  }
  return [];
}

/** One channel in place of everybody's is one that the bot can post to: a webhook's secret belongs to whoever tells through it. */
export function checkAllTo(settings: unknown, { receivers }: RoutesTree): Fault[] {
  const allTo = valueAt(settings, ['allTo']);
  // What is neither an id nor a name is told by the shape.
  if (typeof allTo !== 'string' || receivers.size === 0 || !/^[a-z0-9][a-z0-9-]*$/.test(allTo)) return [];
  const receiver = receivers.get(allTo);
  const path = ['allTo'];
  if (receiver === undefined) {
    const remedy = suggestion(allTo, [...receivers.keys()], 'Write the id of a channel.');
    return [settingsFault('all-to-unknown', path, `"${allTo}" is not the name of a receiver`, remedy)];
  }
  if (!receiver.keys?.includes('webhookSecret')) return [];
  const message = `"${allTo}" is told through an incoming webhook, which has no threads and no updates`;
  return [settingsFault('all-to-webhook', path, message, 'Write for example C0TRIALS001, the id of a channel.')];
}

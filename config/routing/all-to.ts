/** `allTo`: one channel in place of everybody's, for a deployment that only tries things. */
import type { Config } from '../schema';

/** The configuration with every receiver told in that channel, and nobody mentioned; routes and languages stay as they are. */
export function allToOne<C extends Config>(config: C): C {
  const { allTo } = config.settings;
  if (allTo === undefined) return config;
  const { receivers } = config.routes;
  const channel = receivers[allTo]?.channel ?? allTo;
  const replaced = Object.entries(receivers).map(([name, { webhookSecret: _webhook, mentions: _mentions, ...receiver }]) => [
    name,
    { ...receiver, channel },
  ]);
  const { owners: _owners, ...routes } = config.routes;
  return { ...config, routes: { ...routes, receivers: Object.fromEntries(replaced) } };
}

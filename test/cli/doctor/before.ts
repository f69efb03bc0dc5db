/** The organization after `prerequisites` and before the first deployment: the administrator is designated, and that is all. */
import { HOME, healthyWorld, type World } from './world';

export function beforeWorld(): World {
  const world = healthyWorld();
  for (const hub of world.hubs.values()) {
    // What designating the administrator leaves behind.
    Object.assign(hub, { autoEnable: false, generator: 'STANDARD_CONTROL', standards: 'DEFAULT' });
    hub.members.clear();
  }
  world.aggregator = undefined;
  world.stack = undefined;
  world.stackSet = undefined;
  world.findings = [];
  world.queues.clear();
  return world;
}

/** Mode central-configuration: it carries the administrator into the linked Regions by itself, when it begins. */
export function beforeCentralWorld(): World {
  const world = beforeWorld();
  for (const [region, hub] of world.hubs) Object.assign(hub, { on: region === HOME, generator: 'SECURITY_CONTROL' });
  world.delegatedServices = ['securityhub.amazonaws.com'];
  return world;
}

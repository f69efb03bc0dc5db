/** The healthy organization in mode central-configuration. */
import { healthyWorld, type World } from './world';

export function centralWorld(): World {
  const world = healthyWorld();
  for (const each of world.hubs.values()) Object.assign(each, { type: 'CENTRAL', autoEnable: false });
  world.associations = [...world.tree.accounts.keys()].map((target) => ({ target, type: 'ACCOUNT', policy: 'a1b2', status: 'SUCCESS' }));
  world.stackSet = undefined;
  return world;
}

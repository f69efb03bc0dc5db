/** That the files load is proved by being here; what is left to say are their warnings. */
import { check, counted, pass, warn } from '../check';

export const configuration = check({ id: 'configuration', group: 'Configuration', title: 'Files' }, async (context) => {
  const { config, configWarnings, configDir } = context;
  const receivers = counted(Object.keys(config.routes.receivers).length, 'receiver');
  const found = `${configDir} loads: mode ${config.settings.enablement.mode}, ${receivers}`;
  if (configWarnings.length === 0) return pass(found);
  const items = configWarnings.map((line) => ({ line, data: { warning: line } }));
  return warn(`${found}, with ${counted(configWarnings.length, 'warning')}`, { say: 'Each warning says what to do.' }, items);
});

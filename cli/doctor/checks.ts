/** Which checks there are for a configuration, in the order of the report. What does not apply is not listed. */
import type { Config } from '../../config/schema';
import { type Check, GROUPS } from './check';
import { aggregationChecks } from './checks/aggregation';
import { beforeChecks } from './checks/before';
import { configurationChecks } from './checks/configuration';
import { awsConfigChecks, coverageChecks } from './checks/coverage';
import { consolidatedChecks, hubChecks } from './checks/hub';
import { markingChecks } from './checks/marking';
import { modelChecks } from './checks/model';
import { modelAccessChecks } from './checks/model-access';
import { organizationChecks } from './checks/organization';
import { productChecks } from './checks/products';
import { recorderChecks } from './checks/recorders';
import { routesChecks, targetChecks } from './checks/routes';
import { silenceChecks } from './checks/silence';
import { slackChecks } from './checks/slack';
import { stackSetChecks } from './checks/stack-set';
import { systemChecks } from './checks/system';
import { webhookChecks } from './checks/webhooks';

/** @param before whether the first deployment is still to come: nothing is asked then of what it will make. */
export function checksFor(config: Config, before = false): Check[] {
  const checks = before ? beforeDeployment(config) : afterDeployment(config);
  return GROUPS.flatMap((group) => checks.filter((check) => check.group === group));
}

function afterDeployment({ settings, routes }: Config): Check[] {
  const { mode } = settings.enablement;
  return [
    ...configurationChecks,
    ...organizationChecks(mode),
    ...hubChecks,
    ...aggregationChecks(mode),
    ...(mode === 'none' ? [] : targetChecks),
    ...(mode === 'stack-sets' ? stackSetChecks : []),
    ...coverageChecks,
    ...silenceChecks,
    ...messageChecks({ settings, routes }),
    ...systemChecks,
    ...(settings.writeBack ? markingChecks : []),
  ];
}

function beforeDeployment({ settings, routes }: Config): Check[] {
  const { mode } = settings.enablement;
  return [
    ...configurationChecks,
    ...organizationChecks(mode),
    ...beforeChecks(mode),
    ...(mode === 'stack-sets' ? [] : consolidatedChecks),
    ...(mode === 'none' ? [] : targetChecks),
    ...recorderChecks,
    ...awsConfigChecks,
    ...messageChecks({ settings, routes }),
  ];
}

/** What lies between a finding and its reader. */
function messageChecks({ settings, routes }: Config): Check[] {
  const receivers = Object.values(routes.receivers);
  return [
    ...routesChecks,
    ...productChecks,
    ...(receivers.some(({ channel }) => channel) ? slackChecks : []),
    ...(receivers.some(({ webhookSecret }) => webhookSecret) ? webhookChecks : []),
    ...(settings.model.enabled ? [...modelChecks, ...modelAccessChecks] : []),
  ];
}

/** Which checks there are for a configuration, in the order of the report. What does not apply is not listed. */
import type { Config } from '../../config/schema';
import { type Check, GROUPS } from './check';
import { aggregationChecks } from './checks/aggregation';
import { configurationChecks } from './checks/configuration';
import { coverageChecks } from './checks/coverage';
import { hubChecks } from './checks/hub';
import { modelChecks } from './checks/model';
import { organizationChecks } from './checks/organization';
import { routesChecks, targetChecks } from './checks/routes';
import { silenceChecks } from './checks/silence';
import { slackChecks } from './checks/slack';
import { stackSetChecks } from './checks/stack-set';
import { systemChecks } from './checks/system';
import { webhookChecks } from './checks/webhooks';

export function checksFor({ settings, routes }: Config): Check[] {
  const { mode } = settings.enablement;
  const receivers = Object.values(routes.receivers);
  const checks = [
    ...configurationChecks,
    ...organizationChecks(mode),
    ...hubChecks,
    ...aggregationChecks(mode),
    ...(mode === 'none' ? [] : targetChecks),
    ...(mode === 'stack-sets' ? stackSetChecks : []),
    ...coverageChecks,
    ...silenceChecks,
    ...routesChecks,
    ...(receivers.some(({ channel }) => channel) ? slackChecks : []),
    ...(receivers.some(({ webhookSecret }) => webhookSecret) ? webhookChecks : []),
    ...(settings.model.enabled ? modelChecks : []),
    ...systemChecks,
  ];
  return GROUPS.flatMap((group) => checks.filter((check) => check.group === group));
}

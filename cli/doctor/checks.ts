/** Which checks there are for a configuration, in the order of the report. What does not apply is not listed. */
import type { Config } from '../../config/schema';
import { type Check, GROUPS } from './check';
import { aggregationChecks } from './checks/aggregation';
import { alarmSubscribers } from './checks/alarm-subscribers';
import { alarms } from './checks/alarms';
import { beforeChecks } from './checks/before';
import { configuration } from './checks/configuration';
import { awsConfig, coverageChecks } from './checks/coverage';
import { evaluation } from './checks/evaluation';
import { consolidated, hubChecks } from './checks/hub';
import { marking } from './checks/marking';
import { modelChecks } from './checks/model';
import { modelAccessChecks } from './checks/model-access';
import { modelPriceChecks } from './checks/model-price';
import { networkChecks } from './checks/network';
import { organizationChecks } from './checks/organization';
import { productChecks } from './checks/products';
import { recorders } from './checks/recorders';
import { routesChecks, targets } from './checks/routes';
import { silent } from './checks/silence';
import { slackChecks } from './checks/slack';
import { slackMessages } from './checks/slack-messages';
import { stackSetChecks } from './checks/stack-set';
import { systemChecks } from './checks/system';
import { webhooks } from './checks/webhooks';

export interface Asked {
  /** Whether the first deployment is still to come: nothing is asked then of what it will make. */
  before: boolean;
  /** Whether Slack is to check messages. */
  slack: boolean;
  /** What was measured last of the model, where anything was. */
  measured?: unknown;
}

export function checksFor(config: Config, { before, slack, measured }: Asked): Check[] {
  const bySlack = slack && Object.values(config.routes.receivers).some(({ channel }) => channel) ? [slackMessages] : [];
  const worth = measured !== undefined && config.settings.model.enabled ? [evaluation(measured)] : [];
  const checks = [...(before ? beforeDeployment(config) : afterDeployment(config)), ...worth, ...bySlack];
  return GROUPS.flatMap((group) => checks.filter((check) => check.group === group));
}

function afterDeployment({ settings, routes }: Config): Check[] {
  const { mode } = settings.enablement;
  return [
    configuration,
    ...organizationChecks(mode),
    ...hubChecks,
    ...aggregationChecks(mode),
    ...(mode === 'none' ? [] : [targets]),
    ...(mode === 'stack-sets' ? stackSetChecks : []),
    ...coverageChecks,
    silent,
    ...messageChecks({ settings, routes }),
    ...systemChecks,
    alarms,
    alarmSubscribers,
    ...networkChecks(settings.network),
    ...(settings.writeBack ? [marking] : []),
  ];
}

function beforeDeployment({ settings, routes }: Config): Check[] {
  const { mode } = settings.enablement;
  return [
    configuration,
    ...organizationChecks(mode),
    ...beforeChecks(mode),
    // In mode stack-sets the enroll function does it.
    ...(mode === 'stack-sets' ? [] : [consolidated]),
    ...(mode === 'none' ? [] : [targets]),
    recorders,
    ...networkChecks(settings.network, true),
    // Whoever is a member already reports it, also before this system is there.
    awsConfig,
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
    ...(receivers.some(({ webhookSecret }) => webhookSecret) ? [webhooks] : []),
    ...(settings.model.enabled ? [...modelChecks, ...modelAccessChecks, ...modelPriceChecks] : []),
  ];
}

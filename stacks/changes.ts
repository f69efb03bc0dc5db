/**
 * What AWS deletes, and what stops, when the home Region or the mode changes: nobody should learn it afterwards. Pure.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation-stop.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/stop-central-configuration.html
 */
import type { Recorded } from './recorded';

export interface ChangeWarning {
  /** By which the warning is acknowledged. */
  id: string;
  message: string;
}

type Mode = Recorded['mode'];

/**
 * @param file where the record stands, to be named in the warning.
 * @param stackName the hub stack, as CloudFormation knows it.
 */
export function changeWarnings(now: Recorded, recorded: Recorded | undefined, file: string, stackName: string): ChangeWarning[] {
  if (!recorded || now.organization !== recorded.organization) return [];
  const warnings: ChangeWarning[] = [];
  if (now.home !== recorded.home) {
    const what = `The home Region changes from ${recorded.home} to ${now.home}.`;
    warnings.push(warning('home-region', what, homeChange(now, recorded, stackName), file, 'home', now.home));
  }
  const changes: Partial<Record<Mode, (home: string) => Consequences>> = MODE_CHANGES[recorded.mode];
  const consequences = changes[now.mode]?.(recorded.home);
  if (consequences)
    warnings.push(warning('mode', `The mode changes from ${recorded.mode} to ${now.mode}.`, consequences, file, 'mode', now.mode));
  return warnings;
}

interface Consequences {
  deletes: string;
  todo: string;
}

function warning(
  id: string,
  what: string,
  { deletes, todo }: Consequences,
  file: string,
  key: keyof Recorded,
  value: string,
): ChangeWarning {
  const accept = `To accept the change, and to end this warning: set "${key}" to "${value}" in ${file}, and commit it with the settings.`;
  // A synth writes the record, and cannot know whether a deployment followed.
  const never = `If nothing was ever deployed, nothing ends: delete ${file}.`;
  return {
    id: `security-hub-interpreter:${id}`,
    message: [what, `What ends: ${deletes}`, `What to do: ${todo}`, accept, never].join('\n'),
  };
}

function homeChange(now: Recorded, { home, mode }: Recorded, stackName: string): Consequences {
  const policies =
    mode === 'central-configuration'
      ? ' With the aggregator Security Hub deletes every configuration policy and all their associations; the accounts keep their last settings, and from then on manage themselves.'
      : '';
  const at = `--region ${home}`;
  const arn = `"$(aws securityhub list-finding-aggregators ${at} --query 'FindingAggregators[0].FindingAggregatorArn' --output text)"`;
  return {
    deletes:
      `an account has one finding aggregator, so that of ${home} has to be deleted before ${now.home} can have one. From then on nothing is copied to ${home}; what was copied stays there.${policies}` +
      ` The deployment makes a new stack in ${now.home} with an empty ledger, which tells open problems again; the stack in ${home} stays and tells as well, until it is deleted.`,
    todo: `in the security account, delete the old stack (aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName} ${at}; aws cloudformation delete-stack --stack-name ${stackName} ${at}), then the aggregator (aws securityhub delete-finding-aggregator ${at} --finding-aggregator-arn ${arn}), and deploy: \`npm run hub -- prerequisites\` has what ${now.home} needs before.`,
  };
}

const STACK_SET_GOES =
  'CloudFormation removes the StackSet, and in each member account the stack with its function and role. Security Hub and its standards stay on there.';
const POLICY_REPLACES =
  'a configuration policy replaces the settings of every account below its targets: standards that it does not list are turned off there, and the accounts can no longer change theirs.';
const CENTRAL_FIRST = 'AWS refuses local configuration while a configuration policy exists, and the deployment would fail';

/** By the mode before, then by the mode after. Policies are found in the home Region that was. */
const MODE_CHANGES: { [From in Mode]: { [To in Exclude<Mode, From>]: (home: string) => Consequences } } = {
  'stack-sets': {
    'central-configuration': () => ({
      deletes: `${STACK_SET_GOES} Then ${POLICY_REPLACES} Accounts outside the targets are no longer enrolled, neither at once nor daily.`,
      todo: 'list under enablement.standards every standard that shall stay on, and name in enablement.targets every OU that shall stay covered.',
    }),
    none: () => ({
      deletes: `${STACK_SET_GOES} The function that enrols accounts is removed: an account whose enrolment failed is not tried again. New accounts still get Security Hub, without standards, for the organization’s configuration stays as it is.`,
      todo: 'see that somebody else turns on Security Hub and its standards in new accounts.',
    }),
  },
  'central-configuration': {
    'stack-sets': (home) => ({
      deletes: `central configuration ends: the accounts keep their last settings, and from then on manage themselves. ${CENTRAL_FIRST}.`,
      todo: `before the deployment, in the security account, end each association (aws securityhub list-configuration-policy-associations --region ${home}, then aws securityhub start-configuration-policy-disassociation --region ${home} --configuration-policy-identifier ID --target …), then delete each policy (aws securityhub list-configuration-policies --region ${home}, then aws securityhub delete-configuration-policy --region ${home} --identifier ID).`,
    }),
    none: (home) => ({
      deletes:
        'nothing is deleted. The policy and its associations stay and go on governing the accounts, but what settings.yaml says of targets and standards reaches nobody any longer.',
      todo: `see that somebody else owns the policy now (aws securityhub list-configuration-policies --region ${home}).`,
    }),
  },
  none: {
    'stack-sets': (home) => ({
      deletes: `new accounts no longer get AWS’s default standards by themselves, but those of enablement.standards. Where somebody else uses central configuration: ${CENTRAL_FIRST}.`,
      todo: `see whether it is in use (aws securityhub describe-organization-configuration --region ${home}); if it is, choose mode central-configuration, or end it before.`,
    }),
    'central-configuration': (home) => ({
      deletes: `local configuration, where it is in use, with what it gives to new accounts. Then ${POLICY_REPLACES} A policy that somebody else has associated with one of the targets is replaced there.`,
      todo: `list under enablement.standards every standard that shall stay on, and look for policies of others (aws securityhub list-configuration-policy-associations --region ${home}).`,
    }),
  },
};

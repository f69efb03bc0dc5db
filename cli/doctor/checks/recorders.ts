/** AWS Config in the security account, before anything builds on it. What it does elsewhere only each account knows. */
import { partitionOf } from '../../../config/partitions';
import { check, fail, pass, type Remedy, warn } from '../check';
import type { Context } from '../context';
import type { Recorder } from '../reads/recorders';

export const recorders = check(
  { id: 'aws-config.recorders', group: 'Coverage', title: 'Config recorder', needs: ['caller', 'regions'] },
  async (context) => {
    const { regions, config } = context;
    const found = new Map<string, Recorder[]>();
    for (const region of regions) found.set(region, await context.recorders.inRegion(region));
    const off = regions.filter((region) => !found.get(region)?.some(({ recording }) => recording));
    const failing = regions.flatMap((region) =>
      (found.get(region) ?? []).flatMap(({ name, failure }) => (failure ? [{ region, name, failure }] : [])),
    );
    if (off.length > 0) {
      const { mode, standards } = config.settings.enablement;
      // Where no standard is turned on, GuardDuty and the like are told without it.
      const judge = mode === 'none' || standards.length === 0 ? warn : fail;
      const remedies = off.flatMap((region) => startRecording(context, region, found.get(region)?.[0]));
      return judge(`it does not record in ${off.join(', ')}: controls find nothing without it`, [...remedies, elsewhere(context)]);
    }
    const [first] = failing;
    if (first)
      return warn(`it records, but cannot deliver in ${[...new Set(failing.map(({ region }) => region))].join(', ')}: ${first.failure}`, {
        say: 'See the delivery channel, and whether its bucket and role are there:',
        command: `aws configservice describe-delivery-channel-status --region ${first.region}`,
      });
    return pass(`records in the security account in ${regions.join(', ')}; how to see it in others: docs/deploy.md, step 0`);
  },
);

/** https://docs.aws.amazon.com/config/latest/developerguide/gs-cli.html */
function startRecording({ config }: Context, region: string, stopped: Recorder | undefined): Remedy[] {
  if (stopped)
    return [
      {
        say: `Start it in ${region}:`,
        command: `aws configservice start-configuration-recorder --configuration-recorder-name ${stopped.name} --region ${region}`,
      },
    ];
  const { home } = config.settings.regions;
  const { securityAccount } = config.settings.organization;
  const role = `arn:${partitionOf(home)}:iam::${securityAccount}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  return [
    {
      say: `Turn it on in ${region}; BUCKET takes what AWS Config delivers, and its policy has to let config.amazonaws.com write. Global resources are recorded in the home Region only. The first command is needed once an account:`,
      command: [
        'aws iam create-service-linked-role --aws-service-name config.amazonaws.com',
        `aws configservice put-configuration-recorder --region ${region} --configuration-recorder name=default,roleARN=${role} --recording-group allSupported=true,includeGlobalResourceTypes=${region === home}`,
        `aws configservice put-delivery-channel --region ${region} --delivery-channel name=default,s3BucketName=BUCKET`,
        `aws configservice start-configuration-recorder --configuration-recorder-name default --region ${region}`,
      ].join('\n'),
    },
  ];
}

function elsewhere({ regions }: Context): Remedy {
  return {
    say: 'Every account that shall have control findings needs it, in every Region in use. With credentials of each:',
    command: regions.map((region) => `aws configservice describe-configuration-recorder-status --region ${region}`).join('\n'),
  };
}

/** AWS Config's recorders in the security account, Region by Region. */
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  ListConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import type { Calls, Command } from '../calls';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

/**
 * Security Hub makes it by itself where the new Security Hub is on as well, and then uses no other.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-setup-prereqs.html#service-linked-config-recorder
 */
const OWN_RECORDER = 'AWSConfigurationRecorderForSecurityHubCSPM';

export interface Recorder {
  name: string;
  recording: boolean;
  /** Why the last delivery failed; undefined where none did. */
  failure?: string;
}

export class RecorderReads {
  private readonly once = new Once();

  constructor(private readonly calls: Calls) {}

  /** The recorders that Security Hub's controls can build on; those of other services are not among them. */
  inRegion = (region: string): Promise<Recorder[]> =>
    this.once.get(`recorders ${region}`, async () => {
      const client = new ConfigServiceClient(doctorClient(region));
      const ask = <Answer>(command: Command<Answer>) => this.calls.send('config', region, client, command);
      const listed = await allPages('ConfigurationRecorderSummaries', (NextToken) =>
        ask(new ListConfigurationRecordersCommand({ MaxResults: 20, NextToken })),
      );
      const usable = listed.filter(({ name, servicePrincipal }) => !servicePrincipal || name === OWN_RECORDER);
      const statuses = await Promise.all(usable.map(({ arn }) => ask(new DescribeConfigurationRecorderStatusCommand({ Arn: arn }))));
      return statuses.flatMap(({ ConfigurationRecordersStatus = [] }) =>
        ConfigurationRecordersStatus.map(({ name = '', recording = false, lastStatus, lastErrorCode, lastErrorMessage }) => ({
          name,
          recording,
          // `Failure` in the API reference, `FAILURE` in the answers that AWS shows.
          ...(/^failure$/i.test(lastStatus ?? '') ? { failure: [lastErrorCode, lastErrorMessage].filter(Boolean).join(': ') } : {}),
        })),
      );
    });
}

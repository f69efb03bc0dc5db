/** The hub stack as deployed, its StackSet, its queues, and who is asking. */
import {
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  ListStackInstancesCommand,
  type Stack,
  type StackInstanceSummary,
  type StackSet,
} from '@aws-sdk/client-cloudformation';
import { type EvaluationResult, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput, STSClient } from '@aws-sdk/client-sts';
import type { Calls, Command } from '../calls';
import { CallFailure } from '../failure';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';
import { depthCommand, depthOf, queuesClient } from './queues';

/** The output of it that names the StackSet (stacks/member/stack-set.ts). */
const STACK_SET_OUTPUT = 'MemberStackSet';
/** The output of it that names the role of the deliver function (stacks/hub-stack.ts). */
const DELIVER_ROLE_OUTPUT = 'DeliverRole';
/** The outputs of it that name where the functions are (stacks/constructs/network.ts). */
const VPC_OUTPUT = 'NetworkVpc';
const SUBNETS_OUTPUT = 'NetworkSubnets';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html */
const BROKEN = ['FAILED', 'INOPERABLE', 'CANCELLED', 'FAILED_IMPORT'];

/** @param name of the hub stack. */
export class StackReads {
  private readonly once = new Once();
  private readonly cloudformation: CloudFormationClient;
  private readonly sqs: SQSClient;
  private readonly sts: STSClient;
  private readonly iam: IAMClient;

  constructor(
    private readonly calls: Calls,
    private readonly home: string,
    private readonly name: string,
  ) {
    this.cloudformation = new CloudFormationClient(doctorClient(home));
    this.sqs = queuesClient(home);
    this.sts = new STSClient(doctorClient(home));
    this.iam = new IAMClient(doctorClient(home));
  }

  caller = (): Promise<GetCallerIdentityCommandOutput> =>
    this.once.get('caller', () => this.calls.send('sts', this.home, this.sts, new GetCallerIdentityCommand({})));

  /** undefined: there is none. */
  stack = (): Promise<Stack | undefined> =>
    this.once.get('stack', async () => {
      try {
        return (await this.cloud(new DescribeStacksCommand({ StackName: this.name }))).Stacks?.[0];
      } catch (error) {
        if (error instanceof CallFailure && error.kind === 'refused' && /does not exist/.test(error.message)) return undefined;
        throw error;
      }
    });

  /** When its last deployment began, ISO 8601. undefined: there is none. */
  deployedAt = async (): Promise<string | undefined> => {
    const stack = await this.stack();
    return (stack?.LastUpdatedTime ?? stack?.CreationTime)?.toISOString();
  };

  /** undefined: the stack has no such output, or there is no stack. */
  private async output(key: string): Promise<string | undefined> {
    return (await this.stack())?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  }

  /** The VPC and the subnets of the functions. undefined: the stack names none. */
  network = async (): Promise<{ vpc?: string; subnets?: string[] }> => ({
    vpc: await this.output(VPC_OUTPUT),
    subnets: (await this.output(SUBNETS_OUTPUT))?.split(','),
  });

  /** The StackSet that the hub stack names in its outputs. undefined: none is named. */
  stackSet = (): Promise<StackSet | undefined> =>
    this.once.get('stack-set', async () => {
      const StackSetName = await this.output(STACK_SET_OUTPUT);
      if (!StackSetName) return undefined;
      return (await this.cloud(new DescribeStackSetCommand({ StackSetName, CallAs: 'DELEGATED_ADMIN' }))).StackSet;
    });

  /** Those that are not as they should be; of the good ones there may be tens of thousands. */
  async brokenInstances(StackSetName: string): Promise<StackInstanceSummary[]> {
    const instances = BROKEN.map((Values) => {
      const asked = { StackSetName, CallAs: 'DELEGATED_ADMIN' as const, Filters: [{ Name: 'DETAILED_STATUS' as const, Values }] };
      return allPages('Summaries', (NextToken) => this.cloud(new ListStackInstancesCommand({ ...asked, NextToken })));
    });
    return (await Promise.all(instances)).flat();
  }

  /** Trusted access of StackSets, as the delegated administrator sees it. */
  async organizationsAccess(): Promise<string> {
    return (await this.cloud(new DescribeOrganizationsAccessCommand({ CallAs: 'DELEGATED_ADMIN' }))).Status ?? '';
  }

  /** Messages in a queue, those that somebody is just reading included. */
  async depth(QueueUrl: string): Promise<number> {
    return depthOf(await this.calls.send('sqs', this.home, this.sqs, depthCommand(QueueUrl)));
  }

  /** ARN of the role that marks findings. undefined: the stack names none. */
  deliverRole = (): Promise<string | undefined> => this.output(DELIVER_ROLE_OUTPUT);

  /**
   * What IAM would decide, by all policies of the role, its boundary and the organization's SCPs without conditions.
   * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
   * @param keys of the request's context, each with one value.
   */
  async simulated(role: string, actions: string[], resource: string, keys: Record<string, string>): Promise<EvaluationResult[]> {
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: role,
      ActionNames: actions,
      ResourceArns: [resource],
      ContextEntries: Object.entries(keys).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyValues: [value],
        ContextKeyType: 'string',
      })),
    });
    return (await this.calls.send('iam', '', this.iam, command)).EvaluationResults ?? [];
  }

  private cloud<Answer>(command: Command<Answer>): Promise<Answer> {
    return this.calls.send('cloudformation', this.home, this.cloudformation, command);
  }
}

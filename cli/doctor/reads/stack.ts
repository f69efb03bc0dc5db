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
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput, STSClient } from '@aws-sdk/client-sts';
import { HUB_STACK } from '../../../config/stack-name';
import type { Calls } from '../calls';
import { CallFailure } from '../failure';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

/** The output of it that names the StackSet (stacks/member/stack-set.ts). */
const STACK_SET_OUTPUT = 'MemberStackSet';
/** The output of it that names the role of the deliver function (stacks/hub-stack.ts). */
const DELIVER_ROLE_OUTPUT = 'DeliverRole';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html */
const BROKEN = ['FAILED', 'INOPERABLE', 'CANCELLED', 'FAILED_IMPORT'];

export class StackReads {
  private readonly once = new Once();
  private readonly cloudformation: CloudFormationClient;
  private readonly sqs: SQSClient;
  private readonly sts: STSClient;
  private readonly iam: IAMClient;

  constructor(
    private readonly calls: Calls,
    private readonly home: string,
  ) {
    this.cloudformation = new CloudFormationClient(doctorClient(home));
    // By default a queue's own URL would win over AWS_ENDPOINT_URL_SQS.
    this.sqs = new SQSClient({ ...doctorClient(home), useQueueUrlAsEndpoint: false });
    this.sts = new STSClient(doctorClient(home));
    this.iam = new IAMClient(doctorClient(home));
  }

  caller = (): Promise<GetCallerIdentityCommandOutput> =>
    this.once.get('caller', () =>
      this.calls.call('sts:GetCallerIdentity', this.home, (options) => this.sts.send(new GetCallerIdentityCommand({}), options)),
    );

  /** undefined: there is none. */
  stack = (): Promise<Stack | undefined> =>
    this.once.get('stack', async () => {
      try {
        const answer = await this.cloud('DescribeStacks', (options) =>
          this.cloudformation.send(new DescribeStacksCommand({ StackName: HUB_STACK }), options),
        );
        return answer.Stacks?.[0];
      } catch (error) {
        if (error instanceof CallFailure && error.kind === 'refused' && /does not exist/.test(error.message)) return undefined;
        throw error;
      }
    });

  /** The StackSet that the hub stack names in its outputs. undefined: none is named. */
  stackSet = (): Promise<StackSet | undefined> =>
    this.once.get('stack-set', async () => {
      const StackSetName = (await this.stack())?.Outputs?.find(({ OutputKey }) => OutputKey === STACK_SET_OUTPUT)?.OutputValue;
      if (!StackSetName) return undefined;
      const answer = await this.cloud('DescribeStackSet', (options) =>
        this.cloudformation.send(new DescribeStackSetCommand({ StackSetName, CallAs: 'DELEGATED_ADMIN' }), options),
      );
      return answer.StackSet;
    });

  /** Those that are not as they should be; of the good ones there may be tens of thousands. */
  async brokenInstances(StackSetName: string): Promise<StackInstanceSummary[]> {
    const lists = await Promise.all(
      BROKEN.map((status) =>
        allPages(
          (NextToken) =>
            this.cloud('ListStackInstances', (options) =>
              this.cloudformation.send(
                new ListStackInstancesCommand({
                  StackSetName,
                  CallAs: 'DELEGATED_ADMIN',
                  Filters: [{ Name: 'DETAILED_STATUS', Values: status }],
                  NextToken,
                }),
                options,
              ),
            ),
          (page) => page.Summaries,
        ),
      ),
    );
    return lists.flat();
  }

  /** Trusted access of StackSets, as the delegated administrator sees it. */
  async organizationsAccess(): Promise<string> {
    const answer = await this.cloud('DescribeOrganizationsAccess', (options) =>
      this.cloudformation.send(new DescribeOrganizationsAccessCommand({ CallAs: 'DELEGATED_ADMIN' }), options),
    );
    return answer.Status ?? '';
  }

  /** Messages in a queue, those that somebody is just reading included. */
  async depth(QueueUrl: string): Promise<{ messages: number }> {
    const { Attributes = {} } = await this.calls.call('sqs:GetQueueAttributes', this.home, (options) =>
      this.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
        options,
      ),
    );
    const waiting = Number(Attributes.ApproximateNumberOfMessages ?? 0) + Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
    return { messages: waiting };
  }

  /** ARN of the role that marks findings. undefined: the stack names none. */
  async deliverRole(): Promise<string | undefined> {
    return (await this.stack())?.Outputs?.find(({ OutputKey }) => OutputKey === DELIVER_ROLE_OUTPUT)?.OutputValue;
  }

  /**
   * What IAM would decide, by all policies of the role, its boundary and the organization's SCPs without conditions.
   * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
   * @param keys of the request's context, each with one value.
   */
  async simulated(role: string, actions: string[], resource: string, keys: Record<string, string>): Promise<EvaluationResult[]> {
    const answer = await this.calls.call('iam:SimulatePrincipalPolicy', '', (options) =>
      this.iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: role,
          ActionNames: actions,
          ResourceArns: [resource],
          ContextEntries: Object.entries(keys).map(([ContextKeyName, value]) => ({
            ContextKeyName,
            ContextKeyValues: [value],
            ContextKeyType: 'string',
          })),
        }),
        options,
      ),
    );
    return answer.EvaluationResults ?? [];
  }

  private cloud<T>(operation: string, run: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return this.calls.call(`cloudformation:${operation}`, this.home, run);
  }
}

/** The two queues that carry the work, and where their failures and the rules' failures are kept. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { DeduplicationScope, FifoThroughputLimit, Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Keys } from './keys';

/** SQS's maximum. A dead letter keeps the time its message was first sent, so the queues before it need no less. */
const RETENTION = Duration.days(14);

const COMMON: QueueProps = { enforceSSL: true, retentionPeriod: RETENTION };

/**
 * One worker at a time tells a problem (message group), different problems go side by side.
 * No content-based deduplication: it would swallow a second change of a problem for five minutes.
 */
const FIFO: QueueProps = {
  ...COMMON,
  fifo: true,
  contentBasedDeduplication: false,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
};

/** What nobody could tell yet outlives the stack. */
const KEPT: QueueProps = { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE };

export class Queues extends Construct {
  readonly findings: Queue;
  readonly findingsDeadLetters: Queue;
  readonly deliveries: Queue;
  readonly deliveriesDeadLetters: Queue;
  /** Events that EventBridge could not bring to the findings queue. */
  readonly rulesDeadLetters: Queue;

  /**
   * Without a word SSE-SQS, not the customer key: a message lives here for seconds to days, and every send and receive under a
   * customer key depends on KMS and on its policy naming events.amazonaws.com. An event that EventBridge cannot encrypt is a
   * lost finding. The ledger, which keeps what the queues only pass on, is under the customer key.
   */
  constructor(scope: Construct, id: string, props: { keys: Keys; intakeTimeout: Duration; deliverTimeout: Duration }) {
    super(scope, id);
    const { ofQueues } = props.keys;
    this.findingsDeadLetters = new Queue(this, 'FindingsDeadLetters', { ...COMMON, ...ofQueues, ...KEPT });
    this.deliveriesDeadLetters = new Queue(this, 'DeliveriesDeadLetters', { ...FIFO, ...ofQueues, ...KEPT });
    this.rulesDeadLetters = new Queue(this, 'RulesDeadLetters', { ...COMMON, ...ofQueues, ...KEPT });
    Validations.of(this.rulesDeadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is itself a dead-letter queue, of the targets of the EventBridge rules; cdk-nag sees only those that another queue names in its redrive policy.',
    });
    this.findings = new Queue(this, 'Findings', {
      ...COMMON,
      ...ofQueues,
      visibilityTimeout: visibility(props.intakeTimeout),
      // Code dead-letters what it cannot read, and sends anew what waits: this bound catches what crashes the function each time.
      deadLetterQueue: { queue: this.findingsDeadLetters, maxReceiveCount: 100 },
    });
    this.deliveries = new Queue(this, 'Deliveries', {
      ...FIFO,
      ...ofQueues,
      visibilityTimeout: visibility(props.deliverTimeout),
      // The same. Each give-back counts as a receive; after 50 of them code sends the message anew.
      deadLetterQueue: { queue: this.deliveriesDeadLetters, maxReceiveCount: 1000 },
    });
  }
}

/** Six times the function's timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function visibility(timeout: Duration): Duration {
  return Duration.seconds(6 * timeout.toSeconds());
}

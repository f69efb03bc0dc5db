/** The keys that settings.yaml chooses: AWS's, one customer key of this stack for all its uses, or existing ones by ARN. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mended } from './standing';
import { keyAlias, keyStatements } from '../../config/switches/key-policy';
import { foreignKeys, KEY_USES, keyFor, type KeySettings, type KeyUse } from '../../config/switches/keys';

export class Keys extends Construct {
  private readonly byUse = new Map<KeyUse, IKey>();
  private readonly forQueues?: IKey;

  constructor(scope: Construct, id: string, settings: KeySettings) {
    super(scope, id);
    const own = KEY_USES.filter((use) => keyFor(settings, use) === 'own');
    if (own.length > 0) {
      const key = this.ownKey(own);
      for (const use of own) this.byUse.set(use, key);
    }
    foreignKeys(settings).forEach(({ arn, uses }, index) => {
      const key = Key.fromKeyArn(this, `Foreign${index}`, arn);
      for (const use of uses) this.byUse.set(use, key);
    });
    const queues = this.byUse.get('queues');
    // By its ARN, so that CDK adds nothing to the policy: it would let EventBridge do more than it needs.
    if (queues) this.forQueues = Key.fromKeyArn(this, 'OfQueues', queues.keyArn);
  }

  private ownKey(uses: KeyUse[]): Key {
    const { account, region, stackName } = Stack.of(this);
    const key = new Key(this, 'Key', {
      description: `Security Hub Interpreter: ${uses.join(', ')}`,
      enableKeyRotation: true,
      // The ledger is retained with the stack gone, and so are logs and dead letters: nobody can read them without their key.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of keyStatements(uses, { account, region, stackName }))
      key.addToResourcePolicy(PolicyStatement.fromJson(statement));
    // Who recounts the ledger, stores a secret, or sends dead letters back names the key by it.
    if (uses.some((use) => use === 'ledger' || use === 'queues' || use === 'secrets')) key.addAlias(keyAlias(stackName));
    return key;
  }

  /** undefined: AWS's own. */
  of(use: KeyUse): IKey | undefined {
    return this.byUse.get(use);
  }

  /** How every queue is encrypted. */
  get ofQueues(): Pick<QueueProps, 'encryption' | 'encryptionMasterKey'> {
    if (!this.forQueues) return { encryption: QueueEncryption.SQS_MANAGED };
    return { encryption: QueueEncryption.KMS, encryptionMasterKey: this.forQueues };
  }

  /** The log groups of a stack, and the environments of its functions; not of what it deploys to other accounts. */
  encrypt(stack: Stack): void {
    const [logs, environment] = [this.of('logs'), this.of('environment')];
    for (const construct of stack.node.findAll().filter((each) => Stack.of(each) === stack)) {
      if (construct instanceof CfnLogGroup && logs) {
        construct.kmsKeyId = logs.keyArn;
        mended(construct, 'CloudWatchLogGroupEncrypted');
      }
      if (construct instanceof CfnFunction && environment) construct.kmsKeyArn = environment.keyArn;
    }
  }
}

/** Rights that no known call uses, each with the reason why it stands. One that is not needed any more fails the proof. */
export interface Exception {
  /** The role, or the resource whose policy it is, by its logical id without the hash; a pattern. */
  of: RegExp;
  action: RegExp;
  resource: RegExp;
  /** Of the policy of a resource: whom it lets in. */
  who?: RegExp;
  reason: string;
}

export const EXCEPTIONS: Exception[] = [
  {
    of: /^EnablementRole$/,
    action: /^securityhub:/,
    resource: /:\/accounts$/,
    reason:
      'IAM knows the calls on an account by their path too (AWS’s Security Reference Architecture grants both ARNs): which of the two a Region asks for is not documented.',
  },
  {
    of: /^CustomerKey$/,
    action: /^kms:\*$/,
    resource: /^\*$/,
    who: /^arn:[\w-]+:iam::ACCOUNT:root$/,
    reason:
      'The first statement of a key’s policy as KMS makes it: without it nobody could administer the key; what it lets anyone do, IAM has to grant.',
  },
  {
    of: /^CustomerKey$/,
    action: /^kms:(Decrypt|Describe|Encrypt|GenerateDataKey|ReEncrypt)\*$/,
    resource: /^\*$/,
    who: /^logs\./,
    reason:
      'As CloudWatch Logs documents its statement, wildcards included; the encryption context narrows it to the log groups of this stack.',
  },
  {
    of: /^(QueuesFindings|TickQueue)$/,
    action: /^sqs:(GetQueueAttributes|GetQueueUrl)$/,
    resource: /./,
    who: /^events\.amazonaws\.com$/,
    reason:
      'CDK grants EventBridge both with SendMessage where a queue is under a customer key; reading attributes and the address tells no message.',
  },
  {
    of: /^CustomVpcRestrictDefaultSGCustomResourceProviderRole$/,
    action: /^logs:(CreateLogGroup|CreateLogStream|PutLogEvents)$/,
    resource: /./,
    reason:
      'CDK’s own handler, which closes the default security group of an own VPC as it is deployed, has AWSLambdaBasicExecutionRole: it writes its log, and could write into any of the account. CDK gives no way to narrow it.',
  },
];

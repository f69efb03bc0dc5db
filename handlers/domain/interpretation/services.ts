/**
 * Names of AWS services and features as prose writes them, for finding those that an answer adds.
 * A service is no invention where the brief speaks of it or of what it is for: of a bucket, S3 may be named.
 */

interface Service {
  name: string;
  written: RegExp;
  /** Looked for in the words of the brief, see wordsOf. */
  evidence: RegExp;
}

/**
 * How prose writes it, and what in the brief allows it: whole words or, with `…`, their beginning. The first spelling
 * names it. With `capital` it is a name only when written as one: people inspect, and security has a bedrock.
 */
const NAMES: readonly [written: string, evidence: string, capital?: 'capital'][] = [
  ['S3|Simple Storage Service', 's3|bucket…'],
  ['EC2|Elastic Compute Cloud', 'ec2|instance|instances|ebs|ami|vpc|security group…|auto scaling|network interface…|elastic ip'],
  ['EBS|Elastic Block Store', 'ebs|volume…|snapshot…'],
  ['IAM|Identity and Access Management', 'iam|role…|user|users|polic…|access…|permission…|credential…|principal…|identit…|root'],
  ['IAM Identity Center', 'identity center|sso'],
  ['STS|Security Token Service', 'sts|role…|credential…|session…'],
  ['RDS|Aurora', 'rds|db instance…|db cluster…|aurora|database…'],
  ['Lambda', 'lambda'],
  ['KMS|Key Management Service', 'kms|encrypt…|key|keys|cmk'],
  // What GuardDuty calls an API call, CloudTrail recorded.
  ['CloudTrail', 'cloud trail|cloudtrail|trail|trails|aws api call'],
  ['CloudWatch', 'cloud watch|cloudwatch|alarm…|metric…|log|logs|logging'],
  ['AWS Config', 'config'],
  ['EventBridge', 'event bridge|eventbridge|event bus'],
  ['DynamoDB', 'dynamo db|dynamodb'],
  ['DocumentDB', 'document db|documentdb'],
  ['Neptune', 'neptune'],
  ['CloudFront', 'cloud front|cloudfront'],
  ['CloudFormation', 'cloud formation|cloudformation'],
  ['Elastic Beanstalk', 'beanstalk'],
  ['Route ?53', 'route53|route 53|dns'],
  ['ECS|Fargate|Elastic Container Service', 'ecs|container…|fargate'],
  ['EKS|Kubernetes', 'eks|kubernetes'],
  ['ECR|Elastic Container Registry', 'ecr|container…|image…'],
  ['SNS|Simple Notification Service', 'sns|notification…|topic…'],
  ['SQS|Simple Queue Service', 'sqs|queue…'],
  ['SSM|Systems Manager|Session Manager|Parameter Store|Patch Manager', 'ssm|systems manager|patch…'],
  ['Secrets Manager', 'secret…'],
  ['GuardDuty', 'guard duty|guardduty'],
  ['Inspector', 'inspector', 'capital'],
  ['Macie', 'macie'],
  ['Access Analyzer', 'access analyzer'],
  ['Redshift', 'redshift'],
  ['ElastiCache', 'elasti cache|elasticache'],
  ['OpenSearch|Elasticsearch', 'open search|opensearch|elasticsearch'],
  ['API Gateway', 'api gateway|apigateway'],
  ['AppSync', 'app sync|appsync'],
  ['Step Functions', 'step functions|stepfunctions'],
  ['Kinesis|Firehose', 'kinesis|firehose'],
  ['MSK|Managed Streaming for Apache Kafka', 'msk|kafka'],
  ['SageMaker', 'sage maker|sagemaker'],
  ['Bedrock', 'bedrock', 'capital'],
  ['Cognito', 'cognito'],
  ['WAF', 'waf|wafv2|waf regional'],
  ['AWS Shield|Shield Advanced', 'shield'],
  ['Network Firewall|Firewall Manager', 'network firewall|firewall manager'],
  ['CodeBuild|CodePipeline|CodeDeploy|CodeCommit', 'code build|code pipeline|code deploy|code commit'],
  ['Glue|Athena|Lake Formation', 'glue|athena|lake formation', 'capital'],
  ['EMR', 'emr'],
  ['EFS|FSx', 'efs|fsx|file system…'],
  ['AWS Backup', 'backup…'],
  ['ELB|Elastic Load Balancing|(?:Application|Network) Load Balancer', 'elb|elbv2|load balanc…'],
  ['ACM|Certificate Manager', 'acm|certificate…'],
  [
    'Transit Gateway|Direct Connect|PrivateLink|Global Accelerator',
    'transit gateway|direct connect|private link|vpc endpoint|global accelerator',
  ],
  ['Transfer Family|DataSync|Storage Gateway', 'transfer|data sync|storage gateway'],
  ['WorkSpaces|AppStream', 'work spaces|workspaces|app stream'],
  ['AWS Organizations|Control Tower', 'organizations|control tower'],
  ['Amazon Detective|Security Lake|Trusted Advisor|Audit Manager', 'detective|security lake|trusted advisor|audit manager'],
];

const SERVICES: readonly Service[] = NAMES.map(([written, evidence, capital]) => ({
  name: written.split('|')[0]?.replace(' ?', ' ') ?? written,
  written: new RegExp(`(?<![A-Za-z0-9])(?:${written})(?![A-Za-z0-9])`, capital ? '' : 'i'),
  evidence: new RegExp(` (?:${evidence.replaceAll('…', '[a-z]*')}) `),
}));

/** The services that a sentence names and the brief gives no ground for, be it by the same name. @param words of the brief, see wordsOf. */
export function inventedServices(sentence: string, words: string): string[] {
  return SERVICES.filter(({ written, evidence }) => written.test(sentence) && !evidence.test(words) && !written.test(words)).map(
    ({ name }) => name,
  );
}

/** `AwsRdsDbInstance` is the four words ` aws rds db instance `: so "rds" stands in it, and not in "standards". */
export function wordsOf(brief: string): string {
  const parted = brief.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return ` ${parted.replace(/[^A-Za-z0-9]+/g, ' ').toLowerCase()} `;
}

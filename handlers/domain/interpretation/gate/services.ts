/**
 * Names of AWS services and features as prose writes them, for finding those that an answer adds.
 * A service is no invention where the brief speaks of it or of what it is for: of a bucket, S3 may be named. Advice may also name
 * what looks into, guards or takes the place of such a thing.
 */
import type { Given, Said } from './said';

interface Service {
  name: string;
  written: RegExp;
  /** Looked for in the words of the brief, see wordsOf. */
  evidence: RegExp;
  advised: RegExp;
}

const ANYTHING = '[a-z0-9]+';
const MACHINE = 'ec2|instance…|ssh|rdp|port|ports|container…|ecs|eks|package…|cve|patch…|ami|volume…|ebs';
const DATA = 'rds|database…|db|dynamo…|table…|efs|file system…|s3|bucket…|volume…|ebs|ec2|redshift|backup…|snapshot…|aurora|neptune|fsx';
const NETWORK = 'vpc|subnet…|security group…|network…|port|ports|dns request|port probe|traffic';
const LOGIN = 'iam|user|users|password…|access key…|credential…|role…|secret…|token…|lambda|ecs|rds|redshift|database…|task…|key|keys';
const WEB = 'load balanc…|elb|elbv2|api gateway|cloudfront|distribution…|public…|lambda|app sync|appsync|s3|bucket…|web…';

/**
 * How prose writes it, and what in the brief allows it: whole words or, with `…`, their beginning; behind it, what allows it in
 * advice. The first spelling names it. With `capital` it is a name only when written as one: people inspect, and security has a
 * bedrock.
 */
const NAMES: readonly [written: string, evidence: string, advised?: string, capital?: 'capital'][] = [
  [
    'S3|Simple Storage Service',
    's3|bucket…|trail|trails|macie|cloudfront|cloud front',
    `log|logs|logging|encrypt…|endpoint…|replicat…|${WEB}`,
  ],
  ['EC2|Elastic Compute Cloud', 'ec2|instance|instances|ebs|ami|vpc|security group…|auto scaling|network interface…|elastic ip'],
  ['EBS|Elastic Block Store', 'ebs|volume…|snapshot…|malicious file|recovery point', MACHINE],
  ['PrivateLink|VPC endpoint', 'private link|vpc endpoint', 'public…|endpoint…|network…|s3|bucket…|msk|kafka|rds|redshift|eks|lambda'],
  [
    'IAM|Identity and Access Management',
    'iam|role…|user|users|polic…|access…|permission…|credential…|principal…|identit…|root|database…|db|ec2|lambda|ecs|eks|metadata|imds…|secret…',
    ANYTHING,
  ],
  ['IAM Identity Center', 'identity center|sso', 'iam|user|users|password…|access key…|credential…|root'],
  ['STS|Security Token Service', 'sts|role…|credential…|session…', ANYTHING],
  ['RDS|Aurora', 'rds|db instance…|db cluster…|aurora|database…'],
  ['Lambda', 'lambda', 'ecr|image…|secret…|event bridge|eventbridge|custom action…'],
  ['KMS|Key Management Service', 'kms|encrypt…|key|keys|cmk', `${DATA}|secret…|queue…|topic…|log…`],
  // What GuardDuty calls an API call, CloudTrail recorded.
  ['CloudTrail', 'cloud trail|cloudtrail|trail|trails|aws api call|secret…|api|audit…', ANYTHING],
  ['CloudWatch', 'cloud watch|cloudwatch|alarm…|metric…|log|logs|logging', ANYTHING],
  ['AWS Config', 'config|control', ANYTHING],
  ['EventBridge', 'event bridge|eventbridge|event bus', ANYTHING],
  ['DynamoDB', 'dynamo db|dynamodb'],
  ['DocumentDB', 'document db|documentdb'],
  ['Neptune', 'neptune'],
  ['CloudFront', 'cloud front|cloudfront', WEB],
  ['CloudFormation', 'cloud formation|cloudformation'],
  ['Elastic Beanstalk', 'beanstalk'],
  ['Route ?53', 'route53|route 53|dns', 'domain…|c activity|command and control|bitcoin…|crypto…'],
  ['ECS|Fargate|Elastic Container Service', 'ecs|container…|fargate', 'image…|ecr|eks'],
  ['EKS|Kubernetes', 'eks|kubernetes|pod|pods', 'container…|image…|ecr'],
  ['ECR|Elastic Container Registry', 'ecr|container…|image…', 'ecs|eks|kubernetes|lambda'],
  [
    'SNS|Simple Notification Service',
    'sns|notification…|topic…',
    'alarm…|cloudwatch|cloud watch|sqs|queue…|event…|subscription…|guardduty',
  ],
  ['SQS|Simple Queue Service', 'sqs|queue…'],
  [
    'SSM|Systems Manager|Session Manager|Parameter Store|Patch Manager',
    'ssm|systems manager|patch…',
    `${MACHINE}|${LOGIN}|variable…|user data`,
  ],
  ['Secrets Manager', 'secret…', `${LOGIN}|code|inspector|variable…`],
  ['GuardDuty', 'guard duty|guardduty', ANYTHING],
  ['Inspector', 'inspector', `${MACHINE}|lambda|image…|ecr`, 'capital'],
  ['Macie', 'macie', 's3|bucket…|object…'],
  ['Access Analyzer', 'access analyzer', ANYTHING],
  ['Redshift', 'redshift'],
  ['ElastiCache', 'elasti cache|elasticache'],
  ['OpenSearch|Elasticsearch', 'open search|opensearch|elasticsearch'],
  ['API Gateway', 'api gateway|apigateway'],
  ['AppSync', 'app sync|appsync'],
  ['Step Functions', 'step functions|stepfunctions'],
  ['Kinesis|Firehose', 'kinesis|firehose'],
  ['MSK|Managed Streaming for Apache Kafka', 'msk|kafka'],
  ['SageMaker', 'sage maker|sagemaker'],
  ['Bedrock', 'bedrock', undefined, 'capital'],
  ['Cognito', 'cognito', 'api gateway|apigateway|app sync|appsync|user pool…|load balanc…'],
  ['WAF', 'waf|wafv2|waf regional', 'load balanc…|elb|elbv2|api gateway|cloudfront|web…|app sync|lambda|cognito|user pool…|cve'],
  ['AWS Shield|Shield Advanced', 'shield', 'load balanc…|elb|elbv2|cloudfront|elastic ip|denial of service|ddos'],
  ['Network Firewall|Firewall Manager', 'network firewall|firewall manager', `${NETWORK}|waf|wafv2`],
  ['CodeBuild|CodePipeline|CodeDeploy|CodeCommit', 'code build|code pipeline|code deploy|code commit'],
  ['Glue|Athena|Lake Formation', 'glue|athena|lake formation', 's3|bucket…|object…|trail…|log|logs|logging|aws api call', 'capital'],
  ['EMR', 'emr'],
  ['EFS|FSx', 'efs|fsx|file system…'],
  ['AWS Backup', 'backup…', DATA],
  ['ELB|Elastic Load Balancing|(?:Application|Network) Load Balancer', 'elb|elbv2|load balanc…', `${MACHINE}|public…|vpc`],
  ['ACM|Certificate Manager', 'acm|certificate…', 'tls|https|load balanc…|elb|elbv2|cloudfront'],
  ['Transit Gateway|Direct Connect|Global Accelerator', 'transit gateway|direct connect|direct connection|global accelerator'],
  ['Client VPN|Site-to-Site VPN', 'vpn', `${NETWORK}|ssh|rdp|public…|publicly|endpoint…`],
  ['SES|Simple Email Service', 'ses|email…', 'spambot|mail|mails|smtp', 'capital'],
  ['DataSync', 'data sync', 'efs|fsx|file system…|s3|bucket…'],
  ['Transfer Family|Storage Gateway', 'transfer|storage gateway'],
  ['WorkSpaces|AppStream', 'work spaces|workspaces|app stream'],
  ['AWS Organizations|Control Tower', 'organizations|control tower', ANYTHING],
  ['Security Hub', 'security hub|control|exposure', ANYTHING],
  ['Amazon Detective|Security Lake|Trusted Advisor|Audit Manager', 'detective|security lake|trusted advisor|audit manager', 'guardduty'],
];

const among = (evidence: string) => new RegExp(` (?:${evidence.replaceAll('…', '[a-z]*')}) `);
const SERVICES: readonly Service[] = NAMES.map(([written, evidence, advised, capital]) => ({
  name: written.split('|')[0]?.replace(' ?', ' ') ?? written,
  written: new RegExp(`(?<![A-Za-z0-9])(?:${written})(?![A-Za-z0-9])`, capital ? '' : 'i'),
  evidence: among(evidence),
  advised: among(advised ? `${evidence}|${advised}` : evidence),
}));

/** What AWS sells under its name and this list does not know. What belongs to AWS itself is no service. */
const BY_NAME = /\b(?:Amazon|AWS) ((?:[A-Z][A-Za-z0-9]*)(?: [A-Z][A-Za-z0-9]*){0,3})/g;
const OF_AWS =
  /^(?:Regions?|Accounts?|Management Console|Console|Support|CLI|SDKs?|APIs?|CIRT|Resource Names?|Resources?|Services?|Cloud|Managed|Foundational|Foundations|Well|Linux|Marketplace|Security Team|Trust|Machine Images?|VPCs?|Security|Availability|Documentation|Health|Identity|Sign|Artifact|Budgets?|Cost)/;

/** @returns the first service that a sentence names and the brief neither names so nor gives ground for. */
export function service({ text, field }: Pick<Said, 'text' | 'field'>, { words, json }: Pick<Given, 'words' | 'json'>): string | undefined {
  const named = SERVICES.filter(({ written }) => written.test(text));
  const invented = named.find(
    ({ written, evidence, advised }) => !written.test(json) && !(field === 'actions' ? advised : evidence).test(words),
  );
  if (invented) return invented.name;
  return [...text.matchAll(BY_NAME)].find(
    ([whole, name = '']) =>
      !OF_AWS.test(name) &&
      !SERVICES.some(({ written }) => written.test(whole)) &&
      !words.includes(` ${name.split(' ')[0]?.toLowerCase()} `),
  )?.[1];
}

/** By their shortest names: those that may be named of a brief at all, and those that advice may name as well. */
export function servicesOf({ words, json }: Pick<Given, 'words' | 'json'>): { anywhere: string[]; inAdvice: string[] } {
  const named = ({ written, evidence }: Service) => written.test(json) || evidence.test(words);
  const anywhere = SERVICES.filter(named);
  const inAdvice = SERVICES.filter((service) => !named(service) && service.advised.test(words));
  return { anywhere: anywhere.map(({ name }) => name), inAdvice: inAdvice.map(({ name }) => name) };
}

/** Whether a word is, or begins, a name of the list. */
export function isService(word: string): boolean {
  return SERVICES.some(({ written }) => written.test(word)) || WORDS_OF_NAMES.has(word);
}

const WORDS_OF_NAMES = new Set(
  NAMES.flatMap(([written]) =>
    written
      .replace(/[?:()]/g, '')
      .split(/[| ]/)
      .filter((word) => /^[A-Z]/.test(word)),
  ),
);

/**
 * Names of AWS services and features as prose writes them, for finding those that an answer adds.
 * The left side is what the text says, the right side the words of a brief that allow it.
 */
const SERVICES: readonly [name: RegExp, key: string, evidence: RegExp][] = [
  ['S3|Simple Storage Service', 's3|bucket'],
  ['EC2|Elastic Compute Cloud', 'ec2|instance|ebs|vpc|securitygroup|security group|autoscaling'],
  ['EBS|Elastic Block Store', 'ebs|volume|snapshot'],
  ['IAM|Identity and Access Management', 'iam|role|user|policy|access'],
  ['RDS|Aurora', 'rds|dbinstance|aurora'],
  ['Lambda', 'lambda'],
  ['KMS|Key Management Service', 'kms|encrypt|key'],
  ['CloudTrail', 'cloudtrail|trail'],
  ['CloudWatch', 'cloudwatch|alarm|metric|log'],
  ['AWS Config', 'config'],
  ['DynamoDB', 'dynamodb'],
  ['CloudFront', 'cloudfront'],
  ['CloudFormation', 'cloudformation'],
  ['Route ?53', 'route53|dns'],
  ['ECS|Fargate|Elastic Container Service', 'ecs|container|fargate'],
  ['EKS|Kubernetes', 'eks|kubernetes'],
  ['ECR|Elastic Container Registry', 'ecr|container|image'],
  ['SNS|Simple Notification Service', 'sns|notification'],
  ['SQS|Simple Queue Service', 'sqs|queue'],
  ['SSM|Systems Manager', 'ssm|systems manager|patch'],
  ['Secrets Manager', 'secret'],
  ['GuardDuty', 'guardduty'],
  ['Inspector', 'inspector'],
  ['Macie', 'macie'],
  ['Access Analyzer', 'access-analyzer|access analyzer'],
  ['Security Hub', 'control|securityhub|security hub'],
  ['Redshift', 'redshift'],
  ['ElastiCache', 'elasticache'],
  ['OpenSearch|Elasticsearch', 'opensearch|elasticsearch'],
  ['API Gateway', 'apigateway|api gateway'],
  ['Step Functions', 'stepfunctions|step functions'],
  ['Kinesis', 'kinesis'],
  ['SageMaker', 'sagemaker'],
  ['Bedrock', 'bedrock'],
  ['Cognito', 'cognito'],
  ['WAF', 'waf'],
  ['Shield', 'shield'],
  ['CodeBuild|CodePipeline|CodeDeploy', 'code(build|pipeline|deploy)'],
  ['Glue|Athena', 'glue|athena'],
  ['EMR', 'emr'],
  ['EFS|FSx', 'efs|fsx|filesystem'],
  ['ELB|Elastic Load Balancing', 'elb|loadbalanc|load balanc'],
  ['ACM|Certificate Manager', 'acm|certificate'],
  ['Organizations|Control Tower', 'organizations|controltower'],
  ['Detective|Security Lake|Trusted Advisor', 'detective|securitylake|trusted advisor'],
].map(([name, evidence]) => [new RegExp(`(?<![A-Za-z0-9])(?:${name})(?![A-Za-z0-9])`), name ?? '', new RegExp(evidence ?? '', 'i')]);

/** The services that a sentence names and the brief gives no ground for. */
export function inventedServices(sentence: string, brief: string): string[] {
  return SERVICES.filter(([name, , evidence]) => name.test(sentence) && !evidence.test(brief)).map(
    ([, name]) => name.split('|')[0] ?? name,
  );
}

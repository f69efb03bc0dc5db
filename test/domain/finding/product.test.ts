/** Whose words a finding carries decides what the model may see: nobody else passes for AWS. */
import { productOf } from '../../../handlers/domain/finding/product';
import { resourceName, resourceType } from '../../../handlers/domain/finding/resource';

test.each([
  ['arn:aws:securityhub:us-east-1::product/aws/securityhub', 'aws/securityhub', 'control'],
  ['arn:aws:securityhub:us-east-1::product/aws/guardduty', 'aws/guardduty', 'guardduty'],
  ['arn:aws-cn:securityhub:cn-north-1::product/aws/guardduty', 'aws/guardduty', 'guardduty'],
  ['arn:aws-us-gov:securityhub:us-gov-west-1::product/aws/inspector', 'aws/inspector', 'inspector'],
  ['arn:aws:securityhub:us-east-1::productv2/aws/securityhub', 'aws/securityhub', 'control'],
  ['arn:aws:securityhub:us-east-1::productv2/aws/securityhub-exposure', 'aws/securityhub-exposure', 'exposure'],
  ['arn:aws:securityhub:us-east-1::productv2/aws/securityhub-risk', 'aws/securityhub-risk', 'exposure'],
  ['arn:aws:securityhub:us-east-1::product/aws/macie', 'aws/macie', 'macie'],
  ['arn:aws:securityhub:us-east-1::product/aws/access-analyzer', 'aws/access-analyzer', 'access-analyzer'],
  ['arn:aws:securityhub:us-east-1::product/aws/health', 'aws/health', 'aws'],
  ['arn:aws:securityhub:us-east-1::product/aws/constructor', 'aws/constructor', 'aws'],
])('%s is AWS’s own: %s, %s', (arn, product, kind) => {
  expect(productOf(arn)).toEqual({ provenance: 'aws', product, kind });
});

test.each([
  ['arn:aws:securityhub:us-east-1:111111111111:product/111111111111/default', 'custom/default'],
  ['arn:aws:securityhub:us-east-1:111111111111:product/aws/guardduty', 'claims-aws/guardduty'],
  ['arn:aws:securityhub:us-east-1:111111111111:product/AWS/securityhub', 'claims-aws/securityhub'],
  ['xarn:aws:securityhub:us-east-1::product/aws/guardduty', 'claims-aws/guardduty'],
  ['arn:aws:securityhub:us-east-1::product/aws/guardduty/x', 'unknown/unknown'],
  ['arn:evil:securityhub:us-east-1::product/aws/guardduty', 'claims-aws/guardduty'],
  ['arn:aws:securityhub:us-east-1::product/aws/guardduty\n', 'claims-aws/guardduty\n'],
  ['xarn:aws:securityhub:us-east-1::product/prowler/prowler', 'claims-prowler/prowler'],
  ['arn:aws:securityhub:us-east-1::product/AWS/guardduty', 'claims-aws/guardduty'],
  ['arn:aws:securityhub:us-east-1::product/111111111111/default', 'custom/default'],
  ['', 'unknown/unknown'],
  ['nonsense', 'unknown/unknown'],
])('%p is custom, whatever it calls itself: %p', (arn, product) => {
  expect(productOf(arn)).toEqual({ provenance: 'custom', product, kind: 'third-party' });
});

test.each([
  ['arn:aws:securityhub:us-east-1::product/prowler/prowler', 'prowler/prowler'],
  ['arn:aws:securityhub:us-east-1::product/Aqua/Aqua', 'aqua/aqua'],
  ['arn:aws:securityhub:us-east-1:733251395267:product/alertlogic/althreatmanagement', 'alertlogic/althreatmanagement'],
  ['arn:aws:securityhub:us-east-1::productv2/wiz-security/wiz-security', 'wiz-security/wiz-security'],
])('%p is a partner’s: %p', (arn, product) => {
  expect(productOf(arn)).toEqual({ provenance: 'partner', product, kind: 'third-party' });
});

test.each([
  ['arn:aws:s3:::invoices-2026', 'invoices-2026'],
  ['arn:aws:s3:::invoices-2026/2026/11/a b.csv', 'invoices-2026/2026/11/a b.csv'],
  ['AWS::::Account:555555555555', '555555555555'],
  ['arn:aws:iam::555555555555:root', 'root'],
  ['arn:aws:iam::555555555555:role/service-role/deploy', 'deploy'],
  ['arn:aws:ec2:ap-northeast-1:555555555555:instance/i-0aaaaaaaaaaaaaaaa', 'i-0aaaaaaaaaaaaaaaa'],
  ['arn:aws:lambda:ap-northeast-1:555555555555:function:checkout:$LATEST', 'checkout'],
  ['arn:aws:lambda:ap-northeast-1:555555555555:function:checkout', 'checkout'],
  ['arn:aws:logs:ap-northeast-1:555555555555:log-group:/aws/lambda/checkout:*', 'checkout'],
  ['arn:aws:sqs:ap-northeast-1:555555555555:orders', 'orders'],
  ['arn:aws:ecr:ap-northeast-1:555555555555:repository/shop/web/sha256:0123456789abcdef', 'shop/web@sha256:0123456789ab'],
  ['arn:aws:rds:ap-northeast-1:555555555555:db:ledger', 'ledger'],
  ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['arn:aws:x', 'arn:aws:x'],
  ['arn:aws:ec2:r:1:///', '///'],
  ['', ''],
  ['請求書/2026', '請求書/2026'],
])('people call %s %s', (id, name) => {
  expect(resourceName(id)).toBe(name);
});

test.each([
  ['AwsS3Bucket', 'AwsS3Bucket'],
  ['AWS::S3::Bucket', 'AwsS3Bucket'],
  [' AWS::S3::Bucket ', 'AwsS3Bucket'],
  ['AWS::EC2::SecurityGroup', 'AwsEc2SecurityGroup'],
  ['AWS::RDS::DBInstance', 'AwsRdsDbInstance'],
  ['AWS::DynamoDB::Table', 'AwsDynamoDbTable'],
  ['AWS::EC2::VPC', 'AwsEc2Vpc'],
  ['AWS::WAFv2::WebACL', 'AwsWafv2WebAcl'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AwsElbv2LoadBalancer'],
  ['AWS::SecretsManager::Secret', 'AwsSecretsManagerSecret'],
  ['AWS::ApiGatewayV2::Stage', 'AwsApiGatewayV2Stage'],
  ['AWS::::Account', 'AwsAccount'],
  ['AWS::constructor::X', 'AwsconstructorX'],
  ['Other', 'Other'],
  ['azure/vm', 'azure/vm'],
])('the type %s is %s', (type, asff) => {
  expect(resourceType(type)).toBe(asff);
});

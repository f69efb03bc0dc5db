/** Who may read which data, shaped as Macie and IAM Access Analyzer send it. */
import { asff, BILLING, CARDS, type Json, type Moment, REGION } from './frame';

/** https://docs.aws.amazon.com/macie/latest/user/securityhub-integration.html#securityhub-integration-finding-example Then a second object. */
export function sensitiveData(moment: Moment): Json {
  const [key, count] =
    moment === 'first' ? (['エクスポート/2026年11月/取引明細.csv', 4120] as const) : (['monthly/settlement.csv', 87] as const);
  const bucket = 'acme-cards-exports';
  return asff('aws/macie', CARDS, moment, {
    Id: `b0082feef505878190598debfea17e${moment === 'first' ? 'b0' : 'c1'}`,
    GeneratorId: 'aws/macie',
    Types: ['Sensitive Data Identifications/Financial/SensitiveData:S3Object-Financial'],
    Severity: { Label: 'HIGH', Normalized: 70 },
    Title: 'The S3 object contains financial information.',
    Description: 'The S3 object contains financial information such as credit card numbers.',
    ProductFields: { 'S3Bucket.effectivePermission': 'NOT_PUBLIC', 'S3Object.Path': `${bucket}/${key}` },
    Resources: [
      { Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${bucket}`, Partition: 'aws', Region: REGION },
      {
        Type: 'AwsS3Object',
        Id: `arn:aws:s3:::${bucket}/${key}`,
        Partition: 'aws',
        Region: REGION,
        DataClassification: {
          Result: {
            SensitiveData: [
              { Category: 'FINANCIAL_INFORMATION', TotalCount: count, Detections: [{ Count: count, Type: 'CREDIT_CARD_NUMBER' }] },
            ],
          },
        },
        Details: { AwsS3Object: { ServerSideEncryption: 'AES256' } },
      },
    ],
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html */
export function externalAccess(moment: Moment): Json {
  const queue = moment === 'first' ? 'billing-invoice-events' : 'billing-refund-events';
  const arn = `arn:aws:sqs:${REGION}:${BILLING}:${queue}`;
  return asff('aws/access-analyzer', BILLING, moment, {
    Id: `arn:aws:access-analyzer:${REGION}:${BILLING}:analyzer/acme-organization/${arn}`,
    GeneratorId: 'aws/access-analyzer',
    Types: ['Effects/Data Exposure/External Access Granted'],
    Severity: { Label: 'HIGH', Normalized: 70, Product: 70 },
    Title: `AwsSqsQueue/${queue} allows public access`,
    Description: `AWS::SQS::Queue/${arn} allows public access`,
    Remediation: { Recommendation: { Text: 'If the access is not intended, modify or remove the policy that grants it.' } },
    Resources: [
      {
        Type: 'AwsSqsQueue',
        Id: arn,
        Partition: 'aws',
        Region: REGION,
        Details: {
          Other: {
            'External Principal Type': 'AWS',
            'External Principal': '*',
            Condition: 'none',
            'Action Granted': 'sqs:ReceiveMessage,sqs:SendMessage',
          },
        },
      },
    ],
  });
}

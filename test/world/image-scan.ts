/** A scanner of others that names all vulnerabilities of an image in one finding, as ASFF has it. */
import { eventOf } from './events';
import { START } from './world';

export const IMAGE = 'registry.example.com/shop/api:1.2';

export interface ImageScan {
  severity?: string;
  /** After START. */
  at?: number;
  workflow?: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
  id?: string;
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Vulnerability.html */
export function imageScan(
  vulnerabilities: object[],
  { severity = 'HIGH', at = 0, workflow = 'NEW', id = 'wiz-1' }: ImageScan = {},
): object {
  const time = START + at;
  const finding = {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/wiz-security/wiz-security',
    AwsAccountId: '555555555555',
    Region: 'ap-northeast-1',
    GeneratorId: 'wiz',
    Types: ['Software and Configuration Checks/Vulnerabilities'],
    Severity: { Label: severity },
    Title: 'Container image has vulnerabilities',
    Description: 'Found by a scan of the image.',
    Resources: [{ Type: 'Container', Id: IMAGE, Region: 'ap-northeast-1' }],
    Vulnerabilities: vulnerabilities,
    Workflow: { Status: workflow },
    RecordState: 'ACTIVE',
    CreatedAt: new Date(START).toISOString(),
    UpdatedAt: new Date(time).toISOString(),
  };
  return eventOf('asff', finding, { time });
}

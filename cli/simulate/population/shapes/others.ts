/** Findings of Macie, of IAM Access Analyzer, and of a scanner that is not AWS's. */
import { asff, ocsf, type Raw, type State, type Subject } from './state';

export interface OtherShape {
  subject: Subject;
  product: 'macie' | 'access-analyzer' | 'scanner';
  /** Macie's type, what the analyzer found, or the scanner's check. */
  what: string;
  id: string;
}

/** Titles of the scanner's checks: its GeneratorId is the same for all of them. */
export const CHECKS = [
  'Ensure RDS instances have minor version upgrade enabled',
  'Check if secrets exist in ECS task definition environment variables',
  'Ensure database backups are encrypted',
  'Root user has an access key',
  'Certificates expire within 7 days',
  'Administrative ports are reachable from the internet',
];
export const MACIE_TYPES = ['Policy:IAMUser/S3BucketPublic', 'SensitiveData:S3Object/Personal', 'SensitiveData:S3Object/Multiple'];

export function otherAsff({ subject, product, what, id }: OtherShape, state: State): Raw {
  const { region, accountId, resource } = subject;
  if (product === 'macie') {
    const sensitive = what.startsWith('SensitiveData');
    return asff(subject, state, {
      id: `arn:aws:macie2:${region}:${accountId}:finding/${id}`,
      product: 'aws/macie',
      productName: 'Macie',
      generatorId: 'aws/macie',
      types: [
        sensitive
          ? `Sensitive Data Identifications/PII/${what.replace('/', '-')}`
          : `Software and Configuration Checks/AWS Security Best Practices/${what.replace('/', '-')}`,
      ],
      title: sensitive ? 'The S3 object contains personal information' : `${resource.name} is publicly accessible`,
      description: sensitive ? 'The S3 object contains personal information.' : 'The bucket is publicly accessible.',
    });
  }
  if (product === 'access-analyzer') {
    const raw = asff(subject, state, {
      id: `arn:aws:access-analyzer:${region}:${accountId}:analyzer/organization/${resource.id}`,
      product: 'aws/access-analyzer',
      productName: 'IAM Access Analyzer',
      generatorId: 'aws/access-analyzer',
      types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
      title: `${resource.type}/${resource.id}/ allows ${what}`,
    });
    const details = { 'External Principal Type': 'AWS', Condition: 'none', 'Action Granted': 's3:GetObject', 'External Principal': '*' };
    return { ...raw, Resources: [{ ...(raw.Resources as Raw[])[0], Details: { Other: details } }] };
  }
  return asff(subject, state, {
    id: `acme/${region}/${accountId}/${id}`,
    product: 'acme/scanner',
    productName: 'Scanner',
    generatorId: 'acme-scanner',
    types: ['Software and Configuration Checks'],
    title: `${what}: ${resource.name}`,
    description: `${what}.`,
  });
}

/** The new Security Hub has AWS's own products only. */
export function macieOcsf({ subject, what, id }: OtherShape, state: State): Raw {
  return ocsf(subject, state, {
    id: `arn:aws:macie2:${subject.region}:${subject.accountId}:finding/${id}`,
    product: 'macie',
    className: ['Data Security Finding', 2006],
    types: [what, 'Sensitive Data'],
    title: 'The S3 object contains personal information',
    description: 'The S3 object contains personal information.',
  });
}

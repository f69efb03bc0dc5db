/** Sensitive data: Macie's own types and identifiers, and what else is so of the bucket. */
import type { Brief } from './fields';
import { threatType } from '../../finding/threat-type';
import type { Finding } from '../../finding/finding';
import { entryOf } from '../../text/reading';
import { known } from './closed';

/** In Macie's own spelling, whichever format they came in. https://docs.aws.amazon.com/macie/latest/user/findings-types.html */
const TYPES: ReadonlySet<string> = new Set([
  ...['BlockPublicAccessDisabled', 'BucketEncryptionDisabled', 'BucketPublic', 'BucketReplicatedExternally', 'BucketSharedExternally'].map(
    (what) => `Policy:IAMUser/S3${what}`,
  ),
  'Policy:IAMUser/S3BucketSharedWithCloudFront',
  ...['Credentials', 'CustomIdentifier', 'Financial', 'Multiple', 'Personal'].map((what) => `SensitiveData:S3Object/${what}`),
]);

/**
 * What Macie's managed identifiers find, without the country that some begin with. The owner names custom ones, so nothing else
 * is told. https://docs.aws.amazon.com/macie/latest/user/mdis-reference-quick.html
 */
const KINDS: readonly string[] = [
  ...['ADDRESS', 'AWS_CREDENTIALS', 'BANK_ACCOUNT_NUMBER', 'CREDIT_CARD_EXPIRATION', 'CREDIT_CARD_MAGNETIC_STRIPE', 'CREDIT_CARD_NUMBER'],
  ...['CREDIT_CARD_SECURITY_CODE', 'DATE_OF_BIRTH', 'DRIVERS_LICENSE', 'DRUG_ENFORCEMENT_AGENCY_NUMBER', 'ELECTORAL_ROLL_NUMBER'],
  ...['GCP_API_KEY', 'HEALTH_INSURANCE_CLAIM_NUMBER', 'HEALTH_INSURANCE_CARD_NUMBER', 'HEALTHCARE_PROCEDURE_CODE', 'HEALTH_NUMBER'],
  ...['HTTP_BASIC_AUTH_HEADER', 'HTTP_COOKIE', 'INSURANCE_NUMBER', 'JSON_WEB_TOKEN', 'LATITUDE_LONGITUDE', 'MEDICAL_DEVICE_UDI'],
  ...['MEDICARE_BENEFICIARY_IDENTIFIER', 'NAME', 'NATIONAL_DRUG_CODE', 'NATIONAL_IDENTIFICATION_NUMBER', 'NATIONAL_INSURANCE_NUMBER'],
  ...['NATIONAL_PROVIDER_IDENTIFIER', 'OPENSSH_PRIVATE_KEY', 'PASSPORT_NUMBER', 'PERMANENT_RESIDENCE_NUMBER', 'PGP_PRIVATE_KEY'],
  ...['PHONE_NUMBER', 'PKCS', 'PUTTY_PRIVATE_KEY', 'SOCIAL_INSURANCE_NUMBER', 'SOCIAL_SECURITY_NUMBER', 'STRIPE_CREDENTIALS'],
  ...['TAX_IDENTIFICATION_NUMBER', 'TAXPAYER_IDENTIFICATION_NUMBER', 'VEHICLE_IDENTIFICATION_NUMBER'],
];
const COUNTRY =
  /^(?:ARGENTINA|AUSTRALIA|AUSTRIA|BELGIUM|BRAZIL|BULGARIA|CANADA|CHILE|COLOMBIA|CROATIA|CYPRUS|CZECHIA|DENMARK|ESTONIA|FINLAND|FRANCE|GERMANY|GREECE|HUNGARY|INDIA|IRELAND|ITALY|JAPAN|LATVIA|LITHUANIA|LUXEMBOURG|MALTA|MEXICO|NETHERLANDS|POLAND|PORTUGAL|ROMANIA|SLOVAKIA|SLOVENIA|SPAIN|SWEDEN|SWITZERLAND|TURKIYE|UK|UKRAINE|USA|US)_/;

export function dataFields(finding: Finding): Partial<Brief> {
  const { data } = finding.particulars;
  return {
    types: known(
      finding.types.map((type) => threatType({ types: [type] })),
      (type) => TYPES.has(type),
      5,
    ),
    dataCategories: known(
      data?.categories?.flatMap((category) => entryOf(CATEGORIES, category) ?? []),
      () => true,
      5,
    ),
    dataKinds: known(
      data?.kinds?.map(({ name }) => name.replace(COUNTRY, '').replace(/_\(NO_KEYWORD\)$/, '')),
      (name) => KINDS.includes(name),
      8,
    ),
    public: data?.public,
    shared: data?.shared,
    encrypted: data?.encrypted,
  };
}

/**
 * https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html, SensitiveDataItemCategory, and the words that OCSF has
 * for them: https://schema.ocsf.io/ data_classification, category.
 */
const CATEGORIES: Readonly<Record<string, string>> = {
  CREDENTIALS: 'CREDENTIALS',
  CUSTOM_IDENTIFIER: 'CUSTOM_IDENTIFIER',
  FINANCIAL_INFORMATION: 'FINANCIAL_INFORMATION',
  PERSONAL_INFORMATION: 'PERSONAL_INFORMATION',
  Financial: 'FINANCIAL_INFORMATION',
  Personal: 'PERSONAL_INFORMATION',
};

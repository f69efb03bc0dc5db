/**
 * What Macie says of a bucket and an object, in either format. Whether it is public or encrypted is told by the data of the
 * finding: the type `Policy:IAMUser/S3BlockPublicAccessDisabled` does not mean that it is public.
 * https://docs.aws.amazon.com/macie/latest/user/securityhub-integration.html
 */
import { at, type Json, list, number, present, text, unique } from '../text/reading';
import type { SensitiveData } from './particulars';

/** Of types that state it themselves. */
const IS_PUBLIC = /[:/-]S3BucketPublic$/;
const IS_SHARED = /[:/-]S3Bucket(?:SharedExternally|ReplicatedExternally)$/;
const NOT_ENCRYPTED = /[:/-]S3BucketEncryptionDisabled$/;

export function dataOfAsff(finding: Json): SensitiveData {
  const resources = list(finding.Resources);
  const fields = finding.ProductFields;
  const results = resources.map((resource) => at(resource, 'DataClassification', 'Result'));
  const sensitive = results.flatMap((result) => list(at(result, 'SensitiveData')));
  const custom = results.map((result) => at(result, 'CustomDataIdentifiers'));
  const named = (type: RegExp) => list(finding.Types).some((each) => type.test(text(each) ?? ''));
  const open = text(at(fields, 'S3Bucket.effectivePermission')) ?? text(at(fields, 'S3Object.PublicAccess'));
  const objects = resources.filter((resource) => /S3(?:::)?Object$/.test(text(at(resource, 'Type')) ?? ''));
  const algorithm =
    objects.map((object) => text(at(object, 'Details', 'AwsS3Object', 'ServerSideEncryption'))).find(Boolean) ??
    resources.map(defaultEncryption).find(Boolean);
  const isPlain = named(NOT_ENCRYPTED) || algorithm === 'NONE';
  return present({
    categories: unique(sensitive.map((entry) => text(at(entry, 'Category')))).sort(),
    public: named(IS_PUBLIC) || open === 'PUBLIC' || open === 'true' || (open === 'NOT_PUBLIC' || open === 'false' ? false : undefined),
    shared: named(IS_SHARED) || undefined,
    encrypted: isPlain ? false : algorithm ? true : undefined,
    encryption: isPlain ? undefined : algorithm,
    object: objects.map(keyOf).find(Boolean) ?? text(at(fields, 'S3Object.Path')),
    kinds: mostFirst([...sensitive, ...custom].flatMap((entry) => list(at(entry, 'Detections')).map(detectionOf))),
  });
}

/** AWS has shown its bucket apart from the resources, and among them. */
export function dataOfOcsf(finding: Json, types: readonly string[], bucket: string | undefined): SensitiveData {
  const databucket = finding.databucket;
  const classified = [...list(at(databucket, 'file', 'data_classifications')), ...list(at(finding, 'data_classifications'))];
  const named = (type: RegExp) => types.some((each) => type.test(each));
  const [isPublic, isEncrypted] = [at(databucket, 'is_public'), at(databucket, 'is_encrypted')];
  const object = list(finding.resources).find((resource) => /S3(?:::)?Object$/.test(text(at(resource, 'type')) ?? ''));
  const key = text(at(object, 'uid'))?.replace(/^arn:[^:]*:s3:::/, '');
  return present({
    categories: unique(classified.map((each) => text(at(each, 'category')))).sort(),
    public: named(IS_PUBLIC) || (typeof isPublic === 'boolean' ? isPublic : undefined),
    shared: named(IS_SHARED) || undefined,
    encrypted: named(NOT_ENCRYPTED) ? false : typeof isEncrypted === 'boolean' ? isEncrypted : undefined,
    object: key && bucket && !key.startsWith(`${bucket}/`) ? `${bucket}/${key}` : key,
    kinds: mostFirst(
      classified.flatMap((each) =>
        list(at(each, 'discovery_details')).map((detail) => ({ name: text(at(detail, 'type')) ?? '', count: number(at(detail, 'count')) })),
      ),
    ),
  });
}

function keyOf(object: unknown): string | undefined {
  return text(at(object, 'Id'))?.replace(/^arn:[^:]*:s3:::/, '');
}

function defaultEncryption(resource: unknown): string | undefined {
  const rules = list(at(resource, 'Details', 'AwsS3Bucket', 'ServerSideEncryptionConfiguration', 'Rules'));
  return rules.map((rule) => text(at(rule, 'ApplyServerSideEncryptionByDefault', 'SSEAlgorithm'))).find(Boolean);
}

function detectionOf(detection: unknown): { name: string; count?: number } {
  return { name: text(at(detection, 'Type')) ?? text(at(detection, 'Name')) ?? '', count: number(at(detection, 'Count')) };
}

function mostFirst(kinds: { name: string; count?: number }[]): SensitiveData['kinds'] {
  return kinds
    .filter(({ name }) => name !== '')
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, 20);
}

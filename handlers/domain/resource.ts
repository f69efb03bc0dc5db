/** The name people call a resource by, from the many shapes of its identifier. */

/** Everything behind the last separator of an ARN's resource part; other identifiers as they are. */
export function resourceName(id: string): string {
  const account = /^AWS::::Account:(\d{12})$/.exec(id);
  if (account?.[1]) return account[1];
  const arn = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id);
  if (!arn?.[2]) return id;
  // An S3 object keeps its whole key; a log group its whole path.
  if (arn[1] === 's3') return arn[2];
  const container = arn[1] === 'ecr' ? /^repository\/(.+)\/(sha256:[0-9a-f]{12})/.exec(arn[2]) : undefined;
  if (container) return `${container[1]}@${container[2]}`;
  // The version or alias behind a function's name is not its name.
  if (arn[1] === 'lambda') return arn[2].split(':')[1] ?? arn[2];
  const last = arn[2].replace(/:\*$/, '').split(/[/:]/).filter(Boolean).at(-1);
  return last ?? arn[2];
}

/** `AwsS3Bucket`, `AWS::S3::Bucket` and `AWS::S3::Bucket ` are one type. Unknown shapes stay as they are. */
export function resourceType(type: string): string {
  const parts = /^AWS::(\w+)::(\w+)$/.exec(type.trim());
  if (!parts) return type.trim();
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
  const service = (parts[1] ?? '').length <= 4 ? capital(parts[1] ?? '') : (parts[1] ?? '');
  return `Aws${service}${parts[2]}`;
}

/**
 * What the owner of vulnerabilities mends as one: an image is built anew, a function deployed anew, machines of one
 * group replaced, however many weaknesses they have. The version, the digest or the tag is what changes when it is mended.
 */
import type { Finding } from '../finding/finding';
import { resourceKey, withoutRegistry } from '../finding/resource';

/** `image/shop/api`, `function/checkout`, `autoscaling/web`, `AwsEc2Instance/i-…`: unique within account and Region. */
export function mendedAsOne({ resources: [resource] }: Pick<Finding, 'resources'>): string {
  const image = imageRepository(resource.type, resource.id);
  if (image) return `image/${image}`;
  return resource.launchedBy ?? resourceKey(resource);
}

/** Registry and repository, without tag and digest. */
function imageRepository(type: string, id: string): string | undefined {
  const repository = /^arn:[^:]*:ecr:[^:]*:[^:]*:repository\/([^@]+?)(?:[/@:]sha256:[0-9a-f]+)?$/.exec(id)?.[1];
  if (repository) return repository;
  if (type !== 'Container' && type !== 'AwsEcrContainerImage') return undefined;
  // registry:port/path:tag@digest, and behind a space what the scanner says of the system in it.
  const reference = (type === 'Container' ? id : withoutRegistry(id)).split(/[\s@]/)[0] ?? '';
  return /^[0-9a-f]{64}$|^sha256:/.test(reference) ? undefined : reference.replace(/:[^/:]*$/, '');
}

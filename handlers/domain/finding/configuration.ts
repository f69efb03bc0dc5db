/**
 * What Security Hub CSPM says of the resource that a control judged, as far as it tells which of several reasons it is.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails.html
 */
import { at, type Json, list, number, object, present, text, time } from '../text/reading';
import type { Configuration } from './particulars';

export function configurationOfAsff(finding: Json): Configuration {
  const [resource] = list(finding.Resources);
  const details = Object.values(object(at(resource, 'Details')));
  const first = <T>(read: (its: unknown) => T | undefined): T | undefined => details.map(read).find((value) => value !== undefined);
  return present({
    open: list(at(resource, 'Details', 'AwsEc2SecurityGroup', 'IpPermissions')).flatMap(openTo),
    off: switchesOff(at(resource, 'Details'), finding),
    engine: first((its) => text(at(its, 'Engine'))),
    keyCreatedAt: time(at(resource, 'Details', 'AwsIamAccessKey', 'CreatedAt') ?? at(resource, 'Details', 'AwsKmsKey', 'CreationDate')),
  });
}

/** A rule that lets anybody in; of every protocol it names no ports. */
function openTo(rule: unknown): { firstPort: number; lastPort: number }[] {
  const anybody =
    list(at(rule, 'IpRanges')).some((range) => at(range, 'CidrIp') === '0.0.0.0/0') ||
    list(at(rule, 'Ipv6Ranges')).some((range) => at(range, 'CidrIpv6') === '::/0');
  if (!anybody) return [];
  if (text(at(rule, 'IpProtocol')) === '-1') return [{ firstPort: 0, lastPort: 65535 }];
  const [firstPort, lastPort] = [number(at(rule, 'FromPort')), number(at(rule, 'ToPort'))];
  const isPort = (port: number | undefined): port is number => port !== undefined && port >= 0 && port <= 65535;
  return isPort(firstPort) && isPort(lastPort) ? [{ firstPort, lastPort }] : [];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
const SWITCHES = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
/** As AWS Config's own rule says it of a bucket that has no block at all. */
const NONE = 'PublicAccessBlockConfiguration block is missing';

function switchesOff(details: unknown, finding: Json): string[] {
  if (text(at(finding, 'ProductFields', 'aws/securityhub/annotation')) === NONE) return [...SWITCHES];
  const block = at(details, 'AwsS3Bucket', 'PublicAccessBlockConfiguration') ?? at(details, 'AwsS3AccountPublicAccessBlock');
  return SWITCHES.filter((name) => at(block, name) === false);
}

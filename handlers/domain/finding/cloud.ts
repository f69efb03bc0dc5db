/**
 * Where a finding is that is in no AWS account: Security Hub also takes findings of Azure and of Kubernetes. Their
 * accounts are none of AWS Organizations, though a project of Google has a number that looks like one.
 */
import { at, text } from '../text/reading';

export interface Place {
  /** 12 digits, or provider and the provider's own id. */
  accountId: string;
  cloud?: { provider: string; account: string };
}

/**
 * @param provider as the finding says; absent or AWS in any case of letters is AWS.
 * @param account the account, subscription, project or cluster, as far as the finding names one.
 */
export function placeIn(provider: string | undefined, account: string | undefined): Place {
  const name =
    provider
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 20) ?? 'aws';
  if (name === 'aws' && account && /^\d{12}$/.test(account)) return { accountId: account };
  const cloud = { provider: name === 'aws' ? 'other' : name, account: (account ?? 'unknown').slice(0, 100) };
  return { accountId: `${cloud.provider}:${cloud.account}`, cloud };
}

/** Of ASFF: the first resource's Provider (AWS, Azure) and owner. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html */
export function placeOfAsff(resource: unknown, awsAccountId: string): Place {
  const provider = text(at(resource, 'Provider'));
  if (!provider || provider.toUpperCase() === 'AWS') return { accountId: awsAccountId };
  return placeIn(provider, text(at(resource, 'Owner', 'Account', 'Id')));
}

/** Of OCSF: `cloud`, else the owner of the first resource, else (Kubernetes) its cluster or namespace. */
export function placeOfOcsf(cloud: unknown, resource: unknown): Place {
  const account = text(at(cloud, 'account', 'uid')) ?? text(at(resource, 'owner', 'account', 'uid'));
  const provider = text(at(cloud, 'provider')) ?? text(at(resource, 'provider'));
  const cluster = text(at(resource, 'cluster', 'uid')) ?? text(at(resource, 'cluster', 'name')) ?? text(at(resource, 'namespace'));
  if (account || !cluster) return placeIn(provider, account);
  return placeIn('kubernetes', cluster);
}

/**
 * @param said by the finding itself, as it says it: another cloud spells its regions otherwise.
 * @returns where it says none that of its product's ARN, else that of the resource which it is about; '' where neither looks like one
 * of AWS's: GuardDuty's own page shows an ARN with a part too many.
 */
export function regionOf(said: string | undefined, productArn: string, ofResource: unknown): string {
  const others = [productArn.split(':')[3], text(ofResource)];
  return said ?? others.find((each) => /^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(each ?? '')) ?? '';
}

/** Who a request comes from, and keys of a role that was deployed. */
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Aws } from './aws';
import type { DoorRequest } from './door';

/** The account of a request that is signed with keys that moto gave out. @throws Error where moto does not know them. */
export async function accountOfKey({ account, headers, region }: DoorRequest, endpoint: string): Promise<string> {
  if (account) return account;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: (headers.authorization ?? '').replace(/\/[^/]+\/aws4_request/, '/sts/aws4_request'),
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  const known = /<Account>(\d{12})<\/Account>/.exec(await response.text())?.[1];
  if (!known) throw new Error(`moto did not say in ${region} whose key signed the request (HTTP ${response.status}).`);
  return known;
}

/** The environment variables by which Lambda gives a function its role. */
export async function credentialsOf({ sts }: Aws, roleArn: string): Promise<Record<string, string>> {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'function' }));
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
    throw new Error(`STS gave no keys for ${roleArn}.`);
  return {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
}

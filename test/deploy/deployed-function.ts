/** A function as it was deployed and is live: its code, its settings, and a process that runs it. */
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { liveVersion } from './aliases';
import type { Aws } from './aws';
import { credentialsOf } from './identity';
import { unzip } from './zip';

export interface DeployedFunction {
  name: string;
  arn: string;
  runtime: string;
  handler: string;
  timeoutMs: number;
  memoryMb: number;
  /** Folder that the archive was unpacked to. */
  folder: string;
  files: string[];
  /** As the stack set it. */
  variables: Record<string, string>;
  /** The keys of its role. */
  credentials: Record<string, string>;
  role: string;
  logFormat: string;
}

/** @param bucket the bootstrap's. moto's GetFunction answers an address of AWS for the code, and of an earlier version that of the newest. */
export async function takeFunction(
  aws: Aws,
  name: string,
  { bucket, folder }: { bucket: string; folder: string },
): Promise<DeployedFunction> {
  const Qualifier = await liveVersion(aws, name);
  const { Configuration, Code } = await aws.lambda.send(new GetFunctionCommand({ FunctionName: name, Qualifier }));
  if (!new URL(Code?.Location ?? '').hostname.endsWith('.amazonaws.com'))
    throw new Error('moto has closed the gap "a function\'s code has an address": take the archive from Code.Location.');
  const archive = await archiveOf(aws, bucket, Configuration?.CodeSha256 ?? '');
  const home = join(folder, name, Qualifier);
  mkdirSync(home, { recursive: true });
  return {
    name,
    // Of the alias, which is what is called.
    arn: `${(Configuration?.FunctionArn ?? '').split(':').slice(0, 7).join(':')}:live`,
    runtime: Configuration?.Runtime ?? '',
    handler: Configuration?.Handler ?? '',
    timeoutMs: (Configuration?.Timeout ?? 0) * 1000,
    memoryMb: Configuration?.MemorySize ?? 0,
    folder: home,
    files: unzip(archive, home),
    variables: Configuration?.Environment?.Variables ?? {},
    credentials: await credentialsOf(aws, Configuration?.Role ?? ''),
    role: Configuration?.Role ?? '',
    logFormat: Configuration?.LoggingConfig?.LogFormat ?? 'Text',
  };
}

/** The archive in the bucket that has the hash which Lambda tells of the version's code. */
async function archiveOf({ s3 }: Aws, Bucket: string, sha256: string): Promise<Buffer> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const archive = Buffer.from((await Body?.transformToByteArray()) ?? []);
    if (createHash('sha256').update(archive).digest('base64') === sha256) return archive;
  }
  throw new Error(`No archive in ${Bucket} has the hash ${sha256}.`);
}

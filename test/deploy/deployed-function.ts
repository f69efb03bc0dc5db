/** A function as it was deployed and is live: its code, its settings, and a process that runs it. */
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
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

/** @param bucket the bootstrap's. moto's GetFunction answers an address of AWS for the code; its path is the key in this bucket. */
export async function takeFunction(
  aws: Aws,
  name: string,
  { bucket, folder }: { bucket: string; folder: string },
): Promise<DeployedFunction> {
  const Qualifier = await liveVersion(aws, name);
  const { Configuration, Code } = await aws.lambda.send(new GetFunctionCommand({ FunctionName: name, Qualifier }));
  const { hostname, pathname } = new URL(Code?.Location ?? '');
  if (!hostname.endsWith('.amazonaws.com'))
    throw new Error('moto has closed the gap "a function\'s code has an address": take the archive from Code.Location.');
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: pathname.slice(1) }));
  const archive = Buffer.from((await Body?.transformToByteArray()) ?? []);
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

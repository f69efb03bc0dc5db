/** The tree of OUs that an audit draws. */
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Config } from '../../config/schema';
import { type OrganizationTree, parseOrganization } from '../../local/organizations/organization-tree';
import { WrongUse } from '../frame/command';

const SAMPLE = join(__dirname, '../demo/organization.json');

/** A tree, and where it is from. */
export interface KnownTree extends OrganizationTree {
  from: TreeSource;
}

/** No tree is asked of the organization here: `sample` is made up, `file` is as old as whoever wrote it last. */
export type TreeSource = { kind: 'sample' } | { kind: 'file'; file: string; written: string };

/**
 * That of a file; else the sample's, where the configuration is of that organization; else none.
 * @throws WrongUse where the file cannot be read.
 */
export function organizationFor({ settings: { organization } }: Config, file: string | undefined): KnownTree | undefined {
  if (file === undefined) {
    const sample = read(SAMPLE);
    const ours = sample.accounts.has(organization.managementAccount) && sample.accounts.has(organization.securityAccount);
    return ours ? { ...sample, from: { kind: 'sample' } } : undefined;
  }
  try {
    return { ...read(file), from: { kind: 'file', file: basename(file), written: statSync(file).mtime.toISOString() } };
  } catch (error) {
    throw new WrongUse(`--organization ${file}: ${(error as Error).message}`);
  }
}

function read(file: string): OrganizationTree {
  return parseOrganization(JSON.parse(readFileSync(file, 'utf8')), file);
}

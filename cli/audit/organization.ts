/** The tree of OUs that an audit draws. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema';
import { type OrganizationTree, parseOrganization } from '../../local/organizations/organization-tree';
import { WrongUse } from '../frame/command';

const SAMPLE = join(__dirname, '../demo/organization.json');

/**
 * That of a file; else the sample's, where the configuration is of that organization; else none.
 * @throws WrongUse where the file cannot be read.
 */
export function organizationFor({ settings: { organization } }: Config, file: string | undefined): OrganizationTree | undefined {
  if (file === undefined) {
    const sample = read(SAMPLE);
    return sample.accounts.has(organization.managementAccount) && sample.accounts.has(organization.securityAccount) ? sample : undefined;
  }
  try {
    return read(file);
  } catch (error) {
    throw new WrongUse(`--organization ${file}: ${(error as Error).message}`);
  }
}

function read(file: string): OrganizationTree {
  return parseOrganization(JSON.parse(readFileSync(file, 'utf8')), file);
}

/** The model and Organizations, as long as a world is given no others: what they answer, and what was asked. */
import type { Analyst, Directory } from '../../../handlers/ports';
import { localVerdicts } from '../../../local/bedrock/bedrock-judge';

export const answer = {
  summary: 'The setting that keeps strangers out is off.',
  impact: 'Anyone may read what is stored there.',
  actions: ['Confirm with the owner whether this is intended.', 'Close the access.'],
};

export const ANALYST: Analyst = { interpret: async () => ({ content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 }) };
/** Finds nothing to withhold, and costs nothing: most of what is played is not about it. */
export const JUDGE: Analyst = {
  interpret: async ({ prompt }) => ({ content: localVerdicts(prompt), model: 'test', inputTokens: 0, outputTokens: 0 }),
};
export const DIRECTORY: Directory = {
  account: async (id) => ({ name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};

/** The accounts and OUs that Organizations was asked of. */
export interface Lookups {
  accounts: string[];
  units: string[];
}

/** The same directory, each question of which is written down. */
export function counted(directory: Directory, lookups: Lookups): Directory {
  const { parent } = directory;
  return {
    ...(parent ? { parent: (id) => parent.call(directory, id) } : {}),
    account: async (id) => {
      lookups.accounts.push(id);
      return directory.account(id);
    },
    organizationalUnitName: async (id) => {
      lookups.units.push(id);
      return directory.organizationalUnitName(id);
    },
  };
}

/** A model and an organization that answer always, and each time the same. */
import type { Analyst, Directory } from '../../../handlers/ports';

export const answer = {
  summary: 'The setting that keeps strangers out is off.',
  impact: 'Anyone may read what is stored there.',
  actions: ['Confirm with the owner whether this is intended.', 'Close the access.'],
};

export const ANALYST: Analyst = { interpret: async () => ({ content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 }) };
export const DIRECTORY: Directory = {
  account: async (id) => ({ name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};

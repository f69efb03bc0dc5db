/** Remedies that several checks give. */
import type { Remedy } from '../check';

/** What only the management account can do; `npm run hub -- prerequisites` prints all of it. */
export function inManagementAccount(account: string, ...commands: string[]): Remedy {
  return {
    say: `With credentials of the management account ${account} (npm run hub -- prerequisites prints all that it has to do):`,
    command: commands.join('\n'),
  };
}

/** It designates the administrator, and in mode stack-sets turns Security Hub on in the management account. */
export const MANAGEMENT_APP = "npx cdk deploy --app 'npx tsx stacks/management-app.ts' --all";

export const DEPLOY = 'npx cdk deploy --all';

export function deploy(say: string): Remedy {
  return { say, command: DEPLOY };
}

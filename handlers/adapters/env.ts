/** What the stack gives every function, and what it says of them. */
export interface CommonEnv {
  /** What runs: commit and configuration, as messages and log lines name it (stacks/version.ts). */
  INTERPRETER_VERSION: string;
}

/** How values of the ledger are laid out. To be raised where the release before would misread what this one writes. */
export const LEDGER_SCHEMA = 1;

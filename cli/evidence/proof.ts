/** What a run of the project's own tests came to. test/evidence.cjs and test/deploy write it. */

/** What suites say that they prove, in their first comment: `@proves lost, repeated`. */
export const PROMISES = ['lost', 'repeated', 'rights', 'weakenings', 'secrets', 'texts', 'logs', 'model', 'terms', 'deployed'] as const;
export type Promised = (typeof PROMISES)[number];

/** Runs that belong to the proof, by the names of their files. */
export const RUNS = { test: 'npm test', 'test-slow': 'npm run test:slow', 'test-deploy': 'npm run test:deploy' } as const;
export type Run = keyof typeof RUNS;

interface Facts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface TestRun extends Facts {
  suites: number;
  /** Those that say what they prove, and those in which something failed. */
  proofs: Suite[];
}

export interface Suite extends Facts {
  path: string;
  proves: Promised[];
}

/** What the stack must give the enroll function; a forgotten one does not compile. */
export const ENROLL_ENV = [
  /** Codes of the home Region and the linked ones, with commas between them. */
  'REGIONS',
  /** The delegated administrator of Security Hub: the account that the function runs in. */
  'ADMINISTRATOR_ACCOUNT',
  'MANAGEMENT_ACCOUNT',
] as const;
export type EnrollEnv = Record<(typeof ENROLL_ENV)[number], string>;

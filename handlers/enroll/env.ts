/** What the stack must give the enroll function; a forgotten one does not compile. */
export interface EnrollEnv {
  /** Codes of the home Region and the linked ones, with commas between them. */
  REGIONS: string;
  /** The delegated administrator of Security Hub: the account that the function runs in. */
  ADMINISTRATOR_ACCOUNT: string;
  MANAGEMENT_ACCOUNT: string;
}

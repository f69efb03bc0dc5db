/** The note that write-back leaves at a finding. The role may write no other: stacks/constructs/securityhub-rights.ts. */

/** In whose name it is written. Comments of OCSF have no author. */
export const NOTED_BY = 'security-hub-interpreter';

/** How it begins; which channel follows. */
export const NOTED = 'Told in Slack: ';

/** The stack that stands in the security account's home Region: what deploys it and what looks for it agree here. */
export const HUB_STACK = 'SecurityHubInterpreter';

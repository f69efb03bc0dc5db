/** Secrets never stand in configuration: not as a value, not in a comment. */

interface Kind {
  what: string;
  pattern: RegExp;
  remedy: string;
}

const STORED = 'store the new one in Secrets Manager, and name that secret here';

/** A letter or digit must follow, so that a comment may still speak of "xoxb- tokens". */
const KINDS: Kind[] = [
  { what: 'a Slack token', pattern: /\bxox[a-z]-\w[\w-]*/gi, remedy: `Revoke it, ${STORED}: slack.tokenSecret in settings.yaml.` },
  { what: 'a Slack app token', pattern: /\bxapp-\w[\w-]*/gi, remedy: 'Revoke it: nothing here takes an app token.' },
  {
    what: 'a Slack webhook address',
    pattern: /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/\w[\w/]*/gi,
    remedy: `Revoke it, ${STORED.replace('here', 'as the receiver’s webhookSecret')} in routes.yaml.`,
  },
  { what: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, remedy: 'Delete the key in IAM: nothing here takes one.' },
  {
    what: 'a private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
    remedy: 'Replace the key wherever it is used: nothing here takes one.',
  },
];

export interface Secret {
  /** What it looks like. */
  what: string;
  /** Where it starts in the text. */
  offset: number;
  /** Its beginning, which says nothing of the rest. */
  beginning: string;
  /** What to do. */
  remedy: string;
}

/** Everything in a file's text that looks like a secret, comments included. */
export function findSecrets(text: string): Secret[] {
  return KINDS.flatMap(({ what, pattern, remedy }) =>
    [...text.matchAll(pattern)].map((found) => ({ what, offset: found.index, beginning: hide(found[0]), remedy })),
  );
}

/** The text with everything that looks like a secret cut after its telling beginning. */
export function redact(text: string): string {
  return KINDS.reduce((redacted, { pattern }) => redacted.replace(pattern, hide), text);
}

function hide(secret: string): string {
  const beginning = /^(?:xox[a-z]-|xapp-|hooks\.slack(?:-gov)?\.com\/\w+\/|AKIA|ASIA|-----BEGIN)/i.exec(secret)?.[0] ?? '';
  return `${beginning}…`;
}

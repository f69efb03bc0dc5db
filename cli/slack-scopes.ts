/** Which Slack method asks for which scope. The manifest asks for just these, and the doctor looks for them on the token. */

interface Need {
  scopes: readonly string[];
  why: string;
}

/** What the functions call. https://docs.slack.dev/reference/methods */
export const DELIVERY_METHODS = {
  'chat.postMessage': {
    // In a public channel chat:write.public does without an invitation: https://docs.slack.dev/reference/scopes/chat.write.public
    scopes: ['chat:write', 'chat:write.public'],
    why: 'tells a problem, and replies in its thread',
  },
  'chat.update': { scopes: ['chat:write'], why: 'keeps the message of a problem as it is' },
  'chat.getPermalink': { scopes: [], why: 'links a new message to the old one' },
} as const satisfies Record<string, Need>;

/** What only `npm run doctor` calls. It reads no message, and posts none. */
export const DOCTOR_METHODS = {
  'auth.test': { scopes: [], why: 'the token is valid, and has these scopes' },
  'blocks.validate': { scopes: [], why: 'Slack takes one message of each kind, asked with --slack' },
  'conversations.info': {
    // Findings mostly go to private channels. groups:read shows just those that the bot was invited to, and without it
    // such a channel looks as if it did not exist: https://docs.slack.dev/reference/scopes/groups.read
    scopes: ['channels:read', 'groups:read'],
    why: 'each channel is there, is not archived, and takes the bot',
  },
} as const satisfies Record<string, Need>;

type ScopesOf<Methods extends Record<string, Need>> = Methods[keyof Methods]['scopes'][number];
export type SlackScope = ScopesOf<typeof DELIVERY_METHODS> | ScopesOf<typeof DOCTOR_METHODS>;

/** Without one of these, problems are not told. */
export const DELIVERY_SCOPES: readonly SlackScope[] = scopesOf(DELIVERY_METHODS);
/** Without one of these, the doctor cannot see the channels. */
export const DOCTOR_SCOPES: readonly SlackScope[] = scopesOf(DOCTOR_METHODS);

function scopesOf(methods: Record<string, { scopes: readonly SlackScope[] }>): SlackScope[] {
  return [...new Set(Object.values(methods).flatMap(({ scopes }) => scopes))];
}

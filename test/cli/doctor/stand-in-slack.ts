/** Secrets Manager, and the methods of Slack's Web API by which the doctor looks. */
import { validation } from '../../../local/slack/slack-blocks';
import { type Answer, json, jsonProtocol, Refusal, type StandIn } from './protocol';

export const secretsmanager: StandIn = {
  prefix: 'secretsmanager',
  ...jsonProtocol('1.1'),
  answer({ secrets }, { input }): Answer {
    const value = secrets.get(String(input.SecretId));
    if (value === undefined) throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return json({ Name: input.SecretId, SecretString: value });
  },
};

export const slack: StandIn = {
  prefix: 'slack',
  read({ url, headers, body }) {
    const { token, ...input } = Object.fromEntries(new URLSearchParams(body));
    return {
      operation: url.pathname.split('/').pop() ?? '',
      input,
      token: /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? token,
    };
  },
  refuse: ({ code }) => json({ ok: false, error: code }),
  answer({ slack: workspace }, { operation, input, token }): Answer {
    // A careless Slack that repeats what it was given: the doctor must not.
    if (token !== workspace.token) return json({ ok: false, error: 'invalid_auth', echoed: token });
    const headers = { 'x-oauth-scopes': workspace.scopes.join(',') };
    if (operation === 'auth.test') return json({ ok: true, user: 'security-hub-interpreter', team: 'Acme' }, headers);
    if (operation === 'blocks.validate') return json(workspace.validation ?? validation(input.blocks), headers);
    if (operation !== 'conversations.info') throw new Error(`The stand-in has no ${operation}`);
    const channel = workspace.channels.get(String(input.channel));
    const needed = channel?.private ? 'groups:read' : 'channels:read';
    if (!workspace.scopes.includes(needed)) return json({ ok: false, error: 'missing_scope', needed }, headers);
    if (!channel || (channel.private && !channel.joined)) return json({ ok: false, error: 'channel_not_found' }, headers);
    const { name, archived, joined } = channel;
    return json(
      { ok: true, channel: { id: input.channel, name, is_archived: archived, is_private: channel.private, is_member: joined } },
      headers,
    );
  },
};

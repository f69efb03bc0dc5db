/** What an error of Slack's client comes to: whether a message may stand in the channel decides what may be repeated. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { failureOf, retryAfter } from '../../handlers/adapters/slack';
import { NotSent } from '../../handlers/adapters/sending';
import { SlackFailure } from '../../handlers/domain/failure';

const said = (error: string) => failureOf(new WebAPIPlatformError({ ok: false, error }));
const failed = (code: string | undefined, name = 'TypeError') =>
  failureOf(new WebAPIRequestError(Object.assign(new Error('fetch failed'), { name, cause: code && { code } })));

test.each([
  ['invalid_auth', 'receiver'],
  ['token_revoked', 'receiver'],
  ['missing_scope', 'receiver'],
  ['channel_not_found', 'receiver'],
  ['is_archived', 'receiver'],
  ['not_in_channel', 'receiver'],
  ['is_inactive', 'receiver'],
  ['external_channel_migrating', 'receiver'],
  ['restricted_action_read_only_channel', 'receiver'],
  ['restricted_action_non_threadable_channel', 'receiver'],
  ['messages_tab_disabled', 'receiver'],
  ['not_allowed_token_type', 'receiver'],
  ['two_factor_setup_required', 'receiver'],
  ['accesslimited', 'receiver'],
  ['enterprise_is_restricted', 'receiver'],
  ['team_not_found', 'receiver'],
  ['org_login_required', 'receiver'],
  ['message_not_found', 'gone'],
  ['edit_window_closed', 'gone'],
  ['cant_update_message', 'gone'],
  ['thread_not_found', 'gone'],
  ['invalid_blocks', 'content'],
  ['msg_blocks_too_long', 'content'],
  ['msg_too_long', 'content'],
  ['no_text', 'content'],
  ['ratelimited', 'rate-limited'],
  ['internal_error', 'unknown'],
  ['fatal_error', 'unknown'],
  ['request_timeout', 'unknown'],
  ['update_failed', 'unknown'],
  ['service_unavailable', 'unavailable'],
  ['team_added_to_org', 'unavailable'],
  ['something_new', 'refused'],
])('Slack’s %s is %s', (error, kind) => {
  expect(said(error)).toMatchObject({ name: 'SlackFailure', kind, message: `Slack answered ${error}` });
});

test('what is no code of Slack’s, and might repeat the token, is not repeated', () => {
  expect(said('no xoxb-1111-seeded')).toMatchObject({ kind: 'unknown', message: 'Slack answered with what is no code of its own' });
});

test.each([
  ['30', 30],
  ['0', 1],
  ['-5', 1],
  ['1.5', 1],
  [null, 30],
  ['', 30],
  ['soon', 30],
  ['Fri, 27 Nov 2026 10:00:00 GMT', 30],
  ['99999999999999999', 3600],
  ['Infinity', 30],
])('a 429 with Retry-After %s is waited for, for %i seconds', (header, seconds) => {
  expect(retryAfter(header)).toBe(seconds);
});

test('a 429 by its words says no time', () => {
  expect(said('ratelimited')).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 30 });
});

test('a gateway that gave up waiting does not know what became of the request', () => {
  expect(failureOf(new WebAPIHTTPError(504, 'Gateway Timeout', {}))).toMatchObject({ kind: 'unknown' });
  expect(failureOf(new WebAPIHTTPError(302, 'Found', {}))).toMatchObject({ kind: 'unknown' });
});

test('what never left this machine never reached Slack: it waits and may be sent again', () => {
  expect(failureOf(new WebAPIRequestError(new NotSent('nothing was sent: ECONNREFUSED')))).toMatchObject({
    kind: 'unavailable',
    message: 'Slack cannot be reached: nothing was sent: ECONNREFUSED',
  });
});

test.each([
  [500, 'unavailable'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [408, 'unavailable'],
  [403, 'refused'],
  [413, 'refused'],
])('HTTP %i without words of Slack is %s', (status, kind) => {
  expect(failureOf(new WebAPIHTTPError(status, '', {}))).toMatchObject({ kind });
});

test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'EPIPE', undefined])(
  '%s may have: it must not be repeated blindly',
  (code) => {
    expect(failed(code)).toMatchObject({ kind: 'unknown' });
  },
);

test('an answer that cannot be read was given to a request that was taken', () => {
  expect(failureOf(new SyntaxError('Unexpected token < in JSON'))).toMatchObject({ kind: 'unknown' });
  expect(failureOf(new TypeError('x is not an object'))).toMatchObject({ kind: 'unknown' });
  // While its body was read.
  expect(failureOf(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))).toMatchObject({ kind: 'unknown' });
});

test('what is a failure already, or none of Slack’s, stays what it is', () => {
  const known = new SlackFailure('gone', 'gone');
  const other = new Error('the secret holds no token');
  expect(failureOf(known)).toBe(known);
  expect(failureOf(other)).toBe(other);
});

test('no message carries what the request carried', () => {
  const token = 'xoxb-000000000000-secret';
  const error = new WebAPIRequestError(Object.assign(new Error(`POST with ${token}`), { cause: { code: 'ECONNRESET', token } }));
  const platform = new WebAPIPlatformError({ ok: false, error: 'invalid_auth', response_metadata: { messages: [token] } });
  for (const failure of [failureOf(error), failureOf(platform), failureOf(new WebAPIHTTPError(500, token, {}, token))])
    expect((failure as Error).message).not.toContain('xoxb');
});

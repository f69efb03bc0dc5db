/**
 * The search itself: it would be silent of a leak that it cannot see.
 * @proves secrets
 */
import { MARK, marksIn } from './marks';

const TOKEN = `xoxb-4711-${MARK}-0815`;

test.each<[string, string]>([
  ['as it is', `Bearer ${TOKEN}`],
  ['as it is', `Bearer ${TOKEN.toUpperCase()}`],
  ['in base64', Buffer.from(TOKEN).toString('base64')],
  ['in base64', Buffer.from(`x${TOKEN}`).toString('base64')],
  ['in base64', Buffer.from(`{"authorization":"Bearer ${TOKEN}"}`).toString('base64url')],
  ['in base64', Buffer.from(`xy${MARK}`).toString('base64')],
  ['in hexadecimal', Buffer.from(TOKEN).toString('hex').toUpperCase()],
  ['URL-encoded', [...Buffer.from(TOKEN)].map((byte) => `%${byte.toString(16)}`).join('')],
  ['as it is', encodeURIComponent(`https://hooks.slack.com/${TOKEN}?a=b`)],
  ['as it is', JSON.stringify(JSON.stringify({ token: `"${TOKEN}"` }))],
  ['JSON-escaped', [...MARK].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')],
  ['backwards', [...TOKEN].reverse().join('')],
])('finds it %s in %s', (form, text) => {
  expect(marksIn(text)).toContain(form);
});

test('finds nothing where there is nothing', () => {
  expect(marksIn('xoxb-4711-0815 https://hooks.slack.com/services/T0/B0')).toEqual([]);
});

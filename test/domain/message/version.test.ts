/** Which version tells stands in the footer, and nowhere else. */
import { renderMessage } from '../../../handlers/domain/message/message';
import { namingVersion } from '../../../handlers/domain/message/version';
import { faultsOf } from '../inspect';
import { member, rendering } from '../made';

test('it is the footer’s last word, after where the finding comes from', () => {
  const message = renderMessage(rendering([member('invoices-2026')]));
  const named = namingVersion(message, 'fb225b3.1a2b3c4d');
  const [footer, ...others] = named.blocks.filter(({ type }) => type === 'context');
  expect(others).toEqual([]);
  expect(footer).toBe(named.blocks.at(-1));
  const elements = (footer?.elements ?? []) as { text: string }[];
  expect(elements).toHaveLength(2);
  expect(elements[0]?.text).toContain('route');
  expect(elements[1]).toEqual({ type: 'plain_text', text: 'fb225b3.1a2b3c4d', emoji: false });
  expect(faultsOf(named, { mentions: ['U0ONCALL01', 'S0ONCALL01'] })).toEqual([]);
});

test('what was rendered stays as it was, so that another version by itself is no other message', () => {
  const message = renderMessage(rendering([member('invoices-2026')]));
  const before = JSON.stringify(message);
  namingVersion(message, 'fb225b3.1a2b3c4d');
  expect(JSON.stringify(message)).toBe(before);
});

test('a message without a footer, such as a reply, gets none', () => {
  const reply = { text: 'x', blocks: [{ type: 'rich_text', elements: [] }] };
  expect(namingVersion(reply, 'fb225b3.1a2b3c4d')).toEqual(reply);
});

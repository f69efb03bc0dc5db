/** Where one channel stands for all receivers (allTo), a message says for whom it was meant. */
import { renderMessage, renderMinimal } from '../../../handlers/domain/message/message';
import { words } from '../inspect';
import { member, receiver, rendering } from '../made';

const { settings } = rendering([member('invoices-2026')]);
const toldIn = (allTo: string, language: 'en' | 'ja' = 'en') =>
  rendering([member('invoices-2026')], { settings: { ...settings, allTo }, receiver: { ...receiver, language } });

test.each([
  ['en', `Meant for ${receiver.name}, told here for trial`],
  ['ja', `本来の宛先は ${receiver.name}（試行のためここに送信）`],
] as const)('in %s, also where Slack took no blocks', (language, expected) => {
  expect(words(renderMessage(toldIn('C0TRIALS001', language)))).toContain(expected);
  expect(JSON.stringify(renderMinimal(toldIn('C0TRIALS001', language)).blocks)).toContain(expected);
});

test('unless it is that receiver’s own channel, or everybody is told in theirs', () => {
  expect(words(renderMessage(toldIn(receiver.name)))).not.toContain('Meant for');
  expect(words(renderMessage(rendering([member('invoices-2026')])))).not.toContain('Meant for');
});

/** Incoming webhooks: their secrets hold addresses of the right Slack. An address can only be tried by posting, so it is not. */
import { WEBHOOK_ADDRESS } from '../../../handlers/adapters/secrets';
import { belongs } from '../../../handlers/adapters/webhook';
import { keyFor } from '../../../config/switches/keys';
import { storeSecret } from '../../store-secret';
import { check, counted, fail, type Item, pass } from '../check';
import { type CallFailure, failureIn } from '../failure';
import { outcomeOf } from '../outcome';

export const webhooks = check({ id: 'slack.webhooks', group: 'Slack', title: 'Webhooks', needs: ['caller'] }, async (context) => {
  const { secrets, slack, config } = context;
  const { home } = config.settings.regions;
  const { host } = config.settings.slack;
  const receivers = Object.entries(config.routes.receivers).flatMap(([name, { webhookSecret }]) =>
    webhookSecret ? [{ name, webhookSecret }] : [],
  );
  const items: Item[] = [];
  const commands: string[] = [];
  let unread: CallFailure | undefined;
  for (const { name, webhookSecret } of receivers) {
    const failure = await failureIn(secrets.value(webhookSecret, WEBHOOK_ADDRESS));
    const absent = failure?.code === 'ResourceNotFoundException';
    if (failure && !absent) {
      unread ??= failure;
      continue;
    }
    const address = absent ? undefined : await secrets.value(webhookSecret, WEBHOOK_ADDRESS);
    // $SLACK_API_URL may lead to a stand-in, whose webhooks are its own.
    if (address !== undefined && [`https://${host}/api/`, slack.apiUrl].some((api) => belongs(address, api))) continue;
    const why = absent ? `does not exist in ${home}` : `does not hold the address of a webhook of hooks.${host}`;
    items.push({ line: `${webhookSecret} of ${name}  ${why}`, data: { receiver: name, secret: webhookSecret, why } });
    commands.push(storeSecret(absent ? 'create' : 'replace', webhookSecret, home, keyFor(config.settings.keys, 'secrets')));
  }
  if (items.length > 0)
    return fail(
      `${counted(items.length, 'receiver')} cannot be reached`,
      {
        say: `Paste the address (https://hooks.${host}/…, Incoming Webhooks of the Slack app) after this, and press Enter; nothing is shown:`,
        command: commands.join('\n'),
      },
      items,
    );
  if (unread) return outcomeOf(unread);
  return pass(`${counted(receivers.length, 'address', 'addresses')} of hooks.${host} (not tried)`);
});

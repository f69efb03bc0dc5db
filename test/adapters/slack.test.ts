/** The calls at Slack, against a stand-in on loopback. */
import { listen } from '../../local/protocol/listener';
import { LOCAL_SLACK_TOKEN, slackService } from '../../local/slack/slack';
import { createWorkspace } from '../../local/slack/slack-workspace';
import { DELIVERY_METHODS } from '../../cli/slack-scopes';
import type { Secret } from '../../handlers/adapters/secrets';
import { slackMessenger } from '../../handlers/adapters/slack';

test('telling calls every method that it has scopes for, and no other', async () => {
  const called: string[] = [];
  const listener = await listen(slackService({ workspace: createWorkspace(() => Date.UTC(2026, 10, 21)) }), {
    faults: ({ operation }) => void called.push(operation),
  });
  const secret = { value: async () => LOCAL_SLACK_TOKEN } as unknown as Secret;
  const messenger = slackMessenger(secret, `${listener.url}/api/`);
  const message = { text: 'text', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'text' } }] };
  try {
    const { channel, ts } = await messenger.post('C0PRODONC01', message);
    await messenger.post(channel, message, { ts, broadcast: true });
    await messenger.update(channel, ts, { ...message, text: 'other' });
    await messenger.permalink(channel, ts);
  } finally {
    await listener.close();
  }
  expect([...new Set(called)].sort()).toEqual(Object.keys(DELIVERY_METHODS).sort());
});

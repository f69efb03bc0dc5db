/** The calls at Slack, against a stand-in on loopback. */
import { listen } from '../../local/protocol/listener';
import { LOCAL_SLACK_TOKEN, slackService } from '../../local/slack/slack';
import { createWorkspace } from '../../local/slack/slack-workspace';
import { DELIVERY_METHODS } from '../../cli/slack-scopes';
import type { Secret } from '../../handlers/adapters/secrets';
import { slackMessenger } from '../../handlers/adapters/slack';

test('a call with a token that was rotated meanwhile is made once more, with the new one', async () => {
  const listener = await listen(slackService({ workspace: createWorkspace(() => Date.UTC(2026, 10, 21)) }));
  const tokens = { false: 'xoxb-old', true: LOCAL_SLACK_TOKEN };
  const secret = { value: async (anew: boolean) => tokens[`${anew}`] } as unknown as Secret;
  try {
    const message = { text: 'text', blocks: [] };
    await expect(slackMessenger(secret, `${listener.url}/api/`).post('C0PRODONC01', message)).resolves.toMatchObject({
      channel: 'C0PRODONC01',
    });
  } finally {
    await listener.close();
  }
});

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

/** Whether Slack takes the blocks of one message of each kind of finding, in the receivers' languages. Nothing is posted. */
import { check, counted, fail, type Item, pass, skipped } from '../check';
import { failureIn } from '../failure';
import { outcomeOf } from '../outcome';

export const slackMessages = check({ id: 'slack.messages', group: 'Slack', title: 'Messages', needs: ['slack.token'] }, async (context) => {
  const { slack, config } = context;
  const { samples } = await import('../../samples/told');
  const { language } = config.settings;
  const receivers = Object.values(config.routes.receivers).filter(({ channel }) => channel);
  const items: Item[] = [];
  let asked = 0;
  for (const each of new Set(receivers.map((receiver) => receiver.language ?? language))) {
    for (const { name, state, message } of await samples(config.settings, each)) {
      if (state !== 'told') continue;
      const answer = slack.validate(message.blocks);
      const failure = await failureIn(answer);
      // GovSlack is behind at times.
      if (failure?.code === 'unknown_method') return skipped('this Slack has no blocks.validate');
      if (failure) return outcomeOf(failure);
      const problems = await answer;
      asked += 1;
      items.push(...problems.map((why) => ({ line: `${name} in ${each}  ${why}`, data: { kind: name, language: each, why } })));
    }
  }
  if (items.length === 0) return pass(`Slack takes ${counted(asked, 'message')}, one of each kind and language`);
  const remedy = {
    say: 'This is a fault of this project, or a change of Slack: report it with these lines. Slack still gets the words, without their layout.',
  };
  return fail(
    `Slack refuses the blocks of ${counted(new Set(items.map(({ data }) => JSON.stringify([data.kind, data.language]))).size, 'message')} of ${asked}`,
    remedy,
    items,
  );
});

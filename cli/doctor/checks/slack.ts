/** Slack: the token, what it may do, and each channel. Nothing is posted. */
import { BOT_TOKEN } from '../../../handlers/adapters/secrets';
import { DELIVERY_SCOPES, DOCTOR_SCOPES } from '../../slack-scopes';
import { keyFor } from '../../../config/switches/keys';
import { storeSecret } from '../../store-secret';
import { check, counted, fail, type Item, pass, type Remedy, skipped, unknown, warn } from '../check';
import { CallFailure, failureIn } from '../failure';
import { outcomeOf, sentence } from '../outcome';
import type { Bot, Channel } from '../reads/slack';

const TOKEN_APP = 'https://api.slack.com/apps';
/** https://docs.slack.dev/reference/methods/auth.test#errors */
const REFUSALS = /^(invalid_auth|not_authed|token_revoked|token_expired|account_inactive|org_login_required|access_denied)$/;

const secret = check({ id: 'slack.secret', group: 'Slack', title: 'Token secret', needs: ['caller'] }, async ({ secrets, config }) => {
  const { home } = config.settings.regions;
  const name = config.settings.slack.tokenSecret ?? '';
  const failure = await failureIn(secrets.value(name, BOT_TOKEN));
  const put = (how: 'create' | 'replace'): Remedy => ({
    say: 'Paste the bot token (OAuth & Permissions of the Slack app, xoxb-…) after this, and press Enter; nothing is shown:',
    command: storeSecret(how, name, home, keyFor(config.settings.keys, 'secrets')),
  });
  if (failure?.code === 'ResourceNotFoundException') return fail(`${name} does not exist in ${home}`, put('create'));
  if (failure) return outcomeOf(failure);
  const token = await secrets.value(name, BOT_TOKEN);
  if (!token) return fail(`${name} holds no ${BOT_TOKEN.what}: neither a text nor JSON with it under "${BOT_TOKEN.key}"`, put('replace'));
  if (!/^xoxb-\S+$/.test(token)) return fail(`${name} holds something that is no bot token: those begin with xoxb-`, put('replace'));
  return pass(`${name} holds a bot token`);
});

const token = check({ id: 'slack.token', group: 'Slack', title: 'Token', needs: ['slack.secret'] }, async ({ slack, config }) => {
  const failure = await failureIn(slack.bot());
  if (failure && REFUSALS.test(failure.code))
    return fail(`Slack refuses it: ${failure.code}`, {
      say: `Install the app anew (${TOKEN_APP}, Install App), then paste its new token after this, and press Enter:`,
      command: storeSecret('replace', config.settings.slack.tokenSecret ?? '', config.settings.regions.home),
    });
  if (failure) return outcomeOf(failure);
  const { name, team } = await slack.bot();
  return pass(`@${name} in the workspace ${team}`);
});

const scopes = check({ id: 'slack.scopes', group: 'Slack', title: 'Scopes', needs: ['slack.token'] }, async ({ slack }) => {
  const { scopes: given } = await slack.bot();
  if (!given)
    return unknown('Slack did not say which scopes the token has', { say: `See them under OAuth & Permissions of the app: ${TOKEN_APP}` });
  const missing = DELIVERY_SCOPES.filter((scope) => !given.includes(scope));
  const blind = DOCTOR_SCOPES.filter((scope) => !given.includes(scope));
  const remedy: Remedy = {
    say: `Add ${[...missing, ...blind].join(', ')} under OAuth & Permissions (or paste the manifest), and install the app again:`,
    command: 'npm run hub -- slack-manifest',
  };
  if (missing.length > 0) return fail(`the token lacks ${[...missing, ...blind].join(', ')}`, remedy);
  if (blind.length > 0) return warn(`the token lacks ${blind.join(', ')}, by which this doctor looks at channels`, remedy);
  return pass([...DELIVERY_SCOPES, ...DOCTOR_SCOPES].join(', '));
});

const channels = check({ id: 'slack.channels', group: 'Slack', title: 'Channels', needs: ['slack.token'] }, async ({ slack, config }) => {
  const bot = await slack.bot();
  const receivers = Object.entries(config.routes.receivers).flatMap(([name, { channel }]) => (channel ? [{ name, channel }] : []));
  const items: Item[] = [];
  const unseen: CallFailure[] = [];
  const invited: string[] = [];
  for (const { name, channel } of receivers) {
    const problem = await channelProblem(slack.channel(channel), bot, name);
    if (problem instanceof CallFailure) unseen.push(problem);
    else if (problem) {
      items.push({ line: `${channel} of ${name}  ${problem.why}`, data: { receiver: name, channel, why: problem.why } });
      if (problem.invite) invited.push(problem.invite);
    }
  }
  const remedies: Remedy[] = [
    ...(invited.length > 0 ? [{ say: `In Slack, in ${invited.join(' and ')}, as a member of it, write: /invite @${bot.name}` }] : []),
    { say: 'Or correct the channel of these receivers in routes.yaml, then:', command: 'npx cdk deploy --all' },
  ];
  if (items.length > 0) return fail(`${counted(items.length, 'receiver')} cannot be reached`, remedies, items);
  const [first] = unseen;
  if (first) {
    if (first.code === 'missing_scope')
      return skipped(`${counted(unseen.length, 'channel')} could not be looked at, ${first.message}: see Scopes`);
    return { ...outcomeOf(first), items: unseen.map((failure) => ({ line: sentence(failure), data: { code: failure.code } })) };
  }
  return pass(`${counted(receivers.length, 'channel')} open to @${bot.name}`);
});

/** https://docs.slack.dev/reference/methods/conversations.info */
async function channelProblem(
  answer: Promise<Channel>,
  bot: Bot,
  receiver: string,
): Promise<{ why: string; invite?: string } | CallFailure | undefined> {
  const failure = await failureIn(answer);
  // Slack hides private channels from those who are not in them.
  if (failure?.code === 'channel_not_found')
    return { why: `does not exist, or is private without @${bot.name}`, invite: `the channel of ${receiver}` };
  if (failure) return failure;
  const channel = await answer;
  if (channel.archived) return { why: `#${channel.name} is archived` };
  if (channel.joined) return undefined;
  if (channel.private) return { why: `#${channel.name} is private, and @${bot.name} is not in it`, invite: `#${channel.name}` };
  // Without the scope chat:write.public, a public channel takes only those who are in it; that the scope is missing is its own finding.
  return undefined;
}

export const slackChecks = [secret, token, scopes, channels];

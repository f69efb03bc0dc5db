/** `npm run demo`: a Saturday at a made-up company, through the code that would be deployed, without AWS. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Config } from '../config/schema';
import { addressOf } from '../config/routing/address';
import { counted } from './doctor/check';
import { command, type Status } from './frame/command';
import type { Terminal } from './frame/terminal';
import type { OrganizationInput } from '../local/organizations/organization-tree';
import type { LocalSlackMessage } from '../local/slack/slack-workspace';
import { configuration } from './run/configuration';
import { filesBelow, readInputs } from './run/inputs';
import { play } from './run/play';
import type { Outcome } from './run/run';
import { renderSummary, type Summary } from './run/summary';
import type { Names } from './show/blocks';
import { renderPage } from './show/page';
import type { PageChannel } from './show/page-model';
import { renderTerminal } from './show/terminal';

const FINDINGS = 'cli/demo/findings';
const ORGANIZATION = 'cli/demo/organization.json';
/** What Slack would show for the users and groups whom the example configuration mentions; others stand there by id. */
const NAMES = 'cli/demo/names.json';
const PAGE = 'out/demo.html';
/** Of the day of the findings: they come one after the other, as they did. */
const MORNING = Date.parse('2026-11-21T00:00:00Z');

export const demoCommand = command({
  name: 'demo',
  group: 'look',
  summary: 'Sends two dozen made-up findings through the code that would be deployed, and shows each message.',
  about: `Against stand-ins on this machine: no AWS account, no Slack workspace, and canned words where a model would write. Writes ${PAGE}, the channels as Slack would show them. One event brings two findings.`,
  flags: {},
  script: true,
  run: (_asked, terminal) => demonstrate(terminal),
});

async function demonstrate(terminal: Terminal): Promise<Status> {
  const config = configuration('config', terminal);
  const inputs = filesBelow([FINDINGS]).flatMap(readInputs);
  const organization = JSON.parse(readFileSync(ORGANIZATION, 'utf8')) as OrganizationInput;
  const options = { flags: { config: 'config' }, config, organization, now: MORNING, asTheyHappened: true };
  return play(inputs, options, terminal, (outcomes, summary, cloud) => {
    const channels = cloud.slack.channels();
    const names = new Map(Object.entries(JSON.parse(readFileSync(NAMES, 'utf8')) as Record<string, string>));
    printMessages(channels, channelNames(config), { ...terminal, names });
    mkdirSync('out', { recursive: true });
    writeFileSync(PAGE, page(channels, outcomes, summary, { ...config, names }));
    terminal.print(
      `${renderSummary(outcomes, summary, terminal.width)}\n${unheard(config, channels)}\nThe same as Slack would show it: ${PAGE}`,
    );
  });
}

/** Acme is not the organization of whoever edits config/: its accounts and OUs may be on none of his routes. */
function unheard({ routes }: Config, channels: Map<string, LocalSlackMessage[]>): string {
  const names = Object.entries(routes.receivers).flatMap(([name, receiver]) => (channels.has(addressOf(receiver)) ? [] : [name]));
  if (names.length === 0) return '';
  return `Not told of anything: ${names.join(', ')}. Acme has accounts and OUs of its own; \`npm run routes\` answers for yours.\n`;
}

function channelNames(config: Config): Map<string, string> {
  return new Map(Object.entries(config.routes.receivers).map(([name, receiver]) => [addressOf(receiver), name]));
}

function printMessages(
  channels: Map<string, LocalSlackMessage[]>,
  channelNames: Map<string, string>,
  terminal: Terminal & { names: Names },
): void {
  for (const [channel, messages] of channels) {
    for (const { threadTs, broadcast, editedAt, text, blocks } of messages) {
      const written = {
        text,
        blocks,
        channel: `#${channelNames.get(channel) ?? channel}`,
        edited: editedAt !== undefined,
        ...(threadTs ? { thread: { broadcast } } : {}),
      };
      terminal.print(renderTerminal(written, terminal));
    }
  }
}

function page(
  channels: Map<string, LocalSlackMessage[]>,
  outcomes: Outcome[],
  summary: Summary,
  config: Config & { names: Names },
): string {
  const pageChannels = Object.entries(config.routes.receivers).map(([name, receiver]): PageChannel => {
    const messages = channels.get(addressOf(receiver)) ?? [];
    return {
      id: addressOf(receiver),
      name,
      description: receiver.securityAccountAccess ? 'organization security' : 'account owners',
      language: receiver.language ?? config.settings.language,
      messages: messages
        .filter(({ threadTs }) => threadTs === undefined)
        .map(({ ts, text, blocks, editedAt }) => ({
          ts,
          text,
          blocks,
          ...(editedAt === undefined ? {} : { edited: String(editedAt / 1000) }),
          replies: messages
            .filter(({ threadTs }) => threadTs === ts)
            .map((reply) => ({ ts: reply.ts, text: reply.text, blocks: reply.blocks, broadcast: reply.broadcast })),
        })),
    };
  });
  const told = summary.outcomes.posted + summary.outcomes.updated;
  return renderPage(pageChannels, {
    title: 'A Saturday at Acme',
    subtitle:
      'Made-up findings of a made-up company, through the code that would be deployed. A stand-in with canned words takes the model’s place, and its judge lets everything pass and has judged nothing; everything else is as in production.',
    workspace: 'Acme',
    generatedAt: Date.now(),
    language: 'en',
    timeZone: config.settings.timeZone,
    names: config.names,
    figures: [
      { label: 'findings in', value: summary.findings },
      { label: 'messages out', value: summary.messages, note: `for ${counted(told, 'finding')} told` },
      {
        label: 'questions to the stand-in for the model',
        value: summary.bedrockCalls,
        note: 'for words and to judge them; the same problem asks once',
      },
      { label: 'not told', value: summary.findings - told, note: 'each with its reason, below' },
      { label: 'lost', value: summary.outcomes.failed + summary.deadLetters },
    ],
    outcomes: outcomes.map(({ file, title, severity, accountId, ouPath, receivers, outcome, reason }) => ({
      file: file.replace(`${FINDINGS}/`, ''),
      title: title ?? undefined,
      severity: severity ?? '',
      account: accountId ?? '',
      ou: ouPath ?? '',
      receivers,
      outcome,
      reason,
    })),
  });
}

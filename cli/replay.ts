/** `npm run replay`: your own findings through the code that would be deployed, without AWS. */
import { createWriteStream, readFileSync } from 'node:fs';
import { type Asked, command, CONFIG, type Status, WrongUse } from './frame/command';
import { redact } from '../config/rules/secrets';
import type { Terminal } from './frame/terminal';
import { type OrganizationInput, parseOrganization } from '../local/organizations/organization-tree';
import type { TranscriptEntry } from '../local/protocol/listener';
import { configuration } from './run/configuration';
import { findingsIn } from './run/inputs';
import { headsOf } from './run/heads';
import { play } from './run/play';
import { renderSummary } from './run/summary';
import { renderTerminal } from './show/terminal';

const MODES = ['stub', 'live'] as const;
const FLAGS = {
  transcript: { value: 'FILE', about: 'every call to Slack and Bedrock as a JSON line' },
  organization: {
    value: 'FILE',
    about: 'a tree {id, name, accounts: [{id, name, tags}], children: […]}',
    default: 'cli/demo/organization.json',
  },
  assembly: { value: 'DIR', about: 'a folder that cdk synth wrote, instead of a fresh synth of the configuration' },
  state: { value: 'DIR', about: 'keeps the ledger and the messages for the next run' },
  bedrock: {
    value: 'MODE',
    about: 'stub: a stand-in with canned words; live: your credentials and AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    choices: MODES,
    default: 'stub',
  },
  slack: {
    value: 'MODE',
    about: 'stub: a stand-in on this machine; live: really posts, with SLACK_BOT_TOKEN and SLACK_API_URL, at Slack’s pace',
    choices: MODES,
    default: 'stub',
  },
  ...CONFIG,
  json: { about: 'one JSON line a finding, then a {"summary": …} line' },
} as const;

export const replayCommand = command({
  name: 'replay',
  group: 'look',
  summary: 'Sends your own findings through the code that would be deployed, without AWS.',
  about:
    'Takes EventBridge events, bare findings, arrays of either and {"Findings": […]} as the AWS CLI prints them: .json, .jsonl, .ndjson and .txt files. Exit status 1: a finding was not told to somebody whom its route names.',
  flags: FLAGS,
  operands: { name: 'PATH...', about: 'files, or folders of files' },
  script: true,
  run: replayed,
});

async function replayed({ flags, operands }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  const live = { bedrock: flags.bedrock as 'stub' | 'live', slack: flags.slack as 'stub' | 'live' };
  if (live.slack === 'live' && !process.env.SLACK_BOT_TOKEN)
    throw new WrongUse('--slack live needs the bot token in the environment variable SLACK_BOT_TOKEN.');
  const config = configuration(flags.config, terminal);
  const organization = readOrganization(flags.organization);
  const inputs = findingsIn(operands);

  const file = flags.transcript === undefined ? undefined : createWriteStream(flags.transcript);
  const transcript = (entry: TranscriptEntry) => void file?.write(`${redact(JSON.stringify(entry))}\n`);
  try {
    return await play(
      inputs,
      { ...live, flags, config, organization, stateDir: flags.state, transcript },
      terminal,
      (outcomes, summary, cloud) => {
        if (flags.json) {
          for (const { title: _title, messages: _messages, ...outcome } of outcomes) terminal.print(JSON.stringify(outcome));
          terminal.print(JSON.stringify({ summary }));
          return;
        }
        const headOf = headsOf(outcomes, config);
        for (const message of [...cloud.slack.channels().values()].flat())
          terminal.print(renderTerminal({ ...message, ...headOf(message) }, terminal));
        terminal.print(renderSummary(outcomes, summary, terminal.width));
      },
    );
  } finally {
    if (file) await new Promise<void>((done) => file.end(done));
  }
}

function readOrganization(file: string): OrganizationInput {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as OrganizationInput;
    parseOrganization(content, file);
    return content;
  } catch (error) {
    throw new WrongUse(`--organization ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

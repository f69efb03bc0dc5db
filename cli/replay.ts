/** `npm run replay`: your own findings through the code that would be deployed, without AWS. */
import { createWriteStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { OrganizationInput } from './local/organization-tree';
import { parseOrganization } from './local/organization-tree';
import { configuration, ConfigurationProblems, webhookSecrets } from './run/configuration';
import { filesBelow, readInputs } from './run/inputs';
import { progressBar } from './run/progress';
import { type Outcome, run } from './run/run';
import { synthesize } from './run/synthesize';
import { renderSummary, summaryOf } from './run/summary';
import { renderTerminal, terminalOptions } from './show/terminal';

const USAGE = `Usage: npm run replay -- [options] PATH…

Sends the findings in files or folders (EventBridge events, bare findings, arrays,
{"Findings": […]} as the AWS CLI prints them) through the synthesized code.

  --json               one JSON line a finding, then a {"summary": …} line
  --transcript FILE    every call to Slack and Bedrock as a JSON line
  --config DIR         folder with settings.yaml and routes.yaml (config)
  --organization FILE  a tree {id, name, accounts: [{id, name, tags}], children: […]}
  --assembly DIR       a folder that cdk synth wrote, instead of a fresh synth of the configuration
  --state DIR          keeps the ledger and the messages for the next run
  --bedrock stub|live  live: your credentials and AWS_ENDPOINT_URL_BEDROCK_RUNTIME (stub)
  --slack stub|live    live: SLACK_BOT_TOKEN and SLACK_API_URL (stub)
`;

async function main(): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) {
    (values.help ? process.stdout : process.stderr).write(USAGE);
    return values.help ? 0 : 2;
  }
  const bedrock = mode('bedrock', values.bedrock);
  const slack = mode('slack', values.slack);
  if (slack === 'live' && !process.env.SLACK_BOT_TOKEN)
    throw new Error('--slack live needs the bot token in the environment variable SLACK_BOT_TOKEN.');

  const config = configuration(values.config);
  const organization = readOrganization(values.organization);
  const inputs = filesBelow(positionals).flatMap(readInputs);
  if (inputs.length === 0) throw new Error(`There is no .json, .jsonl or .txt file below ${positionals.join(', ')}.`);

  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  const began = Date.now();
  const assembly = values.assembly === undefined ? await synthesize(values.config) : { folder: values.assembly, remove: () => undefined };
  const transcript = values.transcript === undefined ? undefined : createWriteStream(values.transcript);
  const calls = { posts: 0, replies: 0, updates: 0, bedrock: 0 };
  const bar = progressBar(inputs.length);
  try {
    const { outcomes, cloud, aborted } = await run(inputs, {
      assembly: assembly.folder,
      organization,
      bedrock,
      slack,
      stateDir: values.state,
      settings: { ...config.settings, tokenSecret: config.settings.slack.tokenSecret },
      webhookSecrets: webhookSecrets(config),
      signal: abort.signal,
      onProgress: (progress) => bar.update(progress),
      transcript: (entry) => {
        count(calls, entry);
        transcript?.write(`${JSON.stringify(entry)}\n`);
      },
    });
    bar.stop();
    const summary = summaryOf(outcomes, {
      ...calls,
      deadLetters: Object.values(cloud.deadLetters()).flat().length,
      seconds: (Date.now() - began) / 1000,
      aborted,
    });
    if (values.json) {
      for (const { title: _title, ...outcome } of outcomes) process.stdout.write(`${JSON.stringify(outcome)}\n`);
      process.stdout.write(`${JSON.stringify({ summary })}\n`);
    } else {
      print(outcomes, cloud.slack.channels(), summary);
    }
    await cloud.close();
    return aborted ? 130 : summary.outcomes.failed > 0 ? 1 : 0;
  } finally {
    bar.stop();
    if (transcript) await new Promise<void>((done) => transcript.end(done));
    assembly.remove();
  }
}

function parse() {
  return parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      assembly: { type: 'string' },
      transcript: { type: 'string' },
      config: { type: 'string', default: 'config' },
      organization: { type: 'string', default: 'cli/demo/organization.json' },
      state: { type: 'string' },
      bedrock: { type: 'string', default: 'stub' },
      slack: { type: 'string', default: 'stub' },
    },
  });
}

function mode(name: string, value: string): 'stub' | 'live' {
  if (value === 'stub' || value === 'live') return value;
  throw new Error(`--${name} is stub or live, not "${value}".`);
}

function readOrganization(file: string): OrganizationInput {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The organization ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  parseOrganization(content, file);
  return content as OrganizationInput;
}

function count(
  calls: { posts: number; replies: number; updates: number; bedrock: number },
  { service, operation, request }: { service: string; operation: string; request: unknown },
): void {
  if (service === 'bedrock') calls.bedrock++;
  else if (operation === 'chat.update') calls.updates++;
  else if (operation === 'webhook') calls.posts++;
  else if (operation === 'chat.postMessage') {
    if ((request as { thread_ts?: unknown }).thread_ts === undefined) calls.posts++;
    else calls.replies++;
  }
}

function print(
  outcomes: Outcome[],
  channels: ReturnType<Awaited<ReturnType<typeof run>>['cloud']['slack']['channels']>,
  summary: ReturnType<typeof summaryOf>,
): void {
  const options = terminalOptions(process.stdout, process.env);
  for (const [channel, messages] of channels) {
    for (const message of messages) process.stdout.write(`${renderTerminal({ ...message, channel }, options)}\n\n`);
  }
  process.stdout.write(renderSummary(outcomes, summary));
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof ConfigurationProblems || error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);

/** A replay, with what its functions wrote of metrics, beside the figures that the command prints of it. */
import { readFileSync } from 'node:fs';
import { loadConfig } from '../../config/load';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { run } from '../../cli/run/run';
import { countCall, NO_CALLS, standIns, type Summary, summaryOf } from '../../cli/run/summary';
import type { TranscriptEntry } from '../../local/protocol/listener';
import type { JsonObject } from '../../local/protocol/wire';
import { EXAMPLE } from '../config/example';
import { NOW } from '../config/folder';
import { type Datapoint, datapointsIn, total } from '../stacks/emf';

export interface Replayed {
  summary: Summary;
  points: Datapoint[];
  /** Lines of the logs that are JSON and no metric. */
  lines: JsonObject[];
  transcript: TranscriptEntry[];
  /** How often Organizations was asked, by operation. */
  organizations(operation: string): number;
}

export async function replayed(assembly: string, paths: readonly string[]): Promise<Replayed> {
  const { config } = loadConfig(EXAMPLE, NOW);
  if (!config) throw new Error('the example has mistakes');
  const calls = { ...NO_CALLS };
  const points: Datapoint[] = [];
  const lines: JsonObject[] = [];
  const transcript: TranscriptEntry[] = [];
  const { outcomes, cloud, aborted } = await run(filesBelow(paths).flatMap(readInputs), {
    assembly,
    organization: JSON.parse(readFileSync('cli/demo/organization.json', 'utf8')),
    settings: { ...config.settings, tokenSecret: config.settings.slack.tokenSecret },
    transcript: (entry) => {
      countCall(calls, entry);
      transcript.push(entry);
    },
    onLog: ({ line, entry }) => {
      const found = datapointsIn(line);
      points.push(...found);
      if (entry && found.length === 0) lines.push(entry);
    },
  });
  const deadLetters = Object.values(cloud.deadLetters()).flat().length;
  const summary = summaryOf(outcomes, { ...calls, deadLetters, seconds: 0, aborted, standIns: standIns({}) });
  const asked = Object.fromEntries(
    ['DescribeAccount', 'DescribeOrganizationalUnit', 'ListParents'].map((operation) => [
      operation,
      cloud.calls('organizations', operation),
    ]),
  );
  await cloud.close();
  return { summary, points, lines, transcript, organizations: (operation) => asked[operation] ?? 0 };
}

/** Fails where a metric says anything else than the summary, Slack, Bedrock or Organizations do. */
export function expectToAgree({ summary, points, lines, transcript, organizations }: Replayed): void {
  const { outcomes } = summary;
  // An event that two rules take comes twice, and one that none takes not at all: decisions are counted, not findings.
  const decided = lines.filter(({ message }) => message === 'finding');
  const of = (outcome: string) => decided.filter((line) => line.outcome === outcome).map(({ eventId, finding }) => `${eventId} ${finding}`);
  const recorded = new Set(of('recorded'));
  const told = outcomes.posted + outcomes.updated + outcomes.unchanged + outcomes.failed;
  // A second decision on one event is either another rule's, or another file with the same event.
  expect(told).toBeGreaterThanOrEqual(recorded.size + of('unchanged').filter((each) => !recorded.has(each)).length);
  expect(told).toBeLessThanOrEqual(recorded.size + of('unchanged').length);
  expect(total(points, 'Findings', { outcome: 'recorded' })).toBe(recorded.size);
  expect({
    messages: total(points, 'Tellings', { action: 'message' }),
    replies: total(points, 'Tellings', { action: 'reply' }),
    updates: total(points, 'Tellings', { action: 'update' }),
    bedrockCalls: total(points, 'ModelCalls'),
    deadLetters: total(points, 'Work', { end: 'dead-lettered' }) + total(points, 'Findings', { outcome: 'invalid' }),
  }).toEqual({
    messages: summary.messages,
    replies: summary.replies,
    updates: summary.updates,
    bedrockCalls: summary.bedrockCalls,
    deadLetters: summary.deadLetters,
  });
  for (const outcome of ['recorded', 'unchanged', 'muted', 'filtered', 'invalid'])
    expect([outcome, total(points, 'Findings', { outcome })]).toEqual([outcome, of(outcome).length]);
  const posts = lines.filter(({ message, action }) => message === 'told' && action === 'post');
  expect(total(points, 'Problems')).toBe(posts.length);
  expect(points.filter(({ name }) => name === 'SecondsToSlack')).toHaveLength(posts.length);
  const usage = (key: string) =>
    transcript.reduce((sum, { service, response }) => {
      const used = (response as { usage?: Record<string, number> } | undefined)?.usage;
      return service === 'bedrock' ? sum + (used?.[key] ?? 0) : sum;
    }, 0);
  expect([total(points, 'ModelTokens', { direction: 'in' }), total(points, 'ModelTokens', { direction: 'out' })]).toEqual([
    usage('inputTokens'),
    usage('outputTokens'),
  ]);
  expect([
    total(points, 'OrganizationsCalls', { about: 'account' }),
    total(points, 'OrganizationsCalls', { about: 'unit' }),
    total(points, 'OrganizationsCalls', { about: 'parent' }),
  ]).toEqual(['DescribeAccount', 'DescribeOrganizationalUnit', 'ListParents'].map(organizations));
}

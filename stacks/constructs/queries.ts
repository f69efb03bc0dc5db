/** Saved queries of CloudWatch Logs Insights, for the questions that people ask of this system. They cost nothing until they are run. */
import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQuery {
  name: string;
  /** What is to be written into it first, or what it says. */
  says: string;
  lines: string[];
}

/** What stands in a query where a person writes what he looks for. */
export const HERE = 'WRITE IT HERE';

export const QUERIES: readonly SavedQuery[] = [
  {
    name: 'Where is a finding',
    says: 'From event to message, in the order in which it happened. Write in the id of its event, its hash or the fingerprint of its problem.',
    lines: [
      'fields @timestamp, message, outcome, reason, receivers.0, action, channel, receiver, fingerprint, seconds',
      `filter @message like '${HERE}' and ispresent(message)`,
      'sort @timestamp asc',
      'limit 500',
    ],
  },
  {
    name: 'What was told to a receiver',
    says: 'Messages, replies and edits, the newest first. Write in the name of the receiver in routes.yaml.',
    lines: [
      'fields @timestamp, action, severity, open, closed, channel, ts, fingerprint, eventIds.0',
      `filter message = 'told' and receiver = '${HERE}'`,
      'sort @timestamp desc',
      'limit 500',
    ],
  },
  {
    name: 'What fails',
    says: 'What was logged as a warning or an error, by its reason, the most frequent first.',
    lines: [
      "filter level in ['WARN', 'ERROR'] and message != 'waits to be told'",
      'stats count(*) as times, min(@timestamp) as first, max(@timestamp) as last by message, reason',
      'sort times desc',
      'limit 100',
    ],
  },
  {
    name: 'What waits',
    says: 'What waited for longer than a minute, and for what, the longest first.',
    lines: [
      "filter message = 'waits to be told'",
      'stats max(seconds) as waited, count(*) as looks, max(@timestamp) as last by reason, receiver, fingerprint',
      'sort waited desc',
      'limit 100',
    ],
  },
  {
    name: 'What the model costs',
    says: 'Tokens by day. In is what was asked, out what was answered: Bedrock bills them apart.',
    lines: ['filter ispresent(ModelTokens)', 'stats sum(ModelTokens) as tokens by bin(1d) as day, direction', 'sort day desc'],
  },
  {
    name: 'What the functions cost',
    says: 'Billed seconds, the slowest run and the most memory used, by day and function.',
    lines: [
      "filter type = 'platform.report'",
      'stats sum(record.metrics.billedDurationMs) / 1000 as billed, max(record.metrics.durationMs) / 1000 as slowest, max(record.metrics.maxMemoryUsedMB) as memory, count(*) as runs by bin(1d) as day, @log',
      'sort day desc',
    ],
  },
];

export class Queries extends Construct {
  constructor(scope: Construct, id: string, { logs }: { logs: readonly LogGroup[] }) {
    super(scope, id);
    for (const [index, { name, lines }] of QUERIES.entries())
      new CfnQueryDefinition(this, `Query${index}`, {
        // What stands before the slash is a folder in the console.
        name: `${Stack.of(this).stackName}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: logs.map(({ logGroupName }) => logGroupName),
      });
  }
}

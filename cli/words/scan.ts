/** What the model said, read from the whole table. */
import { scanned as rowsIn } from '../ledger/scan';
import { type Seen, seenIn } from './seen';

const PARTS = [
  ...['edition', 'model', 'briefHash', 'promptVersion', '#language', '#at', 'withheld'],
  ...['interpretation.answer', 'interpretation.purged', 'message', 'resolvedAt'],
];
const HOLDS = [
  'begins_with(pk, :briefing) AND attribute_exists(#value.model)',
  'sk = :header AND attribute_exists(#value.interpretation.answer)',
  'sk = :header AND attribute_exists(#value.interpretation.purged)',
];

/** Consistent: it sees what was written before it began. @param progress rows read so far. @throws what DynamoDB answers. */
export async function* scanned(table: string, region: string, progress: (rows: number) => void): AsyncGenerator<Seen> {
  const what = {
    ConsistentRead: true,
    FilterExpression: HOLDS.map((each) => `(${each})`).join(' OR '),
    ProjectionExpression: ['pk', 'sk', ...PARTS.map((part) => `#value.${part}`)].join(', '),
    ExpressionAttributeNames: { '#value': 'value', '#language': 'language', '#at': 'at' },
    ExpressionAttributeValues: { ':briefing': 'briefing#', ':header': 'header' },
  };
  for await (const { pk, sk, value } of rowsIn({ table, region }, what, progress)) {
    const seen = seenIn({ pk, sk }, value);
    if (seen) yield seen;
  }
}

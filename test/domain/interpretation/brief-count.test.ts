/** Published findings, and how many different questions they are: two that an analyst would tell apart are two. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shared, testWithShared } from '../../where-there';
import { BriefCount } from '../../simulate/brief-count';

testWithShared('findings')('the findings beside the repository are told apart, and equal problems are one question', () => {
  const count = new BriefCount();
  for (const file of readdirSync(shared('findings'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))) {
    const json = JSON.parse(readFileSync(join(shared('findings'), file), 'utf8')) as {
      detail?: { findings?: unknown[] };
      Findings?: unknown[];
    };
    count.count(json.detail?.findings ?? json.Findings ?? (Array.isArray(json) ? json : [json]));
  }
  console.log(count.table());
  // Ten of Inspector’s are of five ports, from the internet and from a peered VPC; some with a listener.
  expect(count.of('inspector').briefs).toBeGreaterThanOrEqual(8);
  expect(count.of('macie')).toEqual({ findings: 4, briefs: 4 });
  expect(count.of('control').briefs).toBeLessThan(count.of('control').findings);
});

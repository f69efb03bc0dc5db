/** `replay` of many findings as they really were. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { shared, testWithShared } from '../where-there';
import { cleanUp, prepare, replay, workFolder } from './replay';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

/** Strings of a finding that tell whose it is. */
function identifiers(raw: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(raw, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    for (const pattern of [
      /\b\d{12}\b/g,
      /\barn:[^\s"]+/g,
      /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
      /[\w.+-]+@[\w-]+\.[\w.]+/g,
      /\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g,
    ]) {
      for (const [match] of value.matchAll(pattern)) if (match !== '0.0.0.0') found.add(match);
    }
    return value;
  });
  const resources = (raw as { Resources?: { Id?: string }[]; resources?: { uid?: string; name?: string }[] }) ?? {};
  for (const id of [
    ...(resources.Resources ?? []).map(({ Id }) => Id),
    ...(resources.resources ?? []).flatMap(({ uid, name }) => [uid, name]),
  ]) {
    const name = id?.split(/[/:]/).at(-1);
    // A name of one common word ("default", "root") says nothing where it appears.
    if (name && name.length > 3 && /[\d_-]/.test(name)) found.add(name);
  }
  return found;
}

const SHARED = shared('findings');
testWithShared('findings')(
  'the real findings beside the checkout: a line for each, none failed, each admitted one with a receiver, and nobody’s identifier in any request to Bedrock',
  () => {
    const transcript = join(workFolder, 'transcript.jsonl');
    const { lines, summary, status } = replay('--transcript', transcript, SHARED);
    const inputs = filesBelow([SHARED]).flatMap(readInputs);
    expect(lines).toHaveLength(inputs.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0));
    expect(lines.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(lines.filter(({ admitted, receivers }) => admitted && receivers.length === 0)).toEqual([]);
    expect(status).toBe(0);

    const requests = readFileSync(transcript, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { service: string; request: unknown })
      .filter(({ service }) => service === 'bedrock')
      .map(({ request }) => JSON.stringify(request));
    expect(requests.length).toBeGreaterThan(20);
    const all = requests.join('\n');
    const leaked = inputs.flatMap(({ file: name, findings }) =>
      findings.flatMap((raw) => [...identifiers(raw)].filter((id) => all.includes(id)).map((id) => `${name}: ${id}`)),
    );
    expect(leaked).toEqual([]);
    console.log(`${lines.length} findings of ${SHARED}: ${JSON.stringify(summary)}`);
  },
  120_000,
);

/**
 * Whatever text of a finding an attacker writes, it is told in its channel at its severity, comes alive nowhere, and is in no prompt.
 * @proves texts
 */
import { type Language, LANGUAGES } from '../../config/schema';
import type { AnalystRequest } from '../../handlers/ports';
import { faultsOf } from '../domain/inspect';
import { config } from './config';
import { eventOf } from './events';
import { ATTACKS, hostileFindings } from './hostile-findings';
import { answer, HOUR, World } from './world';

const ROOT = 'C0SECOPS001';
const WORKLOADS = 'C0WORKLD001';

interface Played {
  world: World;
  prompts: AnalystRequest[];
}

async function played(finding: object, format: 'asff' | 'ocsf', language: Language, eventId: string): Promise<Played> {
  const prompts: AnalystRequest[] = [];
  const { routes, settings } = config({ settings: { language, ownerTags: ['resource:team', 'account:team'] } });
  const receivers = Object.fromEntries(Object.entries(routes.receivers).map(([name, receiver]) => [name, { ...receiver, language }]));
  const analyst = {
    interpret: async (request: AnalystRequest) => {
      prompts.push(request);
      return { content: answer, model: 'test', inputTokens: 1, outputTokens: 1 };
    },
  };
  const world = new World({ config: { settings, routes: { ...routes, receivers } }, analyst });
  world.send(eventOf(format, finding, { eventId, time: Date.parse('2026-11-21T00:14:00Z') }));
  await world.run(world.now + HOUR);
  return { world, prompts };
}

/** What the brief says of a text that is on none of its lists. */
const UNLISTED = ['other', 'some'];

/** Every text of a brief. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

const saidTo = ({ system, prompt }: AnalystRequest) => [...texts(JSON.parse(prompt)), ...system.split('\n')];

describe.each(LANGUAGES)('in %s', (language) => {
  const findings = hostileFindings(language === 'ja' ? 0 : 11);

  test('each of the attacks stands in several places', () => {
    expect(findings.length).toBeGreaterThan(200);
    for (const [what] of ATTACKS) expect(findings.filter(({ name }) => name.endsWith(` is ${what}`)).length).toBeGreaterThan(4);
  });

  test('delivered, inert, and in no prompt', async () => {
    const wrong: string[] = [];
    const harmless = new Map<object, Promise<Played>>();
    for (const [index, { name, format, finding, harmless: before }] of findings.entries()) {
      const expected = await (harmless.get(before) ?? harmless.set(before, played(before, format, language, 'harmless')).get(before));
      const { world, prompts } = await played(finding, format, language, `event-${index}`);
      const [post, ...others] = world.slack.posts;
      const [was] = expected?.world.slack.posts ?? [];
      const say = (what: string) => wrong.push(`${name}: ${what}`);
      if (!post || !was || others.length > 0) {
        say(`${world.slack.posts.length} messages, ${JSON.stringify(world.decisions)}, ${JSON.stringify(world.dead)}`);
        continue;
      }
      if (post.channel !== was.channel || (post.channel !== ROOT && post.channel !== WORKLOADS)) say(`in ${post.channel}`);
      if (/CRITICAL|HIGH/.exec(post.text)?.[0] !== /CRITICAL|HIGH/.exec(was.text)?.[0]) say(post.text);
      for (const message of world.slack.messages) for (const fault of faultsOf(message, { mentions: [] })) say(fault);
      const allowed = new Set([...UNLISTED, ...(expected?.prompts.flatMap(saidTo) ?? [])]);
      for (const text of prompts.flatMap(saidTo)) if (!allowed.has(text)) say(`in the prompt: ${text}`);
    }
    expect(wrong).toEqual([]);
  });
});

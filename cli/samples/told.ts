/** The messages of the sample problems, through the product's own code in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Config, Language, Settings } from '../../config/schema';
import type { Analyst, Directory } from '../../handlers/ports';
import { STAND_INS } from '../../local/bedrock/bedrock';
import { languageAsked, localBriefing } from '../../local/bedrock/bedrock-answer';
import { type OrganizationInput, parseOrganization } from '../../local/organizations/organization-tree';
import { phrasebookOf } from '../run/phrasebook';
import { MINUTE, SimulatedWorld } from '../simulate/world/world';
import type { Standing } from '../simulate/world/slack';
import { BEGAN, ENDED, LATER } from './frame';
import { type SampleProblem, SAMPLE_PROBLEMS, story } from './samples';

export const STATES = ['told', 'grown', 'closed'] as const;
export type SampleState = (typeof STATES)[number];

/** What a channel shows at one moment of a sample problem. */
export interface Sample {
  name: string;
  state: SampleState;
  ending: string;
  language: Language;
  message: Standing;
  /** Of its thread, what came since the state before. */
  replies: Standing[];
}

export const SAMPLE_CHANNEL = { id: 'C0SAMPLES01', name: 'prod-oncall' };
/** As mentions name them here; Slack itself shows the names of its users and groups. */
export const SAMPLE_NAMES: ReadonlyMap<string, string> = new Map([['S0ONCALL01', 'prod-oncall']]);

const ORGANIZATION = join(__dirname, '../demo/organization.json');
/** Long enough for every answer and reply of a step, short of what the next step sends. */
const PAUSE = 30 * MINUTE;

const ANALYST: Analyst = {
  interpret: async ({ system, prompt }) => ({
    content: localBriefing({ system, user: prompt }),
    model: STAND_INS[languageAsked(prompt)],
    inputTokens: 0,
    outputTokens: 0,
  }),
};

function directory(): Directory {
  const { accounts, units } = parseOrganization(JSON.parse(readFileSync(ORGANIZATION, 'utf8')) as OrganizationInput, ORGANIZATION);
  type Unit = { id: string; parent?: Unit };
  const pathOf = (unit: Unit | undefined): string[] => (unit ? [...pathOf(unit.parent), unit.id] : []);
  return {
    account: async (id) => {
      const account = accounts.get(id);
      return account && { name: account.name, tags: account.tags, parentIds: pathOf(account.parent) };
    },
    organizationalUnitName: async (id) => units.get(id)?.name,
  };
}

/** One receiver, who is told of everything. */
function configFor(settings: Settings, language: Language): Config {
  const receiver = { channel: SAMPLE_CHANNEL.id, language, securityAccountAccess: false, mentions: { CRITICAL: ['S0ONCALL01'] } };
  return {
    settings: { ...settings, language },
    routes: { receivers: { [SAMPLE_CHANNEL.name]: receiver }, route: { receiver: SAMPLE_CHANNEL.name } },
  };
}

/**
 * Each problem told, grown and closed.
 * @throws Error where a problem did not become one message: two findings of it were told apart, or none was told.
 */
export async function samples(settings: Settings, language: Language): Promise<Sample[]> {
  const all: Sample[] = [];
  for (const problem of SAMPLE_PROBLEMS) {
    all.push(...(await played(problem, configFor(settings, language), language)));
    // Else calls of others that wait for their answers meanwhile run out of time.
    await setImmediate();
  }
  return all;
}

async function played(problem: SampleProblem, config: Config, language: Language): Promise<Sample[]> {
  const world = new SimulatedWorld({ config, now: BEGAN, analyst: ANALYST, directory: directory(), phrasebook: phrasebookOf(config) });
  for (const { at, event } of story(problem)) world.send(event, at - BEGAN);
  const taken: Sample[] = [];
  for (const [state, until] of [
    ['told', PAUSE],
    ['grown', LATER + PAUSE],
    ['closed', ENDED + PAUSE],
  ] as const) {
    await world.run(BEGAN + until);
    const [message, ...others] = world.slack.posts;
    if (!message || others.length > 0)
      throw new Error(
        `The sample problem ${problem.name} is ${world.slack.posts.length} messages when ${state}, and not one: ${JSON.stringify(world.decisions)}`,
      );
    const seen = taken.reduce((sum, { replies }) => sum + replies.length, 0);
    const replies = world.slack.replies.slice(seen).map((reply) => ({ ...reply }));
    taken.push({ name: problem.name, state, ending: problem.ending, language, message: { ...message }, replies });
  }
  return taken;
}

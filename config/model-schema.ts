/** Of settings.yaml: the model, who judges it, and what it may use. */
import * as z from 'zod';
import { written } from './terms';

/** Each has its share of the fifteen seconds. */
const MOST_MODELS = 3;

const tokens = z.int().min(1000);
const usd = z.number().min(0.01);

const budget = z
  .strictObject({
    tokensPerDay: tokens.optional().meta({ description: 'Tokens a day, of questions and answers together.', examples: [2_000_000] }),
    tokensPerMonth: tokens.optional().meta({ description: 'Tokens a calendar month.', examples: [20_000_000] }),
    usdPerDay: usd
      .optional()
      .meta({ description: 'US dollars a day, by the list prices of docs/deploy.md. Of models that stand there only.', examples: [5] }),
    usdPerMonth: usd.optional().meta({ description: 'US dollars a calendar month.', examples: [50] }),
  })
  .describe(
    'What the model may use, by days and months of UTC. Past it messages go out without its words, which come back in the next day or month. Only calls that are under way then can use more.',
  );

export const modelSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'false: messages carry the phrasebook’s words, and where it has no entry the finding’s own text, and Bedrock is never asked.',
      ),
    profiles: z
      .array(
        written(
          /^[a-z]+(-[a-z]+)*\.[a-z0-9.:-]+$/,
          'this is not the id of an inference profile',
          'jp.anthropic.claude-haiku-4-5-20251001-v1:0',
        ),
      )
      .min(1, 'name at least one profile')
      .max(MOST_MODELS, `at most ${MOST_MODELS}: a message waits for no more`)
      .optional()
      .describe(
        'The Bedrock inference profiles that interpret findings, in order of preference: where one is retired, denied, throttled or failing, the next is asked. Their prefix (jp., us., eu., us-gov., global.) says which Regions a request may reach. Without it: Claude Haiku 5.5 of the home Region’s geography, then Claude Haiku 4.5.',
      ),
    maxTokens: z
      .int()
      .min(300)
      .max(8000)
      .optional()
      .meta({
        description:
          'Longest answer in tokens. Bedrock reserves it against the quota of every request. Without it, as the model’s family needs: 1500, and 4000 where it cannot be kept from thinking.',
        examples: [1500],
      }),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(15)
      .default(15)
      .describe('How long a message waits for its interpretation, of all models together and judged, before it goes without, in seconds.'),
    judge: z
      .enum(['on', 'shadow', 'off'])
      .default('on')
      .describe(
        'A second question to the model about each answer: which sentences the brief supports. on: others are withheld. shadow: verdicts are only recorded. off: it is not asked.',
      ),
    budget: budget.optional(),
  })
  .prefault({})
  .describe('The model that explains findings in prose. It decides nothing.');

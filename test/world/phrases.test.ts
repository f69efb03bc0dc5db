/** What the phrasebook says goes with a finding from intake to the model's brief, in the language of whoever reads it. */
import type { Phrasebook } from '../../config/phrases/compiled';
import type { Language, Routes } from '../../config/schema';
import { config } from './config';
import { control } from './events';
import { answer, World } from './world';

const book = (language: Language, meaning = `meaning in ${language}`): Phrasebook => ({
  entries: { 's3.2': { id: 'S3.2', headline: `headline in ${language}`, meaning, impact: 'impact', steps: ['step'] } },
  aliases: {},
});

const routes: Routes = {
  receivers: {
    tokyo: { channel: 'C0TOKYO0001', language: 'ja', securityAccountAccess: false },
    london: { channel: 'C0LONDON001', language: 'en', securityAccountAccess: false },
  },
  route: {
    receiver: 'tokyo',
    routes: [
      { match: { ou: 'Workloads' }, receiver: 'london', continue: true },
      { match: { ou: 'Workloads' }, receiver: 'tokyo' },
    ],
  },
};

/** What the model was asked, one prompt a question; not what is asked again since the answer is not of the language. */
async function asked(phrasebook?: (language: Language) => Phrasebook): Promise<string[]> {
  const prompts: string[] = [];
  const world = new World({
    config: config({ routes }),
    ...(phrasebook ? { phrasebook } : {}),
    analyst: {
      interpret: async ({ prompt }) => {
        if (!prompt.includes('"withheld"')) prompts.push(prompt);
        return { content: answer, model: 'test', inputTokens: 1, outputTokens: 1 };
      },
    },
  });
  world.send(control());
  await world.run();
  // English is no answer for readers of Japanese: it is asked for again later.
  return [...new Set(prompts)].sort();
}

test('the model is told what its reader is told, in his language', async () => {
  const [en = '', ja = ''] = await asked(book);
  expect(JSON.parse(en)).toMatchObject({
    language: 'en',
    brief: { phrase: { id: 'S3.2', headline: 'headline in en', meaning: 'meaning in en' } },
  });
  expect(JSON.parse(ja)).toMatchObject({ language: 'ja', brief: { phrase: { headline: 'headline in ja' } } });
});

test('without an entry it is told none', async () => {
  const prompts = await asked();
  expect(prompts).toHaveLength(2);
  expect(prompts.filter((prompt) => prompt.includes('phrase'))).toEqual([]);
});

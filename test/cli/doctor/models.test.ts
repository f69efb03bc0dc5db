/** Of a list of models: which of them goes, what another saves, and that nothing is lost where one stands in for another. */
import { operatorPolicy } from '../../../cli/doctor/policy';
import { config } from '../../world/config';
import { type Clinic, openClinic } from './doctor';
import { NOW } from './world';

const FIRST = 'anthropic.claude-haiku-5-5';
const OTHER = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const DAY = 86_400_000;

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const asks = (...profiles: string[]) =>
  clinic.configure(({ settings }) => ({ settings: settings.replace(/profiles: \[jp\..*/, `profiles: [${profiles.join(', ')}]`) }));

async function checked(id: string, argv: string[] = []) {
  const { code, checks } = await clinic.examine(argv);
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return { code, ...found };
}

const ending = (days: number) => ({ status: 'ACTIVE', endOfLifeTime: new Date(NOW + days * DAY).toISOString() });

test('it warns from ninety days before AWS ends a model, of whichever of the list', async () => {
  for (const [model, days, verdict] of [
    [FIRST, 91, 'pass'],
    [FIRST, 89, 'warn'],
    [OTHER, 89, 'warn'],
  ] as const) {
    clinic.world.lifecycles = { [model]: ending(days) };
    const { verdict: is, found } = await checked('model.lifecycle');
    expect([model, days, is]).toEqual([model, days, verdict]);
    expect(found).toContain(FIRST);
    expect(found).toContain(OTHER);
  }
});

test('a model that has ended is told as such; while another stands in for it, that is a warning', async () => {
  clinic.world.ended.add(FIRST);
  const one = await checked('model.lifecycle');
  expect([one.verdict, one.code]).toEqual(['warn', 0]);
  expect(one.found).toMatch(/claude-haiku-5-5 has reached the end of its life; anthropic\.claude-haiku-4-5\S* is ACTIVE/);
  clinic.world.ended.add(OTHER);
  const both = await checked('model.lifecycle');
  expect([both.verdict, both.code]).toEqual(['fail', 1]);
});

test('of a legacy model it says that nobody can start with it, and from when it costs more', async () => {
  clinic.world.lifecycles = {
    [OTHER]: {
      status: 'LEGACY',
      legacyTime: '2026-10-01T00:00:00Z',
      publicExtendedAccessTime: '2027-01-01T00:00:00Z',
      endOfLifeTime: '2027-10-01T00:00:00Z',
    },
  };
  const { verdict, found } = await checked('model.lifecycle');
  expect(verdict).toBe('warn');
  expect(found).toMatch(
    /is a legacy model since 2026-10-01, and ends on 2027-10-01: .* who never used it cannot start; from 2027-01-01 it costs more/,
  );
});

test('each is asked once; where one is denied and another answers, that is a warning with its own remedy', async () => {
  const calls = clinic.bedrock.calls('Converse');
  clinic.world.refusal = (profile) =>
    profile.includes('haiku-5-5')
      ? { code: 'AccessDeniedException', message: "You don't have access to the model.", status: 403 }
      : undefined;
  const { verdict, found, remedies, code } = await checked('model.answers', ['--bedrock']);
  expect([verdict, code]).toEqual(['warn', 0]);
  expect(found).toMatch(/haiku-5-5: these credentials may not call bedrock:InvokeModel in ap-northeast-1; jp\.anthropic\.claude-haiku-4-5\S* answered/);
  expect(JSON.stringify(remedies)).toContain('--model-id jp.anthropic.claude-haiku-5-5');
  expect(JSON.stringify(remedies)).not.toContain('--model-id jp.anthropic.claude-haiku-4-5');
  expect(clinic.bedrock.calls('Converse') - calls).toBe(2);
});

test.each([
  [
    [`jp.${OTHER}`],
    /haiku-4-5\S* costs some 6\.6 USD a thousand explanations; jp\.anthropic\.claude-haiku-5-5, asked first, would cost 0\.66 USD, 90 % less/,
  ],
  [[`jp.${FIRST}`, `jp.${OTHER}`], /haiku-5-5 costs some 0\.66 USD a thousand explanations; none of the others costs less/],
  [['jp.anthropic.claude-haiku-9', `jp.${OTHER}`], /no price is known here of jp\.anthropic\.claude-haiku-9/],
])('what another would save is said of %j', async (profiles, says) => {
  asks(...profiles);
  const { verdict, found } = await checked('model.price');
  expect(verdict).toBe('pass');
  expect(found).toMatch(says);
});

test('its policy lets it ask every model of the list, and nothing else of Bedrock', () => {
  const listed = config({ settings: { model: { profiles: [`jp.${FIRST}`, 'global.anthropic.claude-sonnet-5'] } } });
  const statement = operatorPolicy(listed, { before: false, bedrock: true }).Statement.find(({ Sid }) => Sid === 'AskModel');
  expect(statement).toMatchObject({ Action: ['bedrock:InvokeModel'] });
  expect(statement?.Resource).toEqual([
    `arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/jp.${FIRST}`,
    `arn:aws:bedrock:*::foundation-model/${FIRST}`,
    'arn:aws:bedrock:ap-northeast-1:222222222222:inference-profile/global.anthropic.claude-sonnet-5',
    'arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-5',
  ]);
});

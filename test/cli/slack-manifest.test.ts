import * as z from 'zod';
import { slackManifest } from '../../cli/slack-manifest';
import { DELIVERY_METHODS, DELIVERY_SCOPES, DOCTOR_METHODS, DOCTOR_SCOPES } from '../../cli/slack-scopes';
import { typed } from './terminal';
import { EXAMPLE, GOVCLOUD } from '../config/example';

/** https://docs.slack.dev/reference/app-manifest, as far as this app uses it. Anything else is refused. */
const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#([0-9a-f]{3}){1,2}$/i),
  }),
  features: z.strictObject({ bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/) }) }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: z
        .array(z.string().regex(/^[a-z.]+:[a-z.]+$/))
        .min(1)
        .max(255),
    }),
  }),
  settings: z.strictObject({ org_deploy_enabled: z.boolean(), socket_mode_enabled: z.boolean(), token_rotation_enabled: z.boolean() }),
});

const run = (...argv: string[]) => typed(['slack-manifest', ...argv]);

test('the manifest asks for the scopes of those methods, and for no other', () => {
  const needed = [...Object.values(DELIVERY_METHODS), ...Object.values(DOCTOR_METHODS)].flatMap(({ scopes }): readonly string[] => scopes);
  const asked = slackManifest().oauth_config?.scopes?.bot ?? [];
  expect([...asked].sort()).toEqual([...new Set(needed)].sort());
  expect(asked).toEqual([...DELIVERY_SCOPES, ...DOCTOR_SCOPES]);
  expect(slackManifest().oauth_config?.scopes?.user).toBeUndefined();
});

test('standard output is the manifest alone, as Slack documents it, and standard error says what to do with it', async () => {
  const { code, out, err } = await run('--config', EXAMPLE);
  expect(code).toBe(0);
  expect(manifestSchema.safeParse(JSON.parse(out)).error).toBeUndefined();
  expect(err).toContain('https://api.slack.com/apps');
});

test('a GovSlack app is made at GovSlack', async () => {
  expect((await run('--config', GOVCLOUD)).err).toContain('https://api.slack-gov.com/apps');
});

test('a configuration with errors and an unknown flag are told', async () => {
  expect(await run('--config', 'no-such-folder')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('the file is not there'),
  });
  expect(await run('--colour')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('npm run hub -- slack-manifest --help') });
});

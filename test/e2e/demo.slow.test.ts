/** The demo's findings, under configurations that know neither its accounts nor its OUs: as after an operator's edit of config/. */
import { readFileSync } from 'node:fs';
import { addressOf } from '../../config/routing/address';
import { configuration, webhookSecrets } from '../../cli/run/configuration';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { run } from '../../cli/run/run';
import { synthesize } from '../../cli/run/synthesize';
import { GOVCLOUD } from '../config/example';
import { folderWith, removeFolders } from '../config/folder';

afterAll(removeFolders);

const ORGANIZATION = JSON.parse(readFileSync('cli/demo/organization.json', 'utf8'));

/** One webhook, no model, CRITICAL only, and Security Hub set up by somebody else. */
const webhookOnly = () =>
  folderWith({
    settings: `organization: { id: o-zz98yy76xx, managementAccount: "303030303030", securityAccount: "404040404040" }
regions: { home: eu-central-1 }
enablement: { mode: none }
severities: [CRITICAL]
language: ja
model: { enabled: false }
slack: {}
alarms: { topicArn: "arn:aws:sns:eu-central-1:404040404040:alarms" }
`,
    routes: 'receivers:\n  everyone: { webhookSecret: hooks/security }\nroute: { receiver: everyone }\n',
  });

test.each([
  ['GovCloud, central configuration, a channel and a webhook', () => GOVCLOUD],
  ['one webhook and no model', webhookOnly],
])('%s: each admitted finding is told, and nothing is lost', async (_what, configFolder) => {
  const dir = configFolder();
  const config = configuration(dir);
  const assembly = await synthesize(dir);
  const { outcomes, cloud } = await run(filesBelow(['cli/demo/findings']).flatMap(readInputs), {
    assembly: assembly.folder,
    organization: ORGANIZATION,
    now: Date.parse('2026-11-21T00:00:00Z'),
    asTheyHappened: true,
    settings: { ...config.settings, tokenSecret: config.settings.slack.tokenSecret },
    webhookSecrets: webhookSecrets(config),
  });
  const channels = cloud.slack.channels();
  const dead = Object.values(cloud.deadLetters()).flat();
  await cloud.close();
  assembly.remove();

  const root = config.routes.receivers[config.routes.route.receiver ?? ''];
  expect(root && channels.get(addressOf(root))?.length).toBeGreaterThan(5);
  expect(dead).toEqual([]);
  const admitted = outcomes.filter((outcome) => outcome.admitted);
  expect(admitted.length).toBeGreaterThan(10);
  expect(admitted.filter(({ outcome, receivers }) => receivers.length === 0 || !/^(posted|updated|unchanged)$/.test(outcome))).toEqual([]);
  const outcomeOf = (file: string) => outcomes.find((each) => each.file.includes(`/${file}-`))?.outcome;
  // The second hub tells of the same resource as the first: its finding was not posted, whatever message names the resource.
  expect(['01', '02', '21'].map(outcomeOf)).toEqual(['posted', 'unchanged', 'unchanged']);
});

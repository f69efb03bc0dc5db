/** With the model switched off the phrasebook speaks: of every finding of the demo, and of nine in ten that others published. */
import { compile } from '../../config/phrases/compile';
import { loadPhrasebook } from '../../config/phrases/load';
import type { Language } from '../../config/schema';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { readable } from '../../cli/simulate/world/slack';
import { parseFinding } from '../../handlers/domain/finding/event';
import type { Finding } from '../../handlers/domain/finding/finding';
import { phraseIdsOf } from '../../handlers/domain/phrasebook/ids';
import { phraseIn } from '../../handlers/domain/phrasebook/phrase';
import { shared, testWithShared } from '../where-there';
import { config } from './config';
import { imported } from './events';
import { only } from './only';
import { World } from './world';

const book = { ja: compile(loadPhrasebook(), {}, 'ja'), en: compile(loadPhrasebook(), {}, 'en') };

/** As Trivy's template writes it: https://github.com/aquasecurity/trivy/blob/main/contrib/asff.tpl */
const TRIVY = {
  SchemaVersion: '2018-10-08',
  Id: 'registry.example/shop/api:1.2/CVE-2023-44487',
  ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aquasecurity/aquasecurity',
  GeneratorId: 'Trivy/CVE-2023-44487',
  AwsAccountId: '555555555555',
  Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  CreatedAt: '2026-11-21T00:00:00Z',
  UpdatedAt: '2026-11-21T00:00:00Z',
  Severity: { Label: 'HIGH' },
  Title: 'Trivy found a vulnerability to CVE-2023-44487 in container registry.example/shop/api:1.2, related to nghttp2',
  Description: 'The HTTP/2 protocol allows a denial of service because request cancellation can reset many streams quickly.',
  Remediation: {
    Recommendation: { Text: 'More information on this vulnerability is provided in the hyperlink', Url: 'https://avd.aquasec.com/x' },
  },
  ProductFields: { 'Product Name': 'Trivy' },
  Resources: [
    {
      Type: 'Container',
      Id: 'registry.example/shop/api:1.2',
      Partition: 'aws',
      Region: 'ap-northeast-1',
      Details: {
        Container: { ImageName: 'registry.example/shop/api:1.2' },
        Other: {
          PkgName: 'nghttp2',
          'Installed Package': '1.43.0-r0',
          'Patched Package': '1.57.0-r0',
          NvdCvssScoreV3: '7.5',
          NvdCvssVectorV3: '',
        },
      },
    },
  ],
  RecordState: 'ACTIVE',
  Workflow: { Status: 'NEW' },
};

/** All of one folder's findings, each sent by hand, so that also those are told that no rule would let in. */
function eventsOf(folder: string): { event: object; finding: Finding }[] {
  return filesBelow([folder])
    .flatMap(readInputs)
    .flatMap(({ event, findings }) =>
      findings.flatMap((raw) => {
        try {
          const finding = parseFinding(raw);
          const asked = { ...event, 'detail-type': 'Security Hub Findings - Custom Action', detail: { findings: [raw] } };
          return event && finding.provenance === 'aws' ? [{ event: asked, finding }] : [];
        } catch {
          return [];
        }
      }),
    );
}

/** Of those that are rated so, which are told in the phrasebook's words: headline, meaning, impact and steps. */
async function told(folder: string, language: Language): Promise<{ all: Finding[]; untold: string[] }> {
  const plain = config({ settings: { language, model: { enabled: false, profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] } } });
  const receivers = Object.fromEntries(Object.entries(plain.routes.receivers).map(([name, each]) => [name, { ...each, language }]));
  const world = new World({ config: { ...plain, routes: { ...plain.routes, receivers } }, phrasebook: (asked) => book[asked] });
  const sent = eventsOf(folder).filter(({ finding: { severity } }) => severity === 'CRITICAL' || severity === 'HIGH');
  for (const { event } of sent) world.send(event);
  await world.run();
  expect(world.asks).toBe(0);
  const messages = world.slack.posts.map((post) => readable(post).replace(/\s+/g, ' '));
  const untold = sent.flatMap(({ finding }) => {
    // Of a problem of several types of resources the words are those of the one that leads.
    const types = [...sent.map((each) => each.finding.resources[0].type), ''];
    const isTold = types.some((type) => {
      const phrase = phraseIn(book[language], phraseIdsOf(finding), type);
      const words = phrase && [phrase.headline, phrase.meaning, phrase.impact, ...phrase.steps];
      return words && messages.some((message) => words.every((each) => message.includes(each)));
    });
    return isTold ? [] : [`${finding.title} (${finding.id})`];
  });
  return { all: sent.map(({ finding }) => finding), untold };
}

test.each(['ja', 'en'] as const)('every CRITICAL and HIGH finding of the demo, in %s', async (language) => {
  const { all, untold } = await told('cli/demo/findings', language);
  expect(all.length).toBeGreaterThan(15);
  expect(untold).toEqual([]);
});

test('the vulnerability stands behind the headline that an entry puts in place of its title', async () => {
  const world = new World({ phrasebook: (language) => book[language] });
  world.send(eventsOf('cli/demo/findings').find(({ finding }) => finding.kind === 'inspector')?.event ?? {});
  await world.run();
  const { text } = only(world.slack.posts);
  expect(text).toMatch(/A container image has a known vulnerability \(CVE-2021-44228\) · /);
});

test.each([
  ['ja', /🟠 HIGH コンテナイメージに既知の脆弱性がある（CVE-2023-44487）/],
  ['en', /🟠 HIGH A container image has a known vulnerability \(CVE-2023-44487\) · /],
] as const)(
  'a vulnerability that Trivy found is headed as Inspector’s, in %s; its own title and who found it stay',
  async (language, headline) => {
    const plain = config({ settings: { language } });
    const receivers = Object.fromEntries(Object.entries(plain.routes.receivers).map(([name, each]) => [name, { ...each, language }]));
    const world = new World({ config: { ...plain, routes: { ...plain.routes, receivers } }, phrasebook: (asked) => book[asked] });
    world.send(imported(TRIVY));
    await world.run();
    const post = only(world.slack.posts);
    expect(post.text).toMatch(headline);
    const message = readable(post).replace(/\s+/g, ' ');
    expect(message).toContain(TRIVY.Title);
    expect(message).toContain(TRIVY.Description);
    expect(message).toMatch(/ · aquasecurity · /);
    expect(message).not.toContain('aquasecurity/');
  },
);

testWithShared('findings')('nine of ten that others published, in both languages', async () => {
  for (const language of ['ja', 'en'] as const) {
    const { all, untold } = await told(shared('findings'), language);
    expect(all.length).toBeGreaterThan(40);
    expect(untold.length / all.length).toBeLessThanOrEqual(0.1);
  }
});

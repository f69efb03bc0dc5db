/** Mistakes that a new operator makes, each with what is said of it and where it leads when the remedy is followed. */
import { mistakesOf, removeFolders, routesWith, SETTINGS, said } from './folder';
import { type Files, followed } from './follow';

afterAll(removeFolders);

interface Mistake extends Partial<Files> {
  /** Parts of what is said, all of one mistake. */
  says: string[];
  /** What stands there after the remedy was followed. */
  becomes?: string;
}

const workloads = (match: string) => routesWith(`- { match: { ${match} }, receiver: workloads }`);

const MISTAKES: [written: string, mistake: Mistake][] = [
  [
    'severities: critical',
    {
      settings: `${SETTINGS}severities: critical\n`,
      says: ['a list is wanted here', 'Write [CRITICAL].'],
      becomes: 'severities:\n  - CRITICAL\n',
    },
  ],
  [
    'a severity in small letters where one is enough',
    {
      routes: workloads('severity: critical'),
      says: ['"critical": this value is not known', 'Did you mean "CRITICAL"?'],
      becomes: 'severity: CRITICAL',
    },
  ],
  [
    'a receiver’s severity: critical',
    {
      routes: routesWith('').replace('C0WORKLD001', 'C0WORKLD001, severity: critical'),
      says: ['the key "severity" is not known here', 'Did you mean "minimumSeverity"?'],
      becomes: 'minimumSeverity: CRITICAL',
    },
  ],
  [
    'home: Frankfurt',
    {
      settings: SETTINGS.replace('home: ap-northeast-1', 'home: Frankfurt'),
      says: ['there is no Region "Frankfurt"', 'Did you mean "eu-central-1"?'],
      becomes: 'home: eu-central-1',
    },
  ],
  [
    'linked: [eu-centrall-1]',
    {
      settings: SETTINGS.replace('us-east-1', 'eu-centrall-1'),
      says: ['there is no Region "eu-centrall-1"', 'Did you mean "eu-central-1"?'],
      becomes: 'eu-central-1',
    },
  ],
  [
    'home: us-esat-1',
    {
      settings: SETTINGS.replace('home: ap-northeast-1, linked: [us-east-1, eu-west-1]', 'home: us-esat-1'),
      says: ['there is no Region "us-esat-1"', 'Did you mean "us-east-1"?'],
      becomes: 'home: us-east-1',
    },
  ],
  [
    'writeBack: no',
    {
      settings: `${SETTINGS}writeBack: no\n`,
      says: ['"no": true or false is wanted here, and YAML 1.2 knows no other words for them', 'Write false.'],
      becomes: 'writeBack: false',
    },
  ],
  [
    'product: guardutty',
    {
      routes: workloads('product: guardutty'),
      says: ['"guardutty" is no product that is known here', 'Did you mean "guardduty"?'],
      becomes: 'product: guardduty',
    },
  ],
  [
    'product: Amazon GuardDuty',
    {
      routes: workloads('product: Amazon GuardDuty'),
      says: ['a product has letters, digits, dots and hyphens only', 'Did you mean "guardduty"?'],
      becomes: 'product: guardduty',
    },
  ],
  [
    'product: aws/Security Hub',
    { routes: workloads('product: aws/Security Hub'), says: ['Did you mean "aws/securityhub"?'], becomes: 'product: aws/securityhub' },
  ],
  [
    'severity: MEDIUM, which is not admitted',
    {
      routes: workloads('severity: MEDIUM'),
      says: ['MEDIUM is not told', 'settings.yaml admits CRITICAL and HIGH'],
      becomes: 'severity: CRITICAL',
    },
  ],
  [
    'ou: &Data Analytics',
    { routes: workloads('ou: &Data Analytics'), says: ['& begins an anchor', 'Write "&Data Analytics"'], becomes: 'ou: "&Data Analytics"' },
  ],
  [
    'ou: workloads/prod below Workloads/Prod',
    {
      routes: routesWith(
        '- match: { ou: Workloads/Prod }\n  receiver: workloads\n  routes: [{ match: { ou: workloads/prod/Cards }, receiver: sec-ops }]',
      ),
      says: ['this route never matches', 'Did you mean "Workloads/Prod/Cards"? Case matters'],
      becomes: 'ou: Workloads/Prod/Cards',
    },
  ],
  [
    'accessPortal without /start',
    {
      settings: `${SETTINGS}accessPortal: https://acme.awsapps.com\n`,
      says: ['is not the portal’s whole address', 'Write https://acme.awsapps.com/start.'],
      becomes: 'accessPortal: https://acme.awsapps.com/start\n',
    },
  ],
  [
    'accessPortal of a dual-stack portal with a path',
    {
      settings: `${SETTINGS}accessPortal: https://ssoins-1234567890abcdef.portal.us-east-1.app.aws/start\n`,
      says: ['is not the portal’s whole address', 'Write https://ssoins-1234567890abcdef.portal.us-east-1.app.aws.'],
      becomes: 'accessPortal: https://ssoins-1234567890abcdef.portal.us-east-1.app.aws\n',
    },
  ],
  [
    'accessPortal with a fragment',
    {
      settings: `${SETTINGS}accessPortal: https://acme.awsapps.com/start/#/?tab=accounts\n`,
      says: ['goes on after the portal’s address', 'Write https://acme.awsapps.com/start.'],
      becomes: 'accessPortal: https://acme.awsapps.com/start\n',
    },
  ],
  [
    'a jp. profile outside Japan',
    {
      settings: SETTINGS.replace('home: ap-northeast-1', 'home: ap-southeast-1'),
      says: ['cannot be called from the home Region "ap-southeast-1"'],
      becomes: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    },
  ],
  [
    'a model id without a geography',
    {
      settings: SETTINGS.replace('jp.anthropic', 'anthropic'),
      says: ['can be called through an inference profile only', 'Write jp.anthropic.claude-haiku-4-5-20251001-v1:0 or global.'],
      becomes: 'jp.anthropic',
    },
  ],
  [
    'a topic in another Region',
    {
      settings: `${SETTINGS}alarms: { topicArn: "arn:aws:sns:us-east-1:222222222222:alarms" }\n`,
      says: ['alarms can only publish in their own Region, which is ap-northeast-1'],
      becomes: 'arn:aws:sns:ap-northeast-1:222222222222:alarms',
    },
  ],
  [
    'a key without a blank after its colon',
    {
      routes: routesWith('- { match: { ou: A }, receiver: workloads, continue:true }'),
      says: ['the key "continue:true" is not known here: a blank is missing after its colon', 'Write continue: true.'],
    },
  ],
  [
    'a merge',
    {
      routes: routesWith('').replace('{ channel: C0WORKLD001 }', '{ channel: C0WORKLD001, <<: {} }'),
      says: ['YAML 1.2 merges nothing by it'],
      becomes: 'channel: C0WORKLD001',
    },
  ],
];

test.each(MISTAKES)('%s', (_written, { says, becomes, ...written }) => {
  const files: Files = { settings: SETTINGS, routes: routesWith(''), ...written };
  const lines = said(mistakesOf(files));
  expect(lines.filter((line) => says.every((part) => line.includes(part)))).toHaveLength(1);
  if (becomes === undefined) return;
  const { settings, routes } = followed(files);
  expect(written.settings === undefined ? routes : settings).toContain(becomes);
});

test('a pasted webhook address is shown shortened, with the key that its secret is named in', () => {
  const address = 'https://hooks.slack.com/services/T0001/B0002/abcdefSECRET';
  const mistakes = mistakesOf({ routes: routesWith('').replace('channel: C0WORKLD001', `webhookSecret: "${address}"`) });
  expect(said(mistakes)).toContainEqual(
    expect.stringMatching(
      /^error receivers\.workloads\.webhookSecret: this looks like a Slack webhook address \(hooks\.slack\.com\/services\/…\)\. .*webhookSecret/,
    ),
  );
  expect(JSON.stringify(mistakes)).not.toMatch(/T0001|abcdefSECRET/);
});

const FINE: [what: string, files: Partial<Files>][] = [
  [
    'a Region that is newer than the list, where the operator vouches for it',
    { settings: SETTINGS.replace('[us-east-1,', '[eu-north-9, us-east-1,').replace('home:', 'unlisted: [eu-north-9], home:') },
  ],
  [
    'a product that is not listed, where the operator vouches for it',
    { settings: `${SETTINGS}unlistedProducts: [acme/scanner]\n`, routes: workloads('product: [scanner, guardduty]') },
  ],
  [
    'a severity that only custom actions send, where they are named',
    { settings: `${SETTINGS}customActions: [TellSlack]\n`, routes: workloads('severity: MEDIUM') },
  ],
  [
    'an anchor that something refers to',
    {
      routes: routesWith(
        '- { match: { ou: A, severity: &loud [CRITICAL] }, receiver: workloads }\n- { match: { ou: B, severity: *loud }, receiver: sec-ops }',
      ),
    },
  ],
  ['an ordinary comment, and a channel of comments', { settings: `${SETTINGS}language: ja # for everybody\n## ----\n` }],
  [
    'a reason over several lines',
    { routes: routesWith('- match: { ou: A }\n  mute:\n    reason: accepted by the\n      board in RISK-42') },
  ],
  ['the portal of GovCloud', { settings: `${SETTINGS}accessPortal: https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme\n` }],
  ['a portal behind a name of one’s own', { settings: `${SETTINGS}accessPortal: https://sso.acme.example/portal\n` }],
  ['a dual-stack portal', { settings: `${SETTINGS}accessPortal: https://ssoins-1234567890abcdef.portal.us-east-1.app.aws\n` }],
  ['a portal with a slash at its end', { settings: `${SETTINGS}accessPortal: https://acme.awsapps.com/start/\n` }],
  ['a global profile anywhere', { settings: SETTINGS.replace('jp.', 'global.').replace('home: ap-northeast-1', 'home: sa-east-1') }],
  ['a eu. profile called from London', { settings: SETTINGS.replace('jp.', 'eu.').replace('home: ap-northeast-1', 'home: eu-west-2') }],
  ['a topic of another account', { settings: `${SETTINGS}alarms: { topicArn: "arn:aws:sns:ap-northeast-1:333333333333:alarms" }\n` }],
];

test.each(FINE)('%s is no mistake', (_what, files) => {
  expect(said(mistakesOf(files))).toEqual([]);
});

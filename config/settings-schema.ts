/** The shape of settings.yaml. Descriptions are what an editor shows beside a key. */
import * as z from 'zod';
import { modelSchema } from './model-schema';
import { functionsSchema } from './switches/functions';
import { keysSchema } from './switches/keys';
import { networkSchema } from './switches/network';
import { accountId, language, ownerTag, region, secretName, severity, written } from './terms';

/** What CloudWatch Logs accepts. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/** https://docs.slack.dev/govslack */
const SLACK_HOSTS = ['slack.com', 'slack-gov.com'] as const;
const AGGREGATORS = ['linked', 'all', 'existing'] as const;
const DEPLOYMENTS = ['all-at-once', 'canary', 'linear'] as const;
const ENABLEMENT_MODES = ['stack-sets', 'central-configuration', 'none'] as const;

const organization = z
  .strictObject({
    id: written(/^o-[a-z0-9]{10,32}$/, 'this is not the id of an organization', 'o-a1b2c3d4e5').describe(
      'The id of the organization, from the Organizations console.',
    ),
    managementAccount: accountId.meta({
      description: 'The account that owns the organization. Nothing but the delegation is deployed there.',
      examples: ['111111111111'],
    }),
    securityAccount: accountId.meta({
      description: 'The delegated administrator of Security Hub. The hub stack is deployed there.',
      examples: ['222222222222'],
    }),
  })
  .describe('Which organization this is.');

const regions = z
  .strictObject({
    home: region.describe('The home (aggregation) Region of Security Hub: findings of all Regions arrive there.'),
    linked: z
      .array(region)
      .default([])
      .describe('The Regions whose findings Security Hub copies to the home Region, without the home Region itself.'),
    aggregator: z
      .enum(AGGREGATORS)
      .default('linked')
      .describe(
        'Who sets up the copying. linked: the hub stack, for the linked Regions. all: the hub stack, for every Region, also those AWS adds. existing: an aggregator that is there already, which is left alone.',
      ),
    unlisted: z
      .array(written(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, 'this is not the code of a Region', 'eu-north-9'))
      .optional()
      .describe('Regions that AWS has added since this version. What is named here is taken for a Region and no misspelling.'),
  })
  .describe('Where Security Hub is in use.');

/** A standard by the end of its ARN: …::standards/<this>, of an old one …::ruleset/<this>. https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html */
const standard = written(
  /^[a-z0-9-]+\/v\/\d+\.\d+\.\d+$/,
  'a standard is written as at the end of its ARN: name/v/1.0.0',
  'aws-foundational-security-best-practices/v/1.0.0',
);

const enablement = z
  .strictObject({
    mode: z
      .enum(ENABLEMENT_MODES)
      .default('stack-sets')
      .describe(
        'How Security Hub is turned on. stack-sets: by a StackSet, account by account. central-configuration: by a configuration policy of Security Hub. none: somebody else does it.',
      ),
    targets: z
      .array(
        written(
          /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
          'a target is the id of an OU (ou-…) or of the root (r-…), not a name',
          'ou-ab12-11111111',
        ),
      )
      .default([])
      .describe('The OUs, or the root, in whose accounts Security Hub is turned on, at any depth.'),
    standards: z
      .array(standard)
      .default(['aws-foundational-security-best-practices/v/1.0.0'])
      .describe(
        'The standards that are turned on. Under central configuration they are the only ones: others are turned off. In the other modes others stay on.',
      ),
  })
  .prefault({})
  .describe('Turning Security Hub on in the accounts of the organization.');

const slack = z
  .strictObject({
    tokenSecret: secretName.optional().meta({
      description:
        'The NAME of the secret in Secrets Manager that holds the bot token. Never the token itself. Only a workspace whose receivers are all webhooks needs none.',
      examples: ['security-hub-interpreter/slack'],
    }),
    host: z.enum(SLACK_HOSTS).default('slack.com').describe('slack-gov.com for a GovSlack workspace.'),
  })
  .prefault({})
  .describe('How Slack is reached.');

const retention = z
  .strictObject({
    logDays: z.literal(LOG_DAYS).default(90).describe('How long logs are kept, in days. One of the terms that CloudWatch Logs knows.'),
    ledgerDays: z.int().min(1).max(3650).default(400).describe('How long the ledger remembers a problem after it was closed, in days.'),
  })
  .prefault({})
  .describe('How long things are kept.');

const alarms = z
  .strictObject({
    emails: z
      .array(z.email({ error: 'this is not an e-mail address' }).meta({ examples: ['security-alarms@example.com'] }))
      .default([])
      .describe('Who hears by e-mail that findings could not be told. Never through Slack: Slack may be what fails.'),
    topicArn: written(
      /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
      'this is not the ARN of an SNS topic',
      'arn:aws:sns:ap-northeast-1:222222222222:security-alarms',
    )
      .optional()
      .describe('An SNS topic of your own for the alarms, instead of or beside the e-mails.'),
    // CloudWatch looks back seven days at the most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    silenceHours: z
      .int()
      .min(1)
      .max(168)
      .optional()
      .meta({
        description: 'An alarm rings where for so many hours no finding came at all. Without it, silence is taken for peace.',
        examples: [48],
      }),
  })
  .prefault({})
  .describe('Where this system’s own alarms go.');

const product = written(/^[\w.-]+\/[\w.-]+$/, 'a product is written company/product, as at the end of its ProductArn', 'prowler/prowler');

export const settingsSchema = z
  .strictObject({
    organization,
    regions,
    enablement,
    severities: z
      .array(severity)
      .min(1, 'name at least one severity')
      .default(['CRITICAL', 'HIGH'])
      .describe('The severities that are told. Findings sent by a custom action are told at any severity.'),
    customActions: z
      .array(written(/^[A-Za-z0-9]{1,20}$/, 'a custom action id has 1 to 20 letters and digits', 'TellSlack'))
      .default([])
      .describe('Ids of the custom actions that send findings here. Empty: every custom action.'),
    includeSamples: z.boolean().default(false).describe('true: sample findings, as GuardDuty generates them, are told as well.'),
    language: language.default('en').describe('The language of receivers that name none.'),
    timeZone: z
      .string()
      .default('UTC')
      .meta({ description: 'The time zone of the times in messages, by its IANA name.', examples: ['Asia/Tokyo'] }),
    model: modelSchema,
    slack,
    trustText: z
      .array(product)
      .default([])
      .describe(
        'Third-party products whose titles and descriptions the model may read, as company/product. Others are interpreted from their types only.',
      ),
    unlistedProducts: z
      .array(product)
      .optional()
      .describe('Products that send findings here and that this version does not know, as company/product. Routes may name them.'),
    ownerTags: z
      .array(ownerTag)
      .max(10)
      .default([])
      .describe('The tags that say whose something is, as account:KEY or resource:KEY. The first that is there is shown as its owner.'),
    writeBack: z.boolean().default(true).describe('true: a told finding becomes NOTIFIED in Security Hub, where it still is NEW.'),
    accessPortal: z
      .url({ protocol: /^https$/, error: 'the access portal is an https:// address' })
      .optional()
      .meta({
        description: 'The address of the AWS access portal (IAM Identity Center). With it, links sign in to the finding’s own account.',
        examples: ['https://acme.awsapps.com/start'],
      }),
    reopenHours: z
      .number()
      .min(0)
      .max(720)
      .default(24)
      .describe('A problem that comes back within this many hours is told in its old message; later ones in a new message.'),
    metrics: z
      .boolean()
      .default(true)
      .describe(
        'true: the functions count what they do, and a dashboard of CloudWatch shows it. false: only what the alarms need is counted.',
      ),
    tracing: z.boolean().default(false).describe('true: AWS X-Ray traces the runs of the functions.'),
    retention,
    directoryHours: z
      .number()
      .min(0.1)
      .max(168)
      .default(12)
      .describe('How long names, OUs and tags from Organizations are believed, in hours. A moved account is seen after at most this long.'),
    alarms,
    allTo: written(
      /^([CG][A-Z0-9]{6,20}|[a-z0-9][a-z0-9-]{0,49})$/,
      'this is neither the id of a channel nor the name of a receiver',
      'C0TRIALS001',
    )
      .optional()
      .describe(
        'Tells everything in one channel, by its id or a receiver’s name, instead of each receiver’s own; each message says for whom it was meant, and mentions nobody. For an environment that only tries things.',
      ),
    deployment: z
      .enum(DEPLOYMENTS)
      .default('all-at-once')
      .describe(
        'How a new version takes over. all-at-once: at the end of the deployment. canary: 10 % for 5 minutes, then all. linear: 10 % more each minute. Both go back by themselves where an alarm on the functions’ errors rings meanwhile.',
      ),
    functions: functionsSchema,
    keys: keysSchema,
    network: networkSchema,
  })
  .meta({ title: 'settings.yaml', description: 'Everything but the routes: organization, Regions, model, Slack, retention.' });

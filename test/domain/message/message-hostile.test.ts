/**
 * Nothing foreign comes alive, and Slack's limits hold, whatever findings, tags, names, people and models write.
 * @proves texts
 */
import * as fc from 'fast-check';
import type { Language } from '../../../config/schema';
import { checkBriefing } from '../../../handlers/domain/interpretation/briefing';
import { SEVERITIES } from '../../../config/schema';
import type { Fact, Label, Part } from '../../../handlers/domain/facts/fact';
import { renderMessage, renderMinimal } from '../../../handlers/domain/message/message';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import { text as parsed } from '../../../handlers/domain/text/reading';
import { renderReply } from '../../../handlers/domain/message/reply';
import type { TextRow } from '../../../handlers/domain/problem/rows';
import { hostile, hostileOrUnseen } from '../hostile';
import { faultsOf } from '../inspect';
import { HOUR, NOW, problemOf, type Reported, receiver, settings, text as ordinary, viewed } from '../made';

const KINDS = ['control', 'guardduty', 'inspector', 'macie', 'access-analyzer', 'exposure', 'aws', 'third-party'] as const;
const status = fc.constantFrom('open', 'open', 'resolved', 'suppressed', 'archived', 'passed');

const row = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{32}$/),
    account: fc.integer({ min: 100_000_000_000, max: 100_000_000_009 }).map(String),
    name: hostileOrUnseen,
    unit: hostile,
    region: fc.oneof(fc.constantFrom('ap-northeast-1', 'us-east-1', 'unknown'), hostile),
    resource: fc.record({
      type: fc.oneof(fc.constantFrom('AwsS3Bucket', 'AwsAccount'), hostile),
      id: hostileOrUnseen,
      name: hostileOrUnseen,
      region: hostile,
      origin: fc.option(fc.array(fc.record({ by: hostile, name: hostileOrUnseen }), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    }),
    taggedOwner: fc.option(
      fc.record({
        value: hostileOrUnseen,
        key: hostileOrUnseen,
        of: fc.constantFrom('account' as const, 'resource' as const),
        rank: fc.nat(9),
      }),
      { nil: undefined },
    ),
    // As the parsers give it.
    findingId: hostile.map((id) => parsed(id) ?? 'unknown'),
    status,
    format: fc.constantFrom('asff', 'ocsf'),
    severity: fc.constantFrom(...SEVERITIES),
    knowledge: fc.constantFrom('fresh', 'stale', 'unknown'),
    others: fc.nat(500),
    age: fc.nat(100 * 24),
    route: hostile,
    asked: fc.boolean(),
  })
  .map(
    ({
      id,
      account,
      name,
      unit,
      region,
      resource,
      taggedOwner,
      findingId,
      status: now,
      format,
      severity,
      knowledge,
      others,
      age,
      route,
      asked,
    }): Reported => ({
      memberId: id,
      owner: { accountId: account, accountName: name, ouPath: [{ id: 'ou-1', name: unit }], tags: { team: name }, knowledge },
      region,
      resource,
      taggedOwner,
      reports: {
        r: {
          id: findingId,
          productArn: 'arn',
          format,
          accountId: account,
          region,
          latest: { revision: [NOW, NOW, id], status: now, workflow: 'NEW', ...(now === 'open' ? {} : { closedAt: NOW }) },
          open: { revision: [NOW, NOW, id], severity, firstObservedAt: NOW - age * HOUR },
          episodes: [],
          admitted: true,
          others,
          ...(asked ? { asked: { at: NOW, eventId: 'e' } } : {}),
        },
      },
      routePath: [route],
      addedAt: NOW,
      seenAt: NOW - age * HOUR,
    }),
  );

const guide = fc.oneof(
  fc.constantFrom(
    'https://docs.aws.amazon.com/x',
    'https://docs.aws.amazon.com\\@evil.example/',
    'https://docs.aws.amazon.com.evil.example/',
    'https://a@docs.aws.amazon.com/',
    'https://docs.aws.amazon.com/\t<!channel>|x',
    'javascript:alert(1)',
  ),
  hostile,
  hostile.map((path) => `https://docs.aws.amazon.com/${path}`),
);
/** As a row of the ledger may hold it, whoever wrote it. */
const part: fc.Arbitrary<Part> = fc.oneof(
  hostileOrUnseen.map((code) => ({ code })),
  hostileOrUnseen.map((plain) => ({ plain })),
  hostileOrUnseen.map((reason) => ({ reason })),
  fc.constantFrom<Part>({ word: 'tor' }, { times: 3 }, { more: 2 }, { at: 0 }, { at: NOW, until: NOW + HOUR }),
);
const facts: fc.Arbitrary<Fact[]> = fc.array(
  fc.record({
    label: fc.constantFrom<Label>('who', 'did', 'from', 'also', 'weaknesses', 'when'),
    groups: fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    decides: fc.nat(2),
  }),
  { maxLength: 4 },
);
const textRow: fc.Arbitrary<TextRow> = fc.record({
  kind: fc.constantFrom(...KINDS),
  product: hostile,
  title: hostileOrUnseen,
  description: hostileOrUnseen,
  remediation: fc.option(fc.record({ text: hostile, url: guide }), { nil: undefined }),
  controlId: fc.option(hostileOrUnseen, { nil: undefined }),
  types: fc.array(hostile, { maxLength: 3 }),
  facts: fc.option(facts, { nil: undefined }),
  brief: fc.constant(ordinary.brief),
});
const answer = fc.record({ summary: hostile, impact: hostile, actions: fc.array(hostile, { minLength: 1, maxLength: 5 }) });

const rendered = fc
  .record({
    rows: fc.uniqueArray(row, { minLength: 1, maxLength: 9, selector: ({ memberId }) => memberId }),
    copies: fc.constantFrom(1, 1, 1, 12),
    text: textRow,
    language: fc.constantFrom<Language>('en', 'ja'),
    answer: fc.option(answer),
    security: fc.boolean(),
    interpretationMayCome: fc.boolean(),
    earlier: fc.boolean(),
    titles: fc.array(fc.record({ title: hostileOrUnseen, severity: fc.constantFrom(...SEVERITIES), facts }), { maxLength: 5 }),
    ofMembers: facts,
  })
  .map(({ rows, copies, text, language, answer: said, security, interpretationMayCome, earlier, titles, ofMembers }): Rendering => {
    const many = Array.from({ length: copies }, (_, n) => rows.map((each) => ({ ...each, memberId: `${each.memberId}${n}` }))).flat();
    const view = viewed(problemOf(many));
    return {
      view,
      now: NOW,
      text,
      titles: { named: titles, count: titles.length + 1 },
      memberFacts: new Map(view.named.map(({ id }) => [id, ofMembers])),
      receiver: {
        ...receiver,
        language,
        securityAccountAccess: security,
        mentions: Object.fromEntries(SEVERITIES.map((each) => [each, ['U0ONCALL01', 'S0ONCALL01']])),
      },
      settings,
      briefing: said ? checkBriefing(said, text.brief, view.severity, language) : undefined,
      model: settings.model.profiles?.[0],
      interpretationMayCome,
      earlierUrl: earlier ? 'https://acme.slack.com/archives/C0WORKLD001/p1' : undefined,
    };
  });

const expected = { mentions: ['U0ONCALL01', 'S0ONCALL01'], earlierUrl: 'https://acme.slack.com/archives/C0WORKLD001/p1' };
const runs = { numRuns: 80, seed: 20261124 };

test('of a message, in both languages, with and without a briefing, of one and many, open and closed', () => {
  fc.assert(
    fc.property(rendered, (rendering) => {
      expect(faultsOf(renderMessage(rendering), expected)).toEqual([]);
    }),
    runs,
  );
});

test('of the minimal message, which is plain text alone', () => {
  fc.assert(
    fc.property(rendered, (rendering) => {
      const message = renderMinimal(rendering);
      expect(faultsOf(message, expected)).toEqual([]);
      expect(JSON.stringify(message.blocks)).not.toContain('mrkdwn');
    }),
    runs,
  );
});

test.each(['growth', 'reopened', 'asked', 'resolved', 'list'] as const)('of a reply that tells of %s', (about) => {
  fc.assert(
    fc.property(rendered, fc.boolean(), fc.nat(120), (rendering, broadcast, some) => {
      const members = rendering.view.named;
      const fresh = members.slice(0, some).map((member) => ({ member, newness: 'risen' as const, loud: true, news: [] }));
      const reply = { step: 'reply', about, broadcast, fresh, unnamed: members.slice(some) } as const;
      expect(faultsOf(renderReply(rendering, reply), expected)).toEqual([]);
    }),
    { ...runs, numRuns: 25 },
  );
});

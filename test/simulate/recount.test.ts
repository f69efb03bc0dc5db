/** The recount finds what it is there to find: each promise broken once by a transcript made by hand. */
import { Chance } from '../../cli/simulate/population/chance';
import { CONTROLS } from '../../cli/simulate/population/controls';
import { controlAsff } from '../../cli/simulate/population/shapes/control';
import { otherAsff } from '../../cli/simulate/population/shapes/others';
import { resourceOf } from '../../cli/simulate/population/shapes/resource';
import type { State } from '../../cli/simulate/population/shapes/state';
import { stateAt } from '../../cli/simulate/population/stage';
import { type Recount, Recounter } from './recount';
import type { Told } from './threads';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 10);
const place = { accountId: '410000000000', accountName: 'retail-prod-001', region: 'ap-northeast-1' };
const control = CONTROLS.told[0] as (typeof CONTROLS.told)[number];
const resource = resourceOf('AwsS3Bucket', place, 7, Chance.of(1, 'recount'));

const failing = (change: Partial<State> = {}) => {
  const state = { ...stateAt(NOW, 'CRITICAL', 'FAILED'), ...change };
  return { detail: { findings: [controlAsff({ subject: { ...place, resource }, control, uuid: 'b5f2' }, state)] } };
};
const row = { type: 'rich_text_list', style: 'bullet', elements: [{ elements: [{ text: resource.name }, { text: '  ap-northeast-1' }] }] };
const said = (operation: Told['operation'], hours: number, status: string, more: Partial<Told> = {}): Told => ({
  at: NOW + hours * HOUR,
  operation,
  channel: 'C1',
  ts: '1',
  broadcast: false,
  text: `${status} ${control.title} (${control.id}) · ${place.accountName}`,
  blocks: [{ type: 'header', text: { text: `${status} ${control.title} (${control.id}) · ${place.accountName}` } }, row],
  ...more,
});
const red = '🔴 CRITICAL';
const green = '✅ RESOLVED';
const passed = { compliance: 'PASSED', workflow: 'RESOLVED', severity: 'INFORMATIONAL' } as const;

function recount(events: [hours: number, event: object][], transcript: Told[], mute?: string): Recount {
  const recounter = new Recounter(() => ({ channels: ['C1'], ...(mute ? { mute } : {}) }));
  for (const [hours, event] of events) recounter.receive(event, NOW + hours * HOUR);
  return recounter.count(transcript, NOW + 48 * HOUR);
}
const complaints = ({ lost, repeated, greenWhileOpen, greenThoughUnmended, redThoughClosed, twice }: Recount) =>
  Object.entries({ lost, repeated, greenWhileOpen, greenThoughUnmended, redThoughClosed, twice }).flatMap(([what, all]) =>
    all.length > 0 ? [what] : [],
  );

test('has nothing to say where what opened was told, and green once it passed', () => {
  const counted = recount(
    [
      [0, failing()],
      [5, failing(passed)],
    ],
    [said('post', 0.01, red), said('edit', 5.1, green)],
  );
  expect([counted.told, complaints(counted)]).toEqual([1, []]);
});

test.each<[string, [number, object][], Told[]]>([
  ['lost', [[0, failing()]], []],
  ['lost', [[0, failing()]], [said('post', 0.01, red, { channel: 'C2' })]],
  ['greenWhileOpen', [[0, failing()]], [said('post', 0.01, red), said('edit', 5, green)]],
  [
    'greenThoughUnmended',
    [
      [0, failing()],
      [5, failing({ workflow: 'SUPPRESSED' })],
    ],
    [said('post', 0.01, red), said('edit', 5.1, green)],
  ],
  [
    'redThoughClosed',
    [
      [0, failing()],
      [5, failing(passed)],
    ],
    [said('post', 0.01, red)],
  ],
  ['twice', [[0, failing()]], [said('post', 0.01, red), said('post', 9, red, { ts: '2', blocks: [row] })]],
])('finds what is %s', (what, events, transcript) => {
  expect(complaints(recount(events, transcript))).toEqual([what]);
});

test('finds a resource that is told as new once more, unless it had ended in between', () => {
  const again = said('reply', 9, red, {
    ts: '3',
    thread: '1',
    blocks: [{ text: 'Spread further' }, row],
    text: `Spread further: ${place.accountName} — ${control.title} (${control.id}) · ${place.accountName}`,
  });
  const earlier = { type: 'rich_text_section', elements: [{ type: 'text', text: 'Found earlier', style: { bold: true } }] };
  const listed = { ...again, blocks: [{ text: 'Spread further' }, earlier, row] };
  expect(complaints(recount([[0, failing()]], [said('post', 0.01, red), listed]))).toEqual([]);
  expect(complaints(recount([[0, failing()]], [said('post', 0.01, red), again]))).toEqual(['repeated']);
  const returned: [number, object][] = [
    [0, failing()],
    [5, failing(passed)],
    [8, failing()],
  ];
  expect(complaints(recount(returned, [said('post', 0.01, red), again]))).toEqual([]);
});

test('counts what was muted, and what closed before it could be told, by themselves', () => {
  expect(recount([[0, failing()]], [], 'accepted')).toMatchObject({ muted: 1, lost: [] });
  expect(
    recount(
      [
        [0, failing()],
        [0.1, failing(passed)],
      ],
      [],
    ),
  ).toMatchObject({ closedBefore: 1, lost: [] });
});

describe('what Macie finds in two buckets of one account', () => {
  const title = 'The S3 object contains personal information';
  const buckets = [8, 9].map((number) => resourceOf('AwsS3Bucket', place, number, Chance.of(number, 'recount')));
  const found = (index: 0 | 1, change: Partial<State> = {}) => {
    const subject = { ...place, resource: buckets[index] as (typeof buckets)[number] };
    const shape = { subject, product: 'macie', what: 'SensitiveData:S3Object/Personal', id: `f${index}` } as const;
    return { detail: { findings: [otherAsff(shape, { ...stateAt(NOW, 'HIGH'), ...change })] } };
  };
  const message = (index: 0 | 1, hours: number, ts: string, status = '🟠 HIGH', operation: Told['operation'] = 'post') => {
    const listed = [{ text: place.accountName }, { text: '  ' }, { text: String(buckets[index]?.name) }];
    return said(operation, hours, status, {
      ts,
      text: `${status} · ${place.accountName} · ${title}`,
      blocks: [
        { type: 'header', text: { text: `${status} · ${title}` } },
        { type: 'rich_text_list', elements: [{ elements: listed }] },
      ],
    });
  };
  const both: [number, object][] = [
    [0, found(0)],
    [3, found(1)],
  ];

  test('is two cases with the same title, each told once', () => {
    expect(complaints(recount(both, [message(0, 0.01, '1'), message(1, 3.01, '2')]))).toEqual([]);
  });

  test('is not told by an edit of the other’s message', () => {
    const edited = message(0, 3.01, '1', '🟠 HIGH', 'edit');
    expect(recount(both, [message(0, 0.01, '1'), edited]).lost).toEqual([expect.stringContaining(String(buckets[1]?.name))]);
  });

  test('is told twice where one bucket has two messages', () => {
    const again = message(0, 9, '2', '🟡 HIGH');
    expect(complaints(recount([[0, found(0)]], [message(0, 0.01, '1'), again]))).toEqual(['twice']);
  });

  test('leaves no message red because the other’s came later', () => {
    const archived: [number, object][] = [
      [0, found(0)],
      [2, found(0, { archived: true })],
      [3, found(1)],
    ];
    expect(complaints(recount(archived, [message(0, 0.01, '1'), message(1, 3.01, '2')]))).toEqual(['redThoughClosed']);
  });
});

/** Who runs `replay` sees of each message whose it is, and which of his files it tells. */
import { headsOf } from '../../../cli/run/heads';
import type { Outcome } from '../../../cli/run/run';
import { renderTerminal } from '../../../cli/show/terminal';
import { config } from '../../world/config';

const { routes } = config();
const [[name, { channel = '' }] = ['', {}]] = Object.entries(routes.receivers);
const ID = 'arn:aws:securityhub:ap-northeast-1:555555555555:security-control/S3.2/finding/5a1d3c7e-0b9d-4d7c-9d52-2f4a6b8c0e13';

const outcome = (changes: Partial<Outcome>): Outcome => ({
  file: 'findings/s3.json',
  findingId: ID,
  title: null,
  severity: null,
  accountId: null,
  ouPath: null,
  admitted: true,
  reason: '',
  receivers: [name],
  outcome: 'posted',
  messages: [{ channel, ts: '1.1' }],
  ...changes,
});
const message = (changes: object = {}) => ({
  channel,
  ts: '1.1',
  broadcast: false,
  postedAt: 0,
  earlier: [],
  text: 'told',
  blocks: [],
  ...changes,
});

test('the receiver beside the channel, the file without its folder and the end of the finding’s id', () => {
  expect(headsOf([outcome({})], { routes })(message())).toEqual({
    channel: `#${name} (${channel})`,
    from: ['s3.json  …5a1d3c7e-0b9d-4d7c-9d52-2f4a6b8c0e13'],
  });
});

test('each file of a message once, and not those of another message; what is many is counted', () => {
  const other = outcome({ file: 'other.json', messages: [{ channel, ts: '2.2' }] });
  const many = Array.from({ length: 7 }, (_, n) => outcome({ file: `${n}.json`, findingId: 'id' }));
  const { from } = headsOf([...many, ...many, other], { routes })(message());
  expect(from).toEqual(['0.json  id', '1.json  id', '2.json  id', '3.json  id', '4.json  id', 'and 2 more']);
});

test('a reply stands below its message, which has said it; a channel of nobody is named by its id', () => {
  const headOf = headsOf([outcome({})], { routes });
  expect(headOf(message({ ts: '1.2', threadTs: '1.1' })).from).toEqual([]);
  expect(headOf(message({ channel: 'C0NOBODY' })).channel).toBe('C0NOBODY');
});

test('on a terminal it stands below the channel, no wider than there is room, and what a file is called does nothing', () => {
  const head = headsOf([outcome({ file: `${'long'.repeat(30)}\u001b[31m.json` })], { routes })(message());
  const drawn = renderTerminal({ ...message(), ...head }, { width: 60, colour: false });
  expect(drawn).toContain(`#${name} (${channel})`);
  expect(drawn.replace(/\n│ /g, '')).toContain('…5a1d3c7e-0b9d-4d7c-9d52-2f4a6b8c0e13');
  expect(drawn).not.toContain('\u001b');
  for (const line of drawn.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});

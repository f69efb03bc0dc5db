/** What stands below the facts: the model's checked words, and the finding's own beside them or in their place. */
import { headline } from '../../../handlers/domain/message/heading';
import { renderMessage } from '../../../handlers/domain/message/message';
import type { Rendering } from '../../../handlers/domain/message/rendering';
import { faultsOf, words } from '../inspect';
import { closed, member, NOW, owner, receiver, type Reported, rendering, text } from '../made';

function render(rows: Reported[], changes: Partial<Rendering> = {}) {
  const message = renderMessage(rendering(rows, changes));
  expect(faultsOf(message, { mentions: ['U0ONCALL01', 'S0ONCALL01'] })).toEqual([]);
  return { ...message, words: words(message) };
}
const japanese = { receiver: { ...receiver, language: 'ja' as const } };
const oneMember = [member('invoices-2026')];
const in12 = Array.from({ length: 12 }, (_, n) => member(`bucket-${n}`, { owner: owner({ accountId: String(500_000_000_000 + n) }) }));

describe('words', () => {
  const without = { briefing: undefined, model: undefined };
  test('without a briefing the finding speaks for itself, and it says whether words may still come', () => {
    const { words: read } = render(oneMember, { ...without, interpretationMayCome: true });
    expect(read).toContain('No AI interpretation yet');
    expect(read).toContain('This control checks whether a bucket permits public read access.');
    expect(read).toContain('Consult the guide.');
    expect(read).not.toContain('Claude');
    expect(render(oneMember, without).words).toContain('No AI interpretation: the finding’s own words');
    expect(render(oneMember, { ...without, ...japanese, interpretationMayCome: true }).words).toContain('AI による解説はまだありません');
  });
  test('a long text of the finding is cut: the whole of it stands in Security Hub', () => {
    const long = { ...text, description: 'x'.repeat(2000), remediation: { text: 'y'.repeat(2000) } };
    const { words: read } = render(oneMember, { briefing: undefined, text: long });
    expect([/x{9,}/, /y{9,}/].map((run) => run.exec(read)?.[0].length)).toEqual([399, 399]);
  });
  test('it is cut where a sentence ends, as far as one does in the second half of the room', () => {
    const fact = 'The snapshot is shared with an account outside. ';
    const long = { ...text, description: `${fact.repeat(8)}It was last restored`, remediation: { text: fact.repeat(30) } };
    const { words: read } = render(oneMember, { briefing: undefined, text: long });
    expect(read.match(/outside\. …/g)).toHaveLength(2);
    expect(read).not.toMatch(/outside\.? \w+…/);
  });
  test('what was withheld is counted', () => {
    const briefing = {
      summary: 's',
      impact: '',
      actions: [],
      withheld: [
        { sentence: 'x', kind: 'number' as const, reason: 'y' },
        { sentence: 'z', kind: 'service' as const, reason: 'y' },
      ],
    };
    const { words: read } = render(oneMember, { briefing });
    expect(read).toContain('2 sentences of the AI’s answer withheld');
    expect(read).not.toMatch(/^x$/m);
    expect(read).not.toContain('Impact');
    const withheld = (count: number) => render(oneMember, { briefing: { ...briefing, withheld: briefing.withheld.slice(0, count) } }).words;
    expect(withheld(1)).toContain('1 sentence of the AI’s answer withheld');
    expect(withheld(0)).not.toContain('withheld');
  });
  test('of what no entry tells, the product’s own text stands before the model’s, which saw only types', () => {
    const partner = { ...text, kind: 'third-party' as const, controlId: undefined, description: 'Port 3389 is open to all.' };
    const { words: read } = render(oneMember, { text: partner });
    const order = ['The finding says', 'Port 3389 is open to all.', 'Remediation', 'What it means'].map((part) => read.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });
  test('of what another product found half of the longest description and all of its recommendation stand there, with the page that it names', () => {
    const url = 'https://kb.example/articles/4711';
    const partner = { ...text, kind: 'third-party' as const, controlId: undefined, description: 'x'.repeat(1024) };
    const said = (remediation?: { text?: string; url?: string }) => render(oneMember, { text: { ...partner, remediation } }).words;
    expect(/x{9,}/.exec(said())?.[0]).toHaveLength(511);
    expect(said({ text: 'y'.repeat(512), url })).toContain(`${'y'.repeat(512)} ${url}`);
    expect(said({ url })).toMatch(new RegExp(`Remediation\\s+${url}`));
    expect(said({ text: `See ${url}.`, url }).split(url)).toHaveLength(2);
    // Cut it would lead nowhere.
    expect(said({ text: 'Mend it.', url: `https://kb.example/${'z'.repeat(400)}` })).not.toContain('kb.example');
    expect(said({ text: 'Mend it.', url: 'javascript:alert(1)' })).not.toContain('javascript');
  });
  test('what the phrasebook has no words for says more by itself: AWS Health, AWS Config', () => {
    const health = { ...text, kind: 'aws' as const, controlId: undefined, description: 'x'.repeat(1024) };
    const phrase = { id: 'general/other-aws', headline: 'h', meaning: 'm', impact: 'i', steps: ['s'] };
    expect(/x{9,}/.exec(render(oneMember, { text: health, phrase }).words)?.[0]).toHaveLength(511);
    expect(/x{9,}/.exec(render(oneMember, { text: health, phrase: { ...phrase, id: 'other' } }).words)?.[0]).toHaveLength(119);
  });
  test('a check of an importer’s that failed says so before its title, which is a rule; while it is open, and not where an entry names the fault', () => {
    const rule = {
      ...text,
      kind: 'third-party' as const,
      controlId: undefined,
      title: 'Ensure that port 3389 is closed',
      failedCheck: true as const,
    };
    expect(render(oneMember, { text: rule }).text).toContain('🔴 CRITICAL Check failed: Ensure that port 3389 is closed · ');
    expect(render(oneMember, { text: rule, ...japanese }).text).toContain('チェック不合格: Ensure that port 3389 is closed');
    expect(render([member('a', { reports: { r: closed(NOW) } })], { text: rule }).text).not.toContain('Check failed');
    expect(render(oneMember, { text: { ...rule, failedCheck: undefined } }).text).not.toContain('Check failed');
  });
  test('a finding keeps its own text beside the prose where that says more than title and facts; a control’s never does', () => {
    const threat = {
      ...text,
      kind: 'guardduty' as const,
      controlId: undefined,
      types: ['TTPs/X/Recon:EC2-Portscan'],
      title: '198.51.100.7 scans i-0',
      description: '198.51.100.7 scans i-0.',
    };
    const says = (changes: Partial<Rendering> = {}) => render(oneMember, changes).words.includes('The finding says');
    const told = { ...threat, facts: [{ label: 'from' as const, groups: [[{ code: '198.51.100.7' }]], decides: 1 }] };
    const runtime = { ...told, types: ['Threats', 'Backdoor:Runtime/C&CActivity.B'] };
    const workload = { ...told, types: ['TTPs/Privilege Escalation/PrivilegeEscalation:Kubernetes-PrivilegedContainer'] };
    const inspector = { ...told, kind: 'inspector' as const };
    const more = [threat, runtime, workload, inspector].map((each) => ({ text: each }));
    expect([...more, { text: told, briefing: undefined }].map(says)).toEqual([true, true, true, true, true]);
    expect([{}, { text: told }, { text: { ...threat, description: threat.title } }].map(says)).toEqual([false, false, false]);
    expect(headline(rendering(oneMember, { text: threat }))).toBe('🔴 CRITICAL 198.51.100.7 scans i-0 · payments-prod');
    expect(headline(rendering(in12, { text: threat }))).toBe('🔴 CRITICAL Recon:EC2/Portscan · 12 accounts');
  });
});

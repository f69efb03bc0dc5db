/**
 * Both Security Hubs of the simulated organization: they keep the state of each finding, send an event for each change,
 * and take marks. https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
import { parseFinding } from '../../../handlers/domain/finding/event';
import type { FindingReference, Hub, HubState, RefusedMark } from '../../../handlers/ports';
import type { Marked } from '../world/hub';
import { type Format, matchesOriginalRule, passesRules } from './rules';
import { iso, type Raw, type State } from './shapes/state';

/** Which product a finding is from. */
export type Source = 'control' | 'guardduty' | 'inspector' | 'macie' | 'access-analyzer' | 'third-party';

/** What is found, whoever reports it. A message names it where it has the account and one of the words. */
export interface Thing {
  account: string;
  words: readonly string[];
}

/** One finding of one Security Hub. Several may be about one thing. */
export interface Copy {
  format: Format;
  source: Source;
  accountId: string;
  thing: Thing;
  render(state: State): Raw;
  state: State;
}

export interface Sent {
  at: number;
  eventId: string;
  copy: Copy;
  /** As it was when it was sent. */
  state: State;
  /** Whether the rules let it through to the queue. */
  passed: boolean;
  matching: boolean;
  /** Written out where it passed, or where everything is. */
  event?: Raw;
}

const DETAIL_TYPE = { asff: 'Security Hub Findings - Imported', ocsf: 'Findings Imported V2' } as const;

export class PopulationHub implements Hub {
  private readonly byName = new Map<string, Copy>();
  private events = 0;

  /** @param all write out what the rules keep back as well. */
  constructor(
    private readonly options: {
      clock: { now(): number };
      severities: readonly string[];
      send(sent: Sent): void;
      all: boolean;
    },
  ) {}

  /** Its product reports a finding, for the first time or anew. A suppressed one is no longer updated. */
  report(copy: Copy, change: Partial<State>, at: number): void {
    const { state } = copy;
    if (state.workflow === 'SUPPRESSED') return;
    const next = { ...state, ...change, updatedAt: at, count: state.count + 1 };
    const failsAgain = state.compliance === 'PASSED' && next.compliance !== 'PASSED';
    const backAgain = state.archived && !next.archived;
    if ((failsAgain || backAgain) && next.workflow !== 'SUPPRESSED') next.workflow = 'NEW';
    // Security Hub CSPM resolves a control that passes by itself; in the new Security Hub it stays as it was.
    if (next.compliance === 'PASSED' && copy.format === 'asff') next.workflow = 'RESOLVED';
    this.change(copy, next, at);
  }

  /** BatchUpdateFindings: a person or this system. UpdatedAt stays. */
  update(copy: Copy, change: Pick<Partial<State>, 'workflow' | 'note'>, at: number): void {
    this.change(copy, { ...copy.state, ...change }, at);
  }

  private change(copy: Copy, state: State, at: number): void {
    copy.state = state;
    const passed = passesRules(copy.format, state, this.options.severities);
    const eventId = `00000000-0000-4000-8000-${String(++this.events).padStart(12, '0')}`;
    const finding = passed || this.options.all ? copy.render(state) : undefined;
    if (finding && state.workflow === 'NEW') this.byName.set(nameOf(copy.format, idOf(finding), productOf(finding), copy.accountId), copy);
    this.options.send({
      at,
      eventId,
      copy,
      state,
      passed,
      matching: matchesOriginalRule(copy.format, state),
      ...(finding ? { event: eventOf(copy.format, finding, eventId, at) } : {}),
    });
  }

  async read(findings: FindingReference[]): Promise<HubState[]> {
    return findings.flatMap(({ format, id, productArn, accountId }) => {
      const copy = this.byName.get(nameOf(format, id, productArn, accountId));
      if (!copy) return [];
      const { workflow, note } = copy.state;
      return [{ id, format, productArn, accountId, workflow, hasNote: note !== undefined, finding: parseFinding(copy.render(copy.state)) }];
    });
  }

  /** Each of its accounts has controls, which are checked daily. */
  async shows(): Promise<boolean> {
    return true;
  }

  async markNotified(findings: Marked[]): Promise<RefusedMark[]> {
    const at = this.options.clock.now();
    return findings.flatMap(({ format, id, productArn, accountId, note }) => {
      const copy = this.byName.get(nameOf(format, id, productArn, accountId));
      if (!copy) return [{ id, reason: 'FindingNotFound FindingNotFound: the finding was not updated.' }];
      const written = note === undefined ? {} : { note: { text: note, by: 'security-hub-interpreter', at } };
      this.update(copy, { workflow: 'NOTIFIED', ...written }, at);
      return [];
    });
  }
}

function nameOf(format: string, id: string, productArn: string, accountId: string): string {
  return `${format} ${accountId} ${productArn} ${id}`;
}
function idOf(finding: Raw): string {
  return String(finding.Id ?? (finding.metadata as { uid: string }).uid);
}
function productOf(finding: Raw): string {
  return String(finding.ProductArn ?? (finding.metadata as { product: { uid: string } }).product.uid);
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
function eventOf(format: Format, finding: Raw, id: string, at: number): Raw {
  return {
    version: '0',
    id,
    'detail-type': DETAIL_TYPE[format],
    source: 'aws.securityhub',
    account: '222222222222',
    time: iso(Math.floor(at / 1000) * 1000),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [finding] },
  };
}

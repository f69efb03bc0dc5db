/**
 * A week or two in which one thing after the other is throttled, away, held, limited or deployed anew, clocks differ and messages come twice: in
 * the end each problem's message shows what is open, all that is open was told, and nothing is a dead letter. A seed replays one.
 * @proves lost
 */
import type { Fault } from '../../cli/simulate/world/environment';
import { awsError } from '../../cli/simulate/world/limits';
import { type Random, seeded } from '../../cli/simulate/world/random';
import { MemorySlack, readable } from '../../cli/simulate/world/slack';
import { SlackFailure } from '../../handlers/domain/failure';
import { control } from './events';
import { seeds } from './seeds';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const ROOT = 'C0SECOPS001';
const CHANNEL = 'C0WORKLD001';
const CONTROLS = ['S3.2', 'S3.3'];
const ACCOUNTS = ['501', '502', '503', '504'];
const TROUBLES = ['limited', 'away', 'held', 'edits fail', 'ledger', 'queues', 'Organizations', 'model', 'Security Hub'] as const;
type Trouble = (typeof TROUBLES)[number];

interface Life {
  control: string;
  account: string;
  severity: string;
  open: boolean;
}

const throttled = (): Fault => ({ before: awsError('ThrottlingException', 'Rate exceeded') });
const unanswered = (): Fault => ({ after: awsError('TimeoutError', 'Request did not complete', Number.NaN) });

class Troubled {
  readonly slack = new MemorySlack();
  readonly world: World;
  readonly lives = new Map<string, Life>();
  /** Until when, in epoch milliseconds. */
  private readonly troubles = new Map<Trouble, number>();
  private time = START;

  constructor(private readonly random: Random) {
    const workers = this.one([0, 0, 2, 3]);
    this.world = new World({ slack: this.slack, random, workers, callTakes: workers > 0 ? this.one([0, 200]) : 0 });
    this.slack.before = ({ channel, operation }) => {
      if (this.has('limited', 0.7)) throw new SlackFailure('rate-limited', 'Slack answered 429', this.one([1, 30, 600]));
      if (this.has('away')) throw new SlackFailure('unavailable', 'Slack answered HTTP 503');
      if (channel === CHANNEL && this.has('held')) throw new SlackFailure('receiver', 'Slack answered is_archived');
      if (operation === 'update' && this.has('edits fail', 0.5)) throw new SlackFailure('unknown', 'Slack answered internal_error');
    };
    this.world.fault = ({ name }) => {
      if (name.startsWith('ledger') && this.has('ledger', 0.2)) return throttled();
      if (/^(wakeups|timers|inbox\.(defer|sendAgain))/.test(name) && this.has('queues', 0.4)) return this.one([throttled, unanswered])();
      if (name.startsWith('directory') && this.has('Organizations')) return throttled();
      if (name.startsWith('analyst') && this.has('model')) return throttled();
      return name.startsWith('hub') && this.has('Security Hub') ? throttled() : undefined;
    };
    // Of two environments of a function one may be a little fast, and the other slow.
    if (random() < 0.3) this.world.clock.now = () => this.world.now + ((this.world.invocations % 3) - 1) * 20 * SECOND;
  }

  private one<T>(all: readonly T[]): T {
    return all[Math.floor(this.random() * all.length)] as T;
  }

  private has(trouble: Trouble, share = 1): boolean {
    return (this.troubles.get(trouble) ?? 0) > this.world.now && this.random() < share;
  }

  async play(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      this.time += Math.floor(this.one([5 * SECOND, MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 26 * HOUR]) * (0.5 + this.random()));
      const what = this.random();
      if (what < 0.6) this.change();
      else if (what < 0.9) this.troubles.set(this.one(TROUBLES), this.time + this.one([2 * MINUTE, HOUR, 20 * HOUR]));
      else if (what < 0.95) this.deploy(step);
      else if (this.slack.posts.length > 0) this.slack.delete(this.one(this.slack.posts).ts);
      await this.world.run(this.time);
    }
    this.troubles.clear();
    await this.world.run(this.time + 4 * 24 * HOUR);
  }

  /** Something fails, or passes again; its event may come late, and twice. */
  private change(): void {
    const [name, account] = [this.one(CONTROLS), this.one(ACCOUNTS)];
    const known = this.lives.get(name + account);
    const severity = known?.severity ?? this.one(['HIGH', 'CRITICAL']);
    const life: Life = { control: name, account, severity, open: known?.open !== true };
    this.lives.set(name + account, life);
    const event = control({
      control: name,
      account: `555555555${account}`,
      bucket: `b${account}`,
      ...(life.open ? { severity } : { severity: 'INFORMATIONAL', compliance: 'PASSED' }),
      updatedAt: this.time,
      firstObservedAt: this.time,
    });
    const delay = this.time - this.world.now + this.one([0, 0, SECOND, 5 * MINUTE, HOUR]);
    this.world.send(event, delay);
    if (this.random() < 0.2) this.world.send(event, delay + this.one([0, HOUR]));
  }

  private deploy(step: number): void {
    const { settings, routes } = this.world.config;
    const changes = [
      () => Object.assign(routes.receivers.workloads ?? {}, { channel: `C0NEW00000${step % 10}` }),
      () => Object.assign(settings.retention, { ledgerDays: this.one([1, 30, 400]) }),
      () => Object.assign(settings, { writeBack: !settings.writeBack }),
      () => Object.assign(settings.model, { enabled: !settings.model.enabled }),
      () => Object.assign(settings, { reopenHours: this.one([1, 24, 72]) }),
    ];
    this.one(changes)();
    this.world.coldStart();
  }

  /** What does not stand as it must. */
  get wrong(): string[] {
    return CONTROLS.flatMap((name) => {
      const open = [...this.lives.values()].filter((life) => life.control === name && life.open);
      const ofControl = (text: string) => text.includes(`(${name})`);
      const last = this.slack.posts.filter((message) => message.channel !== ROOT && ofControl(readable(message))).at(-1);
      if (!last) return open.length > 0 ? [`${name} has no message`] : [];
      const text = readable(last);
      const shown = Number(/(\d+) open resource/.exec(text)?.[1] ?? 0);
      const said = [...this.slack.told, ...this.slack.messages].map((each) => `${each.text}\n${readable(each)}`).filter(ofControl);
      return [
        ...(shown === open.length ? [] : [`${name} shows ${shown} open, ${open.length} are`]),
        ...(open.length > 0 || /RESOLVED|✅/.test(last.text) ? [] : [`${name} does not end: ${last.text}`]),
        ...open
          .filter(({ account }) => !said.some((each) => each.includes(`account-${account}`) || each.includes(`b${account}`)))
          .map(({ account }) => `${name} of ${account} was never told`),
      ];
    });
  }
}

test.each(seeds(8))('seed %i', async (seed) => {
  const troubled = new Troubled(seeded(seed));
  await troubled.play(30);
  expect(troubled.wrong).toEqual([]);
  expect(troubled.world.dead.map(({ reason }) => reason)).toEqual([]);
});

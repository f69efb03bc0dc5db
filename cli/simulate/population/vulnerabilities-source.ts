/** Inspector: image pushes that bring hundreds of CVEs at once, CVEs of a fleet, and the stock of both. */
import { DAY, HOUR, isWorkingDay, midnight, MINUTE, someTime } from './calendar';
import { Allotment, Chance } from './chance';
import { type Account, reports } from './organization';
import type { Subject } from './shapes/state';
import { type Cve, vulnerabilityAsff, vulnerabilityOcsf, type VulnerabilityShape } from './shapes/vulnerability';
import { type Part, partsOf, reporting, type Stage, stateAt, stockTime, subjectIn } from './stage';

/** HIGH and CRITICAL. */
const STOCK = 2500;
const FLEET = 40;
const REPOSITORIES = 40;
const PACKAGES = ['openssl', 'libxml2', 'curl', 'glibc', 'busybox', 'zlib', 'python3', 'node', 'expat', 'sqlite', 'git', 'krb5'];

interface Repository {
  account: Account;
  subject: Subject;
}

export function vulnerabilities(stage: Stage): { day(day: number): void } {
  const chance = Chance.of(stage.seed, 'inspector');
  const cves = cvesOf(chance);
  const { accounts } = stage.organization;
  const repositories = Array.from({ length: Math.max(6, Math.round(REPOSITORIES * stage.scale)) }, (): Repository => {
    const account = chance.one(accounts.filter(({ joins, hubSince }) => joins === 0 && hubSince === 0));
    return { account, subject: subjectIn(stage, account, 'AwsEcrContainerImage', chance, 'ap-northeast-1') };
  });
  stock(stage, repositories, cves, chance);
  const [pushes, fleets, exploited] = [new Allotment(), new Allotment(), new Allotment()];
  return {
    day(day) {
      if (isWorkingDay(day))
        for (let n = pushes.take(stage.scale); n > 0; n--)
          push(stage, chance.one(repositories), midnight(day) + chance.between(9, 19) * HOUR, cves, chance);
      for (let n = fleets.take(1 / 3); n > 0; n--)
        fleet(stage, someTime(day, chance), cves.make(chance.happens(0.3) ? 'CRITICAL' : 'HIGH'), chance);
      for (let n = exploited.take(2 / 90); n > 0; n--)
        fleet(stage, someTime(day, chance), { ...cves.make('CRITICAL'), exploited: true, fixed: true, score: 9.8 }, chance);
    },
  };
}

interface Cves {
  make(severity: Cve['severity']): Cve;
  /** Half of what images have is what other images have as well. */
  some(told: boolean): Cve;
}

function cvesOf(chance: Chance): Cves {
  let number = 1000;
  const make = (severity: Cve['severity']): Cve => ({
    id: `CVE-2026-${String(++number).padStart(4, '0')}`,
    severity,
    score: { CRITICAL: 9.8, HIGH: 8.1, MEDIUM: 5.5, LOW: 3.1 }[severity],
    package: chance.one(PACKAGES),
    fixed: chance.happens(0.8),
    exploited: false,
  });
  const cveFor = (told: boolean) => make(told ? (chance.happens(0.15) ? 'CRITICAL' : 'HIGH') : chance.happens(0.8) ? 'MEDIUM' : 'LOW');
  const shared = [true, false].map((told) => Array.from({ length: 120 }, () => cveFor(told)));
  return { make, some: (told) => (chance.happens(0.5) ? chance.one(shared[told ? 0 : 1] ?? []) : cveFor(told)) };
}

function stock(stage: Stage, repositories: readonly Repository[], cves: Cves, chance: Chance): void {
  const count = Math.round(STOCK * stage.scale);
  for (let n = 0; n < count; n++) {
    // Three of four in images.
    const { account, subject } = n % 4 < 3 ? (repositories[n % repositories.length] as Repository) : onInstance(stage, chance);
    const at = stockTime(account, chance);
    const parts = reported(stage, account, subject, cves.some(true), at, chance);
    if (chance.happens(0.3)) archive(stage, account, parts, at + chance.between(DAY, 90 * DAY));
  }
}

function onInstance(stage: Stage, chance: Chance): Repository {
  const account = chance.one(stage.organization.accounts);
  return { account, subject: subjectIn(stage, account, 'AwsEc2Instance', chance) };
}

/** 60 to 400 CVEs of one new image within two minutes; the next push mends 60 of a hundred. */
function push(stage: Stage, { account, subject }: Repository, at: number, cves: Cves, chance: Chance): void {
  const { resource } = subject;
  const digest = chance.hex(64);
  const repository = resource.id.replace(/\/sha256:.*$/, '');
  const image: Subject = {
    ...subject,
    resource: {
      ...resource,
      id: `${repository}/sha256:${digest}`,
      name: `${resource.name.replace(/@.*$/, '')}@sha256:${digest.slice(0, 12)}`,
    },
  };
  const next = at + chance.between(2 * DAY, 12 * DAY);
  const found = new Set<string>();
  for (let n = chance.whole(60, 400); n > 0; n--) {
    const cve = cves.some(chance.happens(0.3));
    if (found.has(cve.id)) continue;
    found.add(cve.id);
    const parts = reported(stage, account, image, cve, at + chance.between(0, 2 * MINUTE), chance);
    if (chance.happens(0.6)) archive(stage, account, parts, next + chance.between(0, 5 * MINUTE));
  }
}

/** One CVE on many instances, found within an hour; patched within weeks. */
function fleet(stage: Stage, at: number, cve: Cve, chance: Chance): void {
  const patched = chance.happens(0.7) ? at + chance.between(2 * DAY, 20 * DAY) : undefined;
  for (let n = Math.max(2, Math.round(FLEET * stage.scale)); n > 0; n--) {
    const account = reporting(stage, at, chance);
    const parts = reported(stage, account, subjectIn(stage, account, 'AwsEc2Instance', chance), cve, at + chance.between(0, HOUR), chance);
    if (patched !== undefined) archive(stage, account, parts, patched + chance.between(0, 4 * HOUR));
  }
}

/** Inspector updates a finding where its score or its package changes, and not otherwise. */
function reported(stage: Stage, account: Account, subject: Subject, cve: Cve, at: number, chance: Chance): Part[] {
  const shape: VulnerabilityShape = { subject, cve, id: chance.hex(32) };
  const of = { source: 'inspector' as const, words: [cve.id], shape };
  const parts = partsOf(account, of, stateAt(at, cve.severity), { asff: [vulnerabilityAsff], ocsf: vulnerabilityOcsf }, chance);
  for (const { copy, delay } of parts) {
    const report = (now: number) => {
      if (!copy.state.archived && reports(account, now)) stage.hub.report(copy, {}, now);
    };
    stage.agenda.plan(at + delay, report);
    if (chance.happens(0.3)) stage.agenda.plan(at + delay + chance.between(DAY, 40 * DAY), report);
  }
  return parts;
}

/** What is closed in Inspector is archived in Security Hub. */
function archive(stage: Stage, account: Account, parts: readonly Part[], at: number): void {
  if (at >= stage.end) return;
  for (const { copy, delay } of parts)
    stage.agenda.plan(at + delay, (now) => {
      if (copy.state.count > 0 && reports(account, now)) stage.hub.report(copy, { archived: true }, now);
    });
}

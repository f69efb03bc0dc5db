/** Everything that happens in the simulated quarter, planned day by day from one seed. */
import { Agenda } from './agenda';
import { BEGIN, DAY, HOUR, midnight } from './calendar';
import { Chance } from './chance';
import { CONTROLS } from './controls';
import { controls } from './controls-source';
import type { PopulationHub } from './hub';
import { type Organization, reports } from './organization';
import { others } from './others-source';
import type { Stage } from './stage';
import { threats } from './threats-source';
import { vulnerabilities } from './vulnerabilities-source';

/** Counted from 0. */
const STORM_DAY = 20;
/** With their copies 4,900 findings. */
const STORM_CHECKS = 2900;
const STORM_THREATS = 9;

export interface PopulationOptions {
  organization: Organization;
  hub: PopulationHub;
  scale: number;
  seed: number;
  days: number;
}

/** @returns the agenda, and what was counted without being played. */
export function populate({ organization, hub, scale, seed, days }: PopulationOptions): { agenda: Agenda; stage: Stage } {
  const agenda = new Agenda();
  const stage: Stage = { agenda, hub, organization, scale, seed, end: BEGIN + days * DAY, resources: 0, leftOut: 0 };
  const ofControls = controls(stage);
  const ofThreats = threats(stage);
  const sources = [ofControls, ofThreats, vulnerabilities(stage), others(stage)];
  for (let day = 0; day < days; day++) {
    agenda.plan(midnight(day), () => {
      for (const source of sources) source.day(day);
      if (day === STORM_DAY) storm(stage, ofControls, ofThreats);
    });
  }
  return { agenda, stage };
}

/** 10:00 to 12:00: a new standard is turned on, and in between come lone threats in accounts that are quiet. */
function storm(stage: Stage, ofControls: ReturnType<typeof controls>, ofThreats: ReturnType<typeof threats>): void {
  const chance = Chance.of(stage.seed, 'storm');
  const from = midnight(STORM_DAY) + 10 * HOUR;
  const accounts = stage.organization.accounts.filter((account) => reports(account, from));
  const quiet = accounts.slice(0, Math.max(1, Math.round(STORM_THREATS * stage.scale)));
  const noisy = accounts.slice(quiet.length);
  for (let n = Math.round(STORM_CHECKS * stage.scale); n > 0; n--)
    ofControls.storm(chance.one(noisy), chance.one(CONTROLS.storm), from + chance.between(0, 2 * HOUR));
  for (const account of quiet) ofThreats.lone(account, from + chance.between(0.25, 1.75) * HOUR);
}

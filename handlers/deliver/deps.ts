/** What deliver needs from the world. */
import type { Phrasebook } from '../../config/phrases/compiled';
import type { Config, Language } from '../../config/schema';
import { DAY, expiry, SECOND } from '../domain/time';
import type { WorkJournal } from '../correlation';
import type { Analyst, Clock, Hub, Ledger, Messenger, Meter, Timers } from '../ports';

export interface DeliverDeps {
  config: Config;
  ledger: Ledger;
  messenger: Messenger;
  analyst: Analyst;
  hub: Hub;
  timers: Timers;
  clock: Clock;
  journal: WorkJournal;
  meter: Meter;
  phrasebook(language: Language): Phrasebook;
}

/** After so long in one invocation what is left is left to the next one: Lambda ends it after 90 seconds. */
export const LOOK = 20 * SECOND;

/** When what belongs to a finding or a problem leaves, which is over now, in epoch seconds. */
export function ledgerExpiry({ clock, config }: Pick<DeliverDeps, 'clock' | 'config'>): number {
  return expiry(clock.now() + config.settings.retention.ledgerDays * DAY);
}

/** What deliver needs from the world. */
import type { Phrasebook } from '../../config/phrases/compiled';
import type { Config, Language } from '../../config/schema';
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

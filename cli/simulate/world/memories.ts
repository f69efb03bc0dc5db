/** What an environment of intake remembers from one message to the next: whose accounts are, and words. */
import type { Config } from '../../../config/schema';
import { sharedFor } from '../../../handlers/domain/problem/rows';
import { OwnerLookup } from '../../../handlers/intake/owner-lookup';
import { Texts } from '../../../handlers/intake/texts';
import { keptWhileUsed } from '../../../handlers/optimistic';
import type { Clock, Directory, Journal, Ledger, Meter } from '../../../handlers/ports';
import type { Environment } from './environment';

export interface Remembering {
  config: Config;
  ledger: Ledger;
  directory: Directory;
  clock: Clock;
  journal: Journal;
  meter: Meter;
}

interface Memory {
  owners: OwnerLookup;
  texts: Texts;
}

export class Memories {
  private readonly all = new WeakMap<Environment, Memory>();

  of(environment: Environment, { config, clock, journal, meter, ...world }: Remembering): Memory {
    const known = this.all.get(environment);
    if (known) return known;
    const { retention, directoryHours } = config.settings;
    const ledger = environment.ledger(world.ledger);
    const owners = new OwnerLookup({
      ledger: keptWhileUsed(ledger, clock, sharedFor(retention.ledgerDays)),
      directory: environment.directory(world.directory),
      clock,
      journal,
      meter,
      ttlHours: directoryHours,
    });
    const memory = { owners, texts: new Texts({ ledger, clock, config }) };
    this.all.set(environment, memory);
    return memory;
  }
}

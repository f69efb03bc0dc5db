/** What an environment of intake remembers from one message to the next: whose accounts are, and words. */
import type { Config } from '../../../config/schema';
import { OwnerLookup } from '../../../handlers/intake/owner-lookup';
import { Texts } from '../../../handlers/intake/texts';
import type { Clock, Directory, Ledger, Meter } from '../../../handlers/ports';
import type { Environment } from './environment';

export interface Remembering {
  config: Config;
  ledger: Ledger;
  directory: Directory;
  clock: Clock;
  meter: Meter;
}

interface Memory {
  owners: OwnerLookup;
  texts: Texts;
}

export class Memories {
  private readonly all = new WeakMap<Environment, Memory>();

  of(environment: Environment, { config, clock, meter, ...world }: Remembering): Memory {
    const known = this.all.get(environment);
    if (known) return known;
    const ledger = environment.ledger(world.ledger);
    const owners = new OwnerLookup({ config, ledger, directory: environment.directory(world.directory), clock, meter });
    const memory = { owners, texts: new Texts({ ledger, clock, config }) };
    this.all.set(environment, memory);
    return memory;
  }
}

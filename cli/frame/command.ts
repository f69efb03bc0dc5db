/** What a command of the operator is: one file exports one, and `cli/commands.ts` lists it. */
import type { Terminal } from './terminal';

/** In the order of the help: what it is that an operator wants of a command. */
export const GROUPS = {
  look: 'Look at what would happen:',
  prove: 'Prove that it works:',
  plan: 'Plan a deployment:',
  act: 'Act on what runs:',
} as const;
export type Group = keyof typeof GROUPS;

/** 0 fine; 1 something was found that wants a person; 2 flags, files or configuration are wrong and nothing was done; 3 AWS could not be asked (credentials, rights, network), so nothing is known; 130 stopped. */
export type Status = 0 | 1 | 2 | 3 | 130;

export interface Flag {
  /** What its value is called in the help; absent: it is on or off. */
  value?: string;
  /** What it does, in a line. The help adds choices and default. */
  about: string;
  choices?: readonly string[];
  default?: string;
  /** May be given more than once. */
  repeatable?: true;
}
/** By their names, without the dashes. */
export type Flags = Readonly<Record<string, Flag>>;

type ValueOf<F extends Flag> = F extends { repeatable: true }
  ? string[]
  : F extends { value: string }
    ? F extends { default: string }
      ? string
      : string | undefined
    : boolean;

/** What a person asked for. */
export interface Asked<F extends Flags = Flags> {
  flags: { [Name in keyof F]: ValueOf<F[Name]> };
  operands: string[];
}

export interface Command<F extends Flags = Flags> {
  name: string;
  group: Group;
  /** One line of the list of commands, and the first of its own help. */
  summary: string;
  /** What else its help says: paragraphs. */
  about?: string;
  flags: F;
  /** What follows the flags, at least one unless it is optional; absent: nothing may follow. */
  operands?: { name: string; about: string; optional?: true };
  /** package.json has a script of the same name, which is shorter to type. */
  script?: true;
  /** @throws WrongUse where flags, files or configuration are wrong. Any other error ends with its message and status 1, or 3 where AWS could not be asked. */
  run(asked: Asked<F>, terminal: Terminal): Status | Promise<Status>;
}

/** Gives `run` the types of its own flags. */
export function command<const F extends Flags>(definition: Command<F>): Command {
  return definition as unknown as Command;
}

/** What is wrong with the flags, the files they name or the configuration, and what to do: a line for each. */
export class WrongUse extends Error {
  override readonly name: string = 'WrongUse';
}

/** Wrong is not what was typed, but the configuration: the help would not help. */
export class WrongConfiguration extends WrongUse {
  override readonly name = 'WrongConfiguration';
}

/** Flags that mean the same wherever they are. */
export const CONFIG = {
  config: { value: 'DIR', about: 'folder with settings.yaml and routes.yaml', default: 'config' },
  environment: { value: 'NAME', about: 'the environment of that name in the folder’s environments/' },
} as const;
export const JSON_FLAG = { json: { about: 'one JSON object instead of text' } } as const;

/** How a person types it. */
export function called({ name, script }: Pick<Command, 'name' | 'script'>): string {
  return script ? `npm run ${name} --` : `npm run hub -- ${name}`;
}

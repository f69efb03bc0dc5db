/** One thing that a person does before the hub stack can be deployed. */

/** Whose credentials it takes; `slack`: nobody's, it is done in the browser. */
export type Place = 'management' | 'security' | 'slack';

export interface Proof {
  command: string;
  /** What it says when the step has worked. */
  expect: string;
}

export interface Step {
  /** Stable, for whoever reads the JSON. */
  id: string;
  place: Place;
  title: string;
  /** Why it is needed, in a sentence or two. */
  why: string;
  /** In order; each is one line for a POSIX shell. None: it is done in the browser, as `todo` says. */
  commands: string[];
  /** What no command can do. */
  todo?: string;
  /** How to see that it worked. */
  proof: Proof;
  /** How to take it back, if it can be, and what goes with it. */
  undo: { command?: string; note?: string };
}

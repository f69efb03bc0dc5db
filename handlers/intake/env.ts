/** What the stack must give the intake function; a forgotten one does not compile. */
export const INTAKE_ENV = [
  'LEDGER_TABLE',
  /** URL of the FIFO queue of wake-ups. */
  'DELIVERIES_QUEUE_URL',
  /** URL of the tick's queue: what wakes a problem at its time. */
  'TICK_QUEUE_URL',
  /** URL of the queue that the findings arrive from: give-backs change visibility there. */
  'FINDINGS_QUEUE_URL',
  'FINDINGS_DEAD_LETTER_URL',
] as const;
export type IntakeEnv = Record<(typeof INTAKE_ENV)[number], string>;

/** What the stack must give the tick function; a forgotten one does not compile. */
export const TICK_ENV = [
  'LEDGER_TABLE',
  /** URL of the FIFO queue of wake-ups. */
  'DELIVERIES_QUEUE_URL',
  /** URL of its own queue, which keeps timers. */
  'TICK_QUEUE_URL',
  /** URL of the queue of findings: whose an account is, is asked there. */
  'FINDINGS_QUEUE_URL',
] as const;
export type TickEnv = Record<(typeof TICK_ENV)[number], string>;

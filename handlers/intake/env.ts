/** What the stack must give the intake function; a forgotten one does not compile. */
export interface IntakeEnv {
  /** Name of the ledger table. */
  LEDGER_TABLE: string;
  /** URL of the FIFO queue of wake-ups. */
  DELIVERIES_QUEUE_URL: string;
  /** URL of the tick's queue: what wakes a problem at its time. */
  TICK_QUEUE_URL: string;
  /** URL of the queue that the findings arrive from: give-backs change visibility there. */
  FINDINGS_QUEUE_URL: string;
  /** URL of the dead-letter queue of the findings queue. */
  FINDINGS_DEAD_LETTER_URL: string;
}

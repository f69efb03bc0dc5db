/** What the stack must give the tick function; a forgotten one does not compile. */
export interface TickEnv {
  /** Name of the ledger table. */
  LEDGER_TABLE: string;
  /** URL of the FIFO queue of wake-ups. */
  DELIVERIES_QUEUE_URL: string;
  /** URL of its own queue, which keeps timers. */
  TICK_QUEUE_URL: string;
  /** URL of the queue of findings: whose an account is, is asked there. */
  FINDINGS_QUEUE_URL: string;
}

/** What the stack must give the deliver function; a forgotten one does not compile. */
export const DELIVER_ENV = [
  'LEDGER_TABLE',
  /** URL of the FIFO queue of wake-ups: give-backs change visibility there. */
  'DELIVERIES_QUEUE_URL',
  /** URL of the tick's queue: what wakes a problem at its time. */
  'TICK_QUEUE_URL',
  'DELIVERIES_DEAD_LETTER_URL',
  /** Base URL of Slack's Web API, with the slash at its end; another for GovSlack. */
  'SLACK_API_URL',
] as const;
export type DeliverEnv = Record<(typeof DELIVER_ENV)[number], string>;

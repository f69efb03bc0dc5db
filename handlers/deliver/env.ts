/** What the stack must give the deliver function; a forgotten one does not compile. */
export interface DeliverEnv {
  LEDGER_TABLE: string;
  /** URL of the FIFO queue of wake-ups: give-backs change visibility there. */
  DELIVERIES_QUEUE_URL: string;
  /** URL of the tick's queue: what wakes a problem at its time. */
  TICK_QUEUE_URL: string;
  DELIVERIES_DEAD_LETTER_URL: string;
  /** Base URL of Slack's Web API, with the slash at its end; another for GovSlack. */
  SLACK_API_URL: string;
}

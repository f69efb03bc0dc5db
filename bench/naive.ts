/**
 * The naive design, to measure against: one function, one Bedrock call with the whole finding, one webhook post for every
 * matching event. It keeps nothing, so that it repeats whatever Security Hub repeats, and never says that something is mended.
 */

/** What its rule of EventBridge lets through. */
const SEVERITIES = ['CRITICAL', 'HIGH'];

export interface NaiveDeps {
  /** One call of Bedrock. @returns its text. */
  ask(prompt: string): Promise<string>;
  /** One post to an incoming webhook. */
  post(body: string): Promise<void>;
}

interface NaiveFinding {
  Title: string;
  Description: string;
  AwsAccountId: string;
  Region: string;
  Severity: { Label: string };
  Workflow: { Status: string };
  RecordState: string;
  Resources: { Id: string }[];
}

/** As Lambda calls it: an event an invocation. @returns whether the rule let it through. */
export async function naive(event: string, { ask, post }: NaiveDeps): Promise<boolean> {
  const { findings } = (JSON.parse(event) as { detail: { findings: NaiveFinding[] } }).detail;
  const matching = findings.filter(
    ({ Severity, Workflow, RecordState }) => SEVERITIES.includes(Severity.Label) && Workflow.Status === 'NEW' && RecordState === 'ACTIVE',
  );
  for (const finding of matching) {
    const words = await ask(`Explain this AWS Security Hub finding and what to do about it:\n${JSON.stringify(finding, undefined, 2)}`);
    await post(JSON.stringify({ blocks: blocksOf(finding, words) }));
  }
  return matching.length > 0;
}

function blocksOf({ Title, Severity, AwsAccountId, Region, Resources }: NaiveFinding, words: string): object[] {
  return [
    { type: 'header', text: { type: 'plain_text', text: `${Severity.Label}: ${Title}`.slice(0, 150) } },
    { type: 'section', text: { type: 'mrkdwn', text: words.slice(0, 3000) } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: `${AwsAccountId} · ${Region} · ${Resources.map(({ Id }) => Id).join(', ')}` }] },
  ];
}

/** Secrets, kept for a while: a rotated token is found at the latest when the old one is refused. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Denied, outcomeOf, reasonOf, SlackFailure } from '../domain/failure';
import type { Clock } from '../ports';
import { awsFailure } from './aws-failure';
import { clientDefaults } from './client-defaults';

const KEPT = 5 * 60_000;

/** What a secret must hold: for the error, and the key under which JSON may hold it. */
export interface SecretKind {
  what: string;
  example: string;
  key: string;
}
export const BOT_TOKEN: SecretKind = { what: 'Slack bot token', example: 'the token itself (xoxb-…)', key: 'token' };
export const WEBHOOK_ADDRESS: SecretKind = {
  what: 'address of an incoming webhook',
  example: 'the address itself (https://…)',
  key: 'url',
};

export class Secret {
  private readonly client = new SecretsManagerClient(clientDefaults);
  private known?: { value: string; at: number };

  constructor(
    private readonly name: string,
    private readonly clock: Clock,
    private readonly kind = BOT_TOKEN,
  ) {}

  /**
   * @param anew when the known value was refused. Otherwise the known one serves while Secrets Manager does not answer.
   * @throws SlackFailure that names the secret, never its value: nothing was posted. `unavailable` where Secrets Manager is
   * away; `receiver` where a person must act: this secret is not there, not ours to read, or holds something else.
   */
  async value(anew = false): Promise<string> {
    if (this.known && !anew && this.clock.now() - this.known.at < KEPT) return this.known.value;
    let text: string | undefined;
    try {
      text = (await this.client.send(new GetSecretValueCommand({ SecretId: this.name }))).SecretString;
    } catch (error) {
      if (this.known && !anew) return this.known.value;
      throw this.failure(awsFailure('Secrets Manager', error));
    }
    const { what, example, key } = this.kind;
    const value = valueIn(text, key);
    if (!value)
      throw new SlackFailure('receiver', `the secret ${this.name} holds no ${what}: store ${example}, or JSON with it under "${key}"`);
    this.known = { value, at: this.clock.now() };
    return value;
  }

  private failure(error: unknown): SlackFailure {
    const kind = outcomeOf(error) === 'wait' && !(error instanceof Denied) ? 'unavailable' : 'receiver';
    return new SlackFailure(kind, `the secret ${this.name} cannot be read: ${reasonOf(error)}`, 0, { cause: error });
  }
}

/** The value itself, or what JSON holds under the key. */
export function valueIn(text: string | undefined, key: string): string | undefined {
  if (!text?.trimStart().startsWith('{')) return text?.trim() || undefined;
  try {
    const value = (JSON.parse(text) as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

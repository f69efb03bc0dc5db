/** Secrets, kept for a while: a rotated token is found at the latest when the old one is refused. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../ports';
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

  /** @param anew when the known value was refused. @throws Error that names the secret, never its value. */
  async value(anew = false): Promise<string> {
    if (this.known && !anew && this.clock.now() - this.known.at < KEPT) return this.known.value;
    const answer = await this.client.send(new GetSecretValueCommand({ SecretId: this.name }));
    const { what, example, key } = this.kind;
    const value = valueIn(answer.SecretString, key);
    if (!value) throw new Error(`the secret ${this.name} holds no ${what}: store ${example}, or JSON with it under "${key}"`);
    this.known = { value, at: this.clock.now() };
    return value;
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

/** Secrets, kept for a while: a rotated token is found at the latest when the old one is refused. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../ports';
import { clientDefaults } from './client-defaults';

const KEPT = 5 * 60_000;

export class Secret {
  private readonly client = new SecretsManagerClient(clientDefaults);
  private known?: { value: string; at: number };

  constructor(
    private readonly name: string,
    private readonly clock: Clock,
  ) {}

  /** @param anew when the known value was refused. @throws Error that names the secret, never its value. */
  async value(anew = false): Promise<string> {
    if (this.known && !anew && this.clock.now() - this.known.at < KEPT) return this.known.value;
    const answer = await this.client.send(new GetSecretValueCommand({ SecretId: this.name }));
    const value = tokenIn(answer.SecretString);
    if (!value)
      throw new Error(`the secret ${this.name} holds no Slack bot token: store the token itself (xoxb-…), or JSON with it under "token"`);
    this.known = { value, at: this.clock.now() };
    return value;
  }
}

function tokenIn(text: string | undefined): string | undefined {
  if (!text?.trimStart().startsWith('{')) return text?.trim() || undefined;
  try {
    const token = (JSON.parse(text) as { token?: unknown }).token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

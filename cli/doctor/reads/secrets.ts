/** Secrets are read to be used and judged; their values stay here and are never shown. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SecretKind, valueIn } from '../../../handlers/adapters/secrets';
import type { Calls } from '../calls';
import type { Redaction } from '../redaction';
import { doctorClient } from './defaults';
import { Once } from './once';

export class SecretReads {
  private readonly once = new Once();
  private readonly client: SecretsManagerClient;

  constructor(
    private readonly calls: Calls,
    private readonly region: string,
    private readonly redaction: Redaction,
  ) {
    this.client = new SecretsManagerClient(doctorClient(region));
  }

  /** What the functions would read from the secret; undefined where it holds nothing of that kind. */
  async value(name: string, kind: SecretKind): Promise<string | undefined> {
    const text = await this.once.get(name, async () => {
      const command = new GetSecretValueCommand({ SecretId: name });
      const { SecretString = '' } = await this.calls.send('secretsmanager', this.region, this.client, command);
      for (const part of [SecretString, ...textsIn(SecretString)]) this.redaction.add(part);
      return SecretString;
    });
    return valueIn(text, kind.key);
  }
}

/** What a secret that is JSON holds. */
function textsIn(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? Object.values(parsed).filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}

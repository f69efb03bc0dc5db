import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { listen } from '../../../local/protocol/listener';
import { createSecrets } from '../../../local/services/secretsmanager';
import { errorOf, towards } from '../clients';

test('a secret is read by name or ARN, and a rotated value the next time', async () => {
  const secrets = createSecrets({ 'interpreter/slack': 'xoxb-1' }, () => Date.UTC(2026, 10, 21));
  const listener = await listen(secrets.service);
  const client = new SecretsManagerClient(towards(listener.url));
  const read = async (SecretId: string) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  try {
    expect(await read('interpreter/slack')).toBe('xoxb-1');
    secrets.set('interpreter/slack', 'xoxb-2');
    expect(await read('arn:aws:secretsmanager:ap-northeast-1:222222222222:secret:interpreter/slack-a1b2c3')).toBe('xoxb-2');
    expect(await errorOf(read('interpreter/slick'))).toBeInstanceOf(ResourceNotFoundException);
  } finally {
    client.destroy();
    await listener.close();
  }
});

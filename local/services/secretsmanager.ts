/** Secrets Manager: the current value of secrets, by name or ARN. */
import { awsJsonService } from '../protocol/aws-json';
import { ServiceError, text } from '../protocol/wire';

export type SecretsStandIn = ReturnType<typeof createSecrets>;

/** `secrets`: values by name. `now` in epoch milliseconds. */
export function createSecrets(secrets: Record<string, string>, now: () => number) {
  const values = new Map(Object.entries(secrets));
  const created = now() / 1000;
  /** arn:aws:secretsmanager:<region>:<account>:secret:<name> with or without the six characters that AWS appends. */
  const nameOf = (id: string) => {
    const name = id.startsWith('arn:') ? id.split(':').slice(6).join(':') : id;
    return values.has(name) ? name : name.replace(/-[A-Za-z0-9]{6}$/, '');
  };
  return {
    /** A new value under the same name, as a rotation gives. */
    set: (name: string, value: string) => void values.set(name, value),
    service: awsJsonService({
      name: 'secretsmanager',
      target: 'secretsmanager',
      version: '1.1',
      failures: {
        refused: new ServiceError('AccessDeniedException', 'User is not authorized to perform: secretsmanager:GetSecretValue.'),
        throttled: new ServiceError('ThrottlingException', 'Rate exceeded'),
        'error-500': new ServiceError('InternalServiceError', 'An error occurred on the server side.', 500),
      },
      operations: {
        getSecretValue: (input) => {
          const name = nameOf(text(input.SecretId));
          const value = values.get(name);
          if (value === undefined) throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
          return {
            ARN: `arn:aws:secretsmanager:local:000000000000:secret:${name}-a1b2c3`,
            Name: name,
            SecretString: value,
            VersionId: '00000000-0000-4000-8000-000000000000',
            VersionStages: ['AWSCURRENT'],
            CreatedDate: created,
          };
        },
      },
    }),
  };
}

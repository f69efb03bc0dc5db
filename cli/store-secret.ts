/** How a person stores a secret, wherever a command is printed for it. */

/**
 * One line for a POSIX shell: the value is pasted unseen, and goes through a pipe, so it is in no file, no history and no
 * list of processes.
 * @param how whether the secret is made, or gets another value.
 * @param key of settings.keys.secrets: the ARN of one that is there is named; the stack's own comes with the stack.
 */
export function storeSecret(how: 'create' | 'replace', name: string, region: string, key = 'aws'): string {
  const under = how === 'create' && key.startsWith('arn:') ? ` --kms-key-id ${key}` : '';
  const verb = how === 'create' ? 'create-secret --name' : 'put-secret-value --secret-id';
  return `IFS= read -rs SECRET && printf %s "$SECRET" | aws secretsmanager ${verb} ${name} --region ${region}${under} --secret-string file:///dev/stdin; unset SECRET`;
}

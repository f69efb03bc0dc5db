/** The real Bedrock, called from the CLI's own process with the user's credentials. */
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { isObject, type JsonObject, ServiceError } from '../protocol/wire';

export type BedrockLive = Awaited<ReturnType<typeof connectBedrock>>;

/** Uses the SDK's usual credentials, and AWS_ENDPOINT_URL_BEDROCK_RUNTIME where set. `region`: where the profile is called. */
export async function connectBedrock(region: string) {
  const { BedrockRuntimeClient, ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
  // One attempt: trying again is the decision of the code under it.
  const client = new BedrockRuntimeClient({ region, maxAttempts: 1 });
  return {
    /** Throws ServiceError with the status and type that Bedrock answered. */
    async converse(request: JsonObject): Promise<JsonObject> {
      try {
        const { $metadata, ...answer } = await client.send(new ConverseCommand(request as unknown as ConverseCommandInput), {
          abortSignal: AbortSignal.timeout(60_000),
        });
        return answer;
      } catch (error) {
        throw passedOn(error);
      }
    },
    close: () => client.destroy(),
  };
}

function passedOn(error: unknown): ServiceError {
  const metadata = error instanceof Error && '$metadata' in error && isObject(error.$metadata) ? error.$metadata : {};
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message : String(error);
  const status = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
  // No status: the call never came to an answer (no credentials, no network, time-out).
  return status === undefined
    ? new ServiceError('ServiceUnavailableException', `${name}: ${message}`, 503)
    : new ServiceError(name, message, status);
}

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** Called by Lambda. */
export async function handler(_event: SQSEvent): Promise<SQSBatchResponse> {
  return { batchItemFailures: [] };
}

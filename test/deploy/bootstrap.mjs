/** A runtime in the place of aws-lambda-ric where that is absent: loads the handler, then asks, runs and answers, one at a time. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';

const { AWS_LAMBDA_RUNTIME_API, AWS_LAMBDA_FUNCTION_NAME, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const post = (path, body) => fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(body) });
const described = (error) => ({
  errorType: error?.name ?? 'Error',
  errorMessage: String(error?.message ?? error),
  trace: [String(error?.stack)],
});

let handler;
try {
  const [file, name] = _HANDLER.split('.');
  const path = ['.mjs', '.js', '.cjs'].map((end) => join(LAMBDA_TASK_ROOT, file + end)).find(existsSync);
  handler = (await import(pathToFileURL(path)))[name];
} catch (error) {
  await post('init/error', described(error));
  throw error;
}
for (;;) {
  const response = await fetch(`${api}/invocation/next`);
  const id = response.headers.get('lambda-runtime-aws-request-id');
  const deadline = Number(response.headers.get('lambda-runtime-deadline-ms'));
  const context = {
    awsRequestId: id,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    invokedFunctionArn: response.headers.get('lambda-runtime-invoked-function-arn'),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    await post(`invocation/${id}/response`, (await handler(await response.json(), context)) ?? null);
  } catch (error) {
    await post(`invocation/${id}/error`, described(error));
  }
}

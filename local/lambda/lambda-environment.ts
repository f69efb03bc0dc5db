/** The environment variables and the context of a function, as Lambda sets them, with local endpoints. */
import type { FunctionDefinition } from '../template/template';

export interface Endpoints {
  /** Base URLs of the stand-ins by the SDK's name for the service in AWS_ENDPOINT_URL_<name>. */
  aws: Record<string, string>;
  /** Base URL of the stand-in for Slack, without a path. */
  slack: string;
}

/**
 * `workerId` is the access key id and the path prefix towards Slack: by them a
 * stand-in knows which worker calls. Nothing of the user's own environment,
 * credentials or AWS configuration gets in.
 */
export function workerEnvironment(
  definition: FunctionDefinition,
  workerId: string,
  endpoints: Endpoints,
  region: string,
  extra: Record<string, string>,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    ...definition.environment,
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.directory,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: workerId,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: workerId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The bundle runs on whatever Node the user has; Lambda's is set by the template.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...Object.fromEntries(Object.entries(endpoints.aws).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
    SLACK_API_URL: `${endpoints.slack}/@${workerId}/api/`,
    ...extra,
  };
}

/** The part of Lambda's context object that can be sent to a worker. */
export function invocationContext(definition: FunctionDefinition, requestId: string): Record<string, unknown> {
  return {
    awsRequestId: requestId,
    functionName: definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: definition.arn,
    memoryLimitInMB: String(definition.memoryMb),
    logGroupName: `/aws/lambda/${definition.name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
  };
}

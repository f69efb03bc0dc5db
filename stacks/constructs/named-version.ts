/** Each function is told which version it is, and says it in its description: Lambda keeps both with every version that it publishes. */
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CommonEnv } from '../../handlers/adapters/env';
import type { Version } from '../version';
import type { InterpreterFunction } from './function';

export function nameVersion(functions: readonly InterpreterFunction[], { name, description }: Version): void {
  const environment: CommonEnv = { INTERPRETER_VERSION: name };
  for (const { lambda } of functions) {
    for (const [variable, value] of Object.entries(environment)) lambda.addEnvironment(variable, value);
    const resource = lambda.node.defaultChild as CfnFunction;
    resource.description = `${resource.description} · ${description}`;
  }
}

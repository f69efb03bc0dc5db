/** X-Ray over the functions: each run as a trace, with what it waited for before and how long it took. */
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { InterpreterFunction } from './function';
import { grant } from './right';

/** Not the construct's own `tracing`: it grants without a reason for its wildcard. https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
export function trace(functions: readonly InterpreterFunction[]): void {
  for (const { lambda, role } of functions) {
    (lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: 'Active' };
    grant(role, [
      {
        sid: 'Trace',
        reason: 'Lambda sends the traces of its runs to X-Ray, as the settings ask',
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
        wildcard: 'X-Ray has no resource to write a trace to: these two actions take none but *.',
      },
    ]);
  }
}

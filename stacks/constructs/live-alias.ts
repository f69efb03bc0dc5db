/**
 * The alias `live`: what calls a function calls this, never the newest code by itself. It points to the version that was last
 * deployed, and whoever moves it moves all that calls. Function-level metrics and the log group count every version.
 */
import { Alias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export const LIVE = 'live';

export class LiveAlias extends Alias {
  /** @param lambda whose current version it points to: a new one each time that code or settings of the function change. */
  constructor(scope: Construct, id: string, lambda: LambdaFunction) {
    super(scope, id, { aliasName: LIVE, version: lambda.currentVersion, description: 'What runs' });
  }
}

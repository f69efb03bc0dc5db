/**
 * A rule of cdk-nag's NIST 800-53 pack that fails on a resource, and why that stands: beside the resource in the template, for whoever
 * audits it. What fails without a reason fails the tests (test/stacks/standing.test.ts).
 */
import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Of a resource in the template: by the name of the rule. */
const STANDING = 'security-hub-interpreter:nist-800-53';

interface Standing {
  reason: string;
  /** The key of settings.yaml that mends it, for who needs that: docs/deploy.md says what it costs. */
  switch?: string;
}

export function stands(construct: IConstruct, rules: Record<string, Standing>): void {
  const resource = resourceOf(construct);
  resource.addMetadata(STANDING, { ...standingOf(resource), ...rules });
}

/** A switch has mended it: nothing stands any more. */
export function mended(construct: IConstruct, rule: string): void {
  const resource = resourceOf(construct);
  const { [rule]: _mended, ...others } = standingOf(resource);
  resource.addMetadata(STANDING, others);
}

function resourceOf(construct: IConstruct): CfnResource {
  return (CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild) as CfnResource;
}

const standingOf = (resource: CfnResource): Record<string, Standing> => resource.getMetadata(STANDING) ?? {};

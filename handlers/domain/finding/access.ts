/**
 * What IAM Access Analyzer found: who may do what. In ASFF it stands beside the resource; no page shows where the new Security Hub has it,
 * but the title and the description say who, in AWS's own words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html
 */
import { at, type Json, list, object, text } from '../text/reading';
import type { Access } from './particulars';

/** `AWS::S3::Bucket/arn:aws:s3:::my-bucket/ allows cross-account access from AWS 444455556666`, `… allows public access`. */
const GRANT = / allows (public|cross-account) access(?: from ([A-Za-z]{2,30}) (\S{1,300}))?\.?$/;

export function accessOfAsff(finding: Json): Access {
  const other = object(at(list(finding.Resources)[0], 'Details', 'Other'));
  const principal = text(other['External Principal']);
  if (principal === undefined) return { ...accessSaid(finding.Description, finding.Title), ...grantOf(other) };
  return { ...grantOf(other), principalKind: text(other['External Principal Type']), principal, public: principal === '*' };
}

function grantOf(other: Json): Access {
  const actions = (text(other['Action Granted']) ?? '')
    .split(',')
    .map((action) => action.trim())
    .filter(Boolean)
    .sort();
  return { actions, condition: text(other.Condition) };
}

/** @param sentences the first that says it counts. */
export function accessSaid(...sentences: unknown[]): Access {
  for (const sentence of sentences) {
    const [, reach, principalKind, principal] = GRANT.exec(text(sentence)?.slice(0, 1024) ?? '') ?? [];
    if (reach) return { public: reach === 'public', ...(principalKind && principal ? { principalKind, principal } : {}) };
  }
  return {};
}

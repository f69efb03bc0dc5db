/** The model is told a resource's type where AWS has a name for it. */
import { ResourceDetails$ } from '@aws-sdk/client-securityhub';
import { RESOURCE_TYPES } from '../../../handlers/domain/interpretation/resource-types';

/** From AWS's own model, of which the SDK is made: the names of what can have details. */
const WITH_DETAILS = ResourceDetails$[4];

test('every type that ASFF has details of, the account, and none that AWS does not know', () => {
  expect([...RESOURCE_TYPES].sort()).toEqual([...WITH_DETAILS, 'AwsAccount'].sort());
});

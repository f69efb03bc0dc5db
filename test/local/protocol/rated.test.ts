/** The rates of Security Hub and Organizations on the stand-ins, by a clock that the test sets. */
import { DescribeOrganizationalUnitCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { organizationsService } from '../../../local/organizations/organizations';
import { parseOrganization } from '../../../local/organizations/organization-tree';
import { listen, type Listener } from '../../../local/protocol/listener';
import { organizationsRates, rated, securityHubRates } from '../../../local/protocol/rated';
import type { Service } from '../../../local/protocol/wire';
import { createHubFindings } from '../../../local/securityhub/hub-findings';
import { createSecurityHub } from '../../../local/securityhub/securityhub';
import { ACME } from '../acme';
import { towards } from '../clients';

const opened: Listener[] = [];
afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close();
});

async function url(service: Service): Promise<string> {
  const listener = await listen(service);
  opened.push(listener);
  return listener.url;
}

/** How many of these calls are answered before one is turned away, and with which error that is. */
async function answered(call: () => Promise<unknown>): Promise<[number, string]> {
  for (let count = 0; ; count++) {
    const error = await call().then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    if (error) return [count, error.name];
  }
}

test('GetFindings: six at once, then three a second', async () => {
  let now = 0;
  const service = rated(
    createSecurityHub(createHubFindings()).service,
    securityHubRates(() => now),
  );
  const client = new SecurityHubClient({ ...towards(await url(service)), maxAttempts: 1 });
  const reads = () => answered(() => client.send(new GetFindingsCommand({})));
  expect(await reads()).toEqual([6, 'TooManyRequestsException']);
  now += 1000;
  expect(await reads()).toEqual([3, 'TooManyRequestsException']);
  client.destroy();
});

test('DescribeOrganizationalUnit: two at once, then two a second', async () => {
  let now = 0;
  const service = rated(
    organizationsService(() => parseOrganization(ACME, 'acme')),
    organizationsRates(() => now),
  );
  const client = new OrganizationsClient({ ...towards(await url(service)), maxAttempts: 1 });
  const reads = () => answered(() => client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ab12-wkld0001' })));
  expect(await reads()).toEqual([2, 'TooManyRequestsException']);
  now += 1000;
  expect(await reads()).toEqual([2, 'TooManyRequestsException']);
  client.destroy();
});

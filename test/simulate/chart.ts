/** Who must hear of what in the simulated quarter, written down once more for the recount: nothing of the routing is used. */
import type { Organization } from '../../cli/simulate/population/organization';
import type { Chart } from './recount';

const DIVISIONS = { Retail: 'C0PRODRETAI', Payments: 'C0PRODPAYME', Logistics: 'C0PRODLOGIS', Media: 'C0PRODMEDIA', Data: 'C0PRODDATAX' };
const SECURITY = 'C0SECURITYX';

export function chartOf({ accounts, units }: Organization): Chart {
  return (reading, at) => {
    const account = accounts.find(({ id }) => id === reading.accountId);
    const ous = account?.places.filter(({ from }) => from <= at).at(-1)?.ous ?? [];
    const [top, middle, leaf] = ous.map((id) => units.get(id) ?? '');
    const owner = ownerOf(top, middle, leaf);
    if (owner === 'C0SANDBOXXX' && reading.control === 'EC2.19') return { channels: [owner], mute: 'Sandbox networks reach nothing else' };
    const security = reading.product === 'aws/guardduty' && reading.severity === 'CRITICAL';
    return { channels: [...new Set([owner, ...(security ? [SECURITY] : [])])] };
  };
}

function ownerOf(top = '', middle = '', leaf = ''): string {
  if (top === 'Workloads') return ['Prod', 'Regulated'].includes(leaf) ? DIVISIONS[middle as keyof typeof DIVISIONS] : 'C0STAGINGXX';
  if (top === 'Infrastructure') return 'C0PLATFORMX';
  return top === 'Sandbox' ? 'C0SANDBOXXX' : SECURITY;
}

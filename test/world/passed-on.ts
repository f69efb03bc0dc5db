/** Findings that are told while Organizations is away. */
import type { DirectoryAccount } from '../../handlers/ports';
import { control } from './events';
import { World, type WorldOptions } from './world';

export const SECURITY = 'C0SECOPS001';
export const TEAM = 'C0WORKLD001';

/** An organization that is away until a test says otherwise. */
export function organization() {
  return {
    away: true,
    async account(id: string): Promise<DirectoryAccount> {
      if (this.away) throw new Error('TooManyRequestsException');
      return { name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} };
    },
    organizationalUnitName: async () => 'Workloads',
  };
}

/** Three problems in two accounts, one of them of two resources. */
export function story(options: WorldOptions = {}) {
  const directory = organization();
  const world = new World({ ...options, directory });
  const problem = (n: number, account: string, bucket: string) =>
    control({ control: `EC2.${n}`, title: `Control ${n}.`, severity: 'HIGH', account, bucket });
  world.send(problem(1, '200000000001', 'a'));
  world.send(problem(2, '200000000001', 'a'));
  world.send(problem(2, '200000000002', 'b'));
  world.send(problem(3, '200000000002', 'b'));
  return { world, directory };
}

/** The controls of the simulated quarter, by what they are for in it. The list beside this file says where it is from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Control {
  id: string;
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  title: string;
  resourceType: string;
}

const all: Control[] = readFileSync(join(__dirname, 'controls.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [id = '', severity, title = '', resourceType = ''] = line.split('\t');
    return { id, severity: severity as Control['severity'], title, resourceType };
  });

export const CONTROLS = { told: all.slice(0, 60), untold: all.slice(60, 120), storm: all.slice(120) };

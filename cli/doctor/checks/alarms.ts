/** The alarms as they stand: which ring, which cannot be judged, and which would tell nobody. */
import { hubStack } from '../../../config/stack-name';
import { check, counted, fail, type Item, pass, type Remedy, warn } from '../check';
import type { StandingAlarm } from '../reads/alarms';
import { deploy } from './remedies';

/** Alarms of which is said what to do first; the rest are in docs/operations.md. */
const SHOWN = 3;

export const alarms = check({ id: 'system.alarms', group: 'This system', title: 'Alarms', needs: ['system.stack'] }, async (context) => {
  const { config, alarms: reads } = context;
  const { home } = config.settings.regions;
  const stack = hubStack(config);
  const all = await reads.all();
  if (all.length === 0) return fail(`no alarm ${stack}-* is there in ${home}`, deploy('Deploy the stack again:'));
  const short = ({ name }: StandingAlarm) => name.replace(`${stack}-`, '');
  const ringing = all.filter(({ state }) => state === 'ALARM');
  const unjudged = all.filter(({ state }) => state === 'INSUFFICIENT_DATA');
  const off = all.filter(({ enabled }) => !enabled);
  const untold = all.filter(({ enabled, tells }) => enabled && tells.length === 0);
  if (ringing.length + unjudged.length + off.length + untold.length === 0)
    return pass(`${counted(all.length, 'alarm')}, none rings, and each tells somebody`);

  const said = (those: StandingAlarm[], one: string, several: string) =>
    those.length === 0 ? [] : [`${those.length} ${those.length === 1 ? one : several} (${those.map(short).join(', ')})`];
  const found = `of ${counted(all.length, 'alarm')} ${[
    ...said(ringing, 'rings', 'ring'),
    ...said(off, 'is turned off', 'are turned off'),
    ...said(untold, 'tells nobody', 'tell nobody'),
    ...said(unjudged, 'has no data yet', 'have no data yet'),
  ].join(', ')}`;
  const items = all
    .filter((alarm) => [ringing, unjudged, off, untold].some((those) => those.includes(alarm)))
    .map((alarm): Item => {
      const silence = off.includes(alarm) ? '  its actions are off' : untold.includes(alarm) ? '  it has no action' : '';
      return {
        line: `${short(alarm)}  ${alarm.state} since ${minute(alarm.since)}${silence}`,
        data: { alarm: short(alarm), state: alarm.state, since: alarm.since, actionsEnabled: alarm.enabled, tells: alarm.tells },
      };
    });
  const remedies: Remedy[] = [
    ...ringing.slice(0, SHOWN).map((alarm) => ({
      say: `${short(alarm)}: ${alarm.first ?? 'see what it means.'} (docs/operations.md, row ${short(alarm)})`,
    })),
    ...(ringing.length > SHOWN ? [{ say: 'docs/operations.md says of each of the others in its row what it means and what to do.' }] : []),
    ...(off.length === 0
      ? []
      : [
          {
            say: 'Somebody turned actions off: nobody hears these alarms before they are on again:',
            command: `aws cloudwatch enable-alarm-actions --region ${home} --alarm-names ${off.map(({ name }) => name).join(' ')}`,
          },
        ]),
    ...(untold.length === 0
      ? []
      : [
          {
            say: 'Somebody took away whom they tell, which a deployment does not notice: name the topic again (CloudWatch, the alarm, Edit), as the template does.',
          },
        ]),
    ...(unjudged.length === 0
      ? []
      : [
          {
            say: 'A new or changed alarm has no data for some minutes: run the doctor again then. Where it lasts, see its metric in CloudWatch.',
          },
        ]),
  ];
  const judge = ringing.length + off.length + untold.length > 0 ? fail : warn;
  return judge(found, remedies, items);
});

function minute(at = ''): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? `${at.slice(0, 16).replace('T', ' ')} UTC` : 'an unknown time';
}

/** The wrong variants, each in a small scenario in which the right one ends well in every schedule, and it does not. */

import { MINUTE, SECOND } from '../../../cli/simulate/world/simulation';
import {
  allMarksDeleted,
  alwaysCurrent,
  byReceiveCount,
  flagBeforeMark,
  flagClearedAfterLook,
  logCutEarly,
  markBeforeRow,
  markedWithAttempt,
  marksDeletedBeforePut,
  noAttempt,
  noSweeper,
  problemBeforeRows,
  putSkipped,
  takenBeforeHandOver,
  takenOffBeforeMarked,
  timersTrusted,
  wakeUpBeforeFlag,
} from './mutants';
import { type Scenario, scenario } from './scenarios';

export const WRONG: Scenario[] = [
  scenario('the flag before the mark', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 1 }, { mutant: flagBeforeMark }),
  scenario('the wake-up before the flag', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 1 }, { mutant: wakeUpBeforeFlag }),
  scenario('the mark before the row', { alpha: ['HIGH', 'CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 1 }, { mutant: markBeforeRow }),
  scenario('marks deleted before the put', { alpha: ['CRITICAL'] }, { faults: 1 }, { mutant: marksDeletedBeforePut }),
  scenario('marks deleted that nobody read', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { preemptions: 2 }, { mutant: allMarksDeleted }),
  scenario(
    'nothing put where nothing differs',
    { alpha: ['HIGH', 'CRITICAL', 'HIGH'] },
    { preemptions: 1, zombies: 1 },
    {
      mutant: putSkipped,
      gap: 2 * MINUTE,
      inOrder: true,
      zombiesWait: true,
      workers: { intake: 1 },
      zombiesAt: (name, key) => name === 'ledger.write' && key?.sk === 'header',
    },
  ),
  scenario('no sweeper', { alpha: ['CRITICAL'], bravo: ['CRITICAL'] }, { lost: 1 }, { mutant: noSweeper, sweeper: false }),
  scenario(
    'the flag cleared after the look',
    { alpha: ['CRITICAL'], bravo: ['CRITICAL'] },
    { preemptions: 1 },
    { mutant: flagClearedAfterLook },
  ),
  scenario(
    'a timer that nobody makes up for',
    { alpha: ['CRITICAL', 'PASSED'] },
    { faults: 1 },
    { mutant: timersTrusted, gap: 10 * SECOND, inOrder: true, workers: { intake: 1 }, faultsAt: (name) => name === 'wakeups.send' },
  ),
  scenario('redelivery known by its receive count', { alpha: ['CRITICAL'] }, { lost: 1 }, { mutant: byReceiveCount }),
  scenario(
    'a post without an attempt',
    { alpha: ['CRITICAL'] },
    { faults: 2 },
    { mutant: noAttempt, faultsAt: (name) => name === 'slack.post' },
  ),
  scenario(
    'ends on an old copy of the problem',
    { alpha: ['CRITICAL'] },
    { faults: 2, zombies: 1, preemptions: 1 },
    {
      mutant: alwaysCurrent,
      staleDeletes: true,
      workers: { intake: 1 },
      zombiesAt: (name) => name === 'ledger.list',
      faultsAt: (name) => ['slack.post', 'ledger.writeAll'].includes(name),
    },
  ),
  scenario('marked before it is told', { alpha: ['CRITICAL'] }, {}, { mutant: markedWithAttempt, writeBack: true }),
  scenario(
    'what was taken in goes before it is left to be marked',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    { mutant: takenBeforeHandOver, writeBack: true, busy: ['securityhub'], faultsAt: (name) => name === 'ledger.writeAll' },
  ),
  scenario(
    'what waits to be marked goes before Security Hub has answered',
    { alpha: ['CRITICAL'] },
    { faults: 1 },
    { mutant: takenOffBeforeMarked, writeBack: true, busy: ['securityhub'], faultsAt: (name) => name === 'hub.mark' },
  ),
  scenario(
    'the problem read before what is to be marked in it',
    { alpha: ['CRITICAL'], bravo: [undefined, 'CRITICAL'] },
    { preemptions: 1 },
    { mutant: problemBeforeRows, writeBack: true, busy: ['securityhub'], gap: 29 * SECOND, inOrder: true, workers: { intake: 1 } },
  ),
  scenario('the log cut before its rows are in', { alpha: ['HIGH'] }, {}, { mutant: logCutEarly, full: true }),
];

/** Those that are found in a second each, and the others. */
export const QUICK = WRONG.filter(({ full, gap, budget: { zombies, preemptions = 0 } }) => !full && !gap && !zombies && preemptions < 2);
export const SLOW = WRONG.filter((each) => !QUICK.includes(each));

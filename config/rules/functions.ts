/** Concurrency of the functions: as Lambda counts it. */
import type { Fault } from '../mistake';
import { valueAt } from '../path';
import { FUNCTIONS } from '../switches/functions';
import { settingsFault } from './fault';

/** How many of a Region's functions may run at once unless AWS has raised it, and how many of them cannot be reserved. */
const QUOTA = 1000;
const UNRESERVED = 100;

export function checkFunctions(raw: unknown): Fault[] {
  return [...FUNCTIONS.flatMap((name) => checkConcurrency(raw, name)), ...checkQuota(raw), ...checkEnroll(raw)];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
function checkConcurrency(raw: unknown, name: string): Fault[] {
  const path = ['functions', name];
  const [reserved, ready] = ['reservedConcurrency', 'provisionedConcurrency'].map((key) => valueAt(raw, [...path, key]));
  const faults: Fault[] = [];
  if (typeof reserved === 'number' && typeof ready === 'number' && ready > reserved) {
    const message = `${ready} workers are kept ready of ${reserved} that may run at all, and Lambda refuses more than those`;
    faults.push(settingsFault('functions-reserved', [...path, 'provisionedConcurrency'], message, `Write ${reserved}, or reserve more.`));
  }
  const hours = valueAt(raw, [...path, 'provisionedHours']);
  if (hours === undefined || hours === null) return faults;
  if (ready === undefined)
    faults.push(
      settingsFault(
        'functions-hours-alone',
        [...path, 'provisionedHours'],
        'the hours say when workers are kept ready, and not how many',
        'Remove it, or write provisionedConcurrency beside it.',
      ),
    );
  if (ready !== undefined && valueAt(raw, ['timeZone']) === undefined) {
    const message = `this key is missing, so functions.${name}.provisionedHours are hours of UTC`;
    faults.push(settingsFault('functions-hours-zone', ['timeZone'], message, 'Add timeZone, for example timeZone: "Asia/Tokyo".'));
  }
  const [from, to] = ['from', 'to'].map((key) => valueAt(hours, [key]));
  if (typeof from === 'string' && from === to)
    faults.push(
      settingsFault(
        'functions-hours-empty',
        [...path, 'provisionedHours'],
        `they begin and end at ${from}`,
        'Remove it where workers shall be ready all day, or write another end.',
      ),
    );
  return faults;
}

/** Of all functions together; a quota that was raised is for the account to know. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function checkQuota(raw: unknown): Fault[] {
  const reserved = FUNCTIONS.map((name) => ({ name, count: Number(valueAt(raw, ['functions', name, 'reservedConcurrency']) ?? 0) }));
  const sum = reserved.reduce((all, { count }) => all + count, 0);
  const [most] = reserved.sort((a, b) => b.count - a.count);
  if (most === undefined || !(sum > QUOTA - UNRESERVED)) return [];
  const message = `${sum} are reserved in all, and of an account's ${QUOTA} Lambda keeps ${UNRESERVED} for its other functions`;
  const left = Math.max(10, QUOTA - UNRESERVED - sum + most.count);
  const remedy = `Write ${left} or less. Where AWS has raised the quota of the account, go on.`;
  return [settingsFault('functions-quota', ['functions', most.name, 'reservedConcurrency'], message, remedy)];
}

/** Only a StackSet leaves accounts to be made members. */
function checkEnroll(raw: unknown): Fault[] {
  const mode = valueAt(raw, ['enablement', 'mode']) ?? 'stack-sets';
  if (mode === 'stack-sets' || valueAt(raw, ['functions', 'enroll']) === undefined) return [];
  const message = `in mode ${String(mode)} there is no enroll function`;
  return [settingsFault('functions-unused', ['functions', 'enroll'], message, 'Remove it.')];
}

/** When things happen in the simulated quarter: 90 days from a Thursday, two public holidays, people from 9 to 19 in Tokyo. */
import { DAY, HOUR, MINUTE } from '../../../handlers/domain/time';
import type { Chance } from './chance';

export { DAY, HOUR, MINUTE };
/** Thursday, 4 June 2026, 00:00 in Tokyo. */
export const BEGIN = Date.UTC(2026, 5, 3, 15);
export const DAYS = 90;
/** 20 July and 11 August, counted from the first day, which is 0. */
const HOLIDAYS: readonly number[] = [46, 68];
const OPENS = 9 * HOUR;
const CLOSES = 19 * HOUR;

/** @param day from 0. @returns its midnight in epoch milliseconds. */
export function midnight(day: number): number {
  return BEGIN + day * DAY;
}
export function dayOf(time: number): number {
  return Math.floor((time - BEGIN) / DAY);
}
export function isWorkingDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day);
}

/** The same moment where people work then, or the next moment at which they do. */
export function inWorkingHours(time: number, chance: Chance): number {
  let day = dayOf(time);
  const clock = time - midnight(day);
  if (isWorkingDay(day) && clock >= OPENS && clock < CLOSES) return time;
  if (!isWorkingDay(day) || clock >= CLOSES) {
    do day++;
    while (!isWorkingDay(day));
  }
  return midnight(day) + OPENS + chance.share() * (CLOSES - OPENS);
}

/** Some moment of a day: four of five changes come while people work, where they do. */
export function someTime(day: number, chance: Chance): number {
  const working = isWorkingDay(day) && chance.happens(0.8);
  return midnight(day) + (working ? chance.between(OPENS, CLOSES) : chance.between(0, DAY));
}

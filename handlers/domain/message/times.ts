/** Times and spans as people write them, in the settings' time zone. */
import { WRITTEN } from '../../../config/languages';
import type { Language } from '../../../config/schema';
import { DAY } from '../time';
import { WORDS } from './words';

/** Making one takes longer than all else in a message. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(WRITTEN[language].locale, {
    timeZone,
    year: 'numeric',
    day: 'numeric',
    month: WORDS[language].month,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  formats.set(key, format);
  return format;
}

interface Clock {
  date: string;
  time: string;
  zone: string;
}

function clockOf(time: number, language: Language, timeZone: string, now: number): Clock {
  const format = formatOf(language, timeZone);
  const part = (at: number) => {
    const parts = format.formatToParts(at);
    return (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  };
  const [its, current] = [part(time), part(now)];
  const year = its('year') === current('year') ? undefined : its('year').replace(/\D/g, '');
  return {
    date: WORDS[language].date(its('day'), its('month').replace(/月$/, ''), year),
    time: `${its('hour')}:${its('minute')}`,
    // ICU writes JST as GMT+9 in English.
    zone: timeZone === 'Asia/Tokyo' ? 'JST' : its('timeZoneName'),
  };
}

/** `21 Nov 09:14 JST`, `11/21 09:14 JST`; with its year where it is not this one. @param time epoch milliseconds. @param timeZone IANA name. */
export function clockTime(time: number, language: Language, timeZone: string, now: number): string {
  const { date, time: clock, zone } = clockOf(time, language, timeZone, now);
  return unbroken(`${date} ${clock} ${zone}`);
}

/** The time alone where it is of the day of another that stands beside it. */
export function clockBeside(time: number, beside: number, language: Language, timeZone: string, now: number): string {
  const [its, other] = [clockOf(time, language, timeZone, now), clockOf(beside, language, timeZone, now)];
  return its.date === other.date ? its.time : clockTime(time, language, timeZone, now);
}

/** The time and its zone; with its date where it is not of this day. */
export function timeToday(time: number, language: Language, timeZone: string, now: number): string {
  const [its, current] = [clockOf(time, language, timeZone, now), clockOf(now, language, timeZone, now)];
  return its.date === current.date ? unbroken(`${its.time} ${its.zone}`) : clockTime(time, language, timeZone, now);
}

/** `21 Nov 09:14-09:40 JST`; what is the same is said once. Browsers break behind a dash, and behind a hyphen but for that which forbids it. */
export function clockSpan(from: number, until: number, language: Language, timeZone: string, now: number): string {
  const [first, last] = [clockOf(from, language, timeZone, now), clockOf(until, language, timeZone, now)];
  if (first.date !== last.date) return `${unbroken(`${first.date} ${first.time}`)} – ${unbroken(`${last.date} ${last.time} ${last.zone}`)}`;
  const times = first.time === last.time ? first.time : `${first.time}\u2011${last.time}`;
  return unbroken(`${first.date} ${times} ${last.zone}`);
}

/** The largest unit that fits, and one below it: `2 d 3 h`, `45 min`. */
export function duration(milliseconds: number, language: Language): string {
  const words = WORDS[language];
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return words.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return [words.hours(hours), minutes % 60 ? words.minutes(minutes % 60) : ''].filter(Boolean).join(' ');
  return [words.days(Math.floor(hours / 24)), hours % 24 ? words.hours(hours % 24) : ''].filter(Boolean).join(' ');
}

/**
 * How long ago, in weeks, months and years; nothing of what is younger than two weeks: its date says it, and a message whose words
 * changed each day would be edited each day.
 */
export function age(milliseconds: number, language: Language): string | undefined {
  const words = WORDS[language];
  const days = Math.floor(milliseconds / DAY);
  if (days < 14) return undefined;
  if (days < 60) return words.weeks(Math.floor(days / 7));
  return days < 730 ? words.months(Math.floor(days / 30.44)) : words.years(Math.floor(days / 365.25));
}

/** A time and its zone: on a phone neither may end up alone on a line. */
function unbroken(text: string): string {
  return text.replace(/ /g, '\u00a0');
}

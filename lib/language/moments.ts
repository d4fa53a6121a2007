// Hours and dates as people write them, always in Paris time: « 14 h 02 », « jeudi 12 mars », 14:02, Thursday 12 March.
import { hours, minutes } from '../duration.ts';

const zone = 'Europe/Paris';

const formats = (locale: string) => ({
  clock: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone }),
  day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }),
  dayOfYear: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }),
  longDay: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }),
});
const dayOf = (at: number) => english.day.format(at);
const yearOf = (at: number) => dayOf(at).slice(-4);
/** How many days ago, as far as people say it in a word. */
const recent = (at: number, now: number): 0 | 1 | null => (dayOf(at) === dayOf(now) ? 0 : dayOf(at) === dayOf(now - hours(24)) ? 1 : null);
const heading = (of: ReturnType<typeof formats>, at: number, now: number) =>
  (yearOf(at) === yearOf(now) ? of.dayOfYear : of.longDay).format(at).replace(',', '');
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const french = formats('fr-FR');
const english = formats('en-GB');

const minute = minutes(1);
/** The first whole minute that is not before `at`, so that nobody is told to come back too early. */
const notBefore = (at: number) => Math.ceil(at / minute) * minute;

/** Moments in one language; every argument is epoch milliseconds. */
export interface Moments {
  /** 14 h 02 */
  time(at: number): string;
  /** The minute from which something is possible again: rounded up. */
  timeFrom(at: number): string;
  /** 12 mars 2026 */
  day(at: number): string;
  /** jeudi 12 mars 2026 à 14 h 02 */
  dayAndTime(at: number): string;
  /** 3 minutes: how far a clock is off. @param seconds of either sign */
  gap(seconds: number): string;
  /** A heading: Aujourd’hui, jeudi 12 mars; the year only where it is another than that of `now`. */
  dayHeading(at: number, now: number): string;
}

const frenchTime = (at: number) => {
  const parts = french.clock.formatToParts(at);
  const part = (type: 'hour' | 'minute') => parts.find((p) => p.type === type)?.value ?? '';
  return `${Number(part('hour'))} h ${part('minute')}`;
};
/** « 1er mars », not « 1 mars »; a day stays beside its month. */
const frenchDay = (written: string) => written.replace(/(^|\s)1 /u, '$11er ').replace(/(\d(?:er)?) (?=\p{L})/gu, '$1 ');

export const frenchMoments: Moments = {
  time: frenchTime,
  timeFrom: (at) => frenchTime(notBefore(at)),
  day: (at) => frenchDay(french.day.format(at)),
  dayAndTime: (at) => `${frenchDay(french.longDay.format(at))} à ${frenchTime(at)}`,
  gap: (seconds) => {
    const s = Math.abs(Math.round(seconds));
    return s < 90 ? `${s} secondes` : `${Math.round(s / 60)} minutes`;
  },
  dayHeading: (at, now) => {
    const ago = recent(at, now);
    const day = frenchDay(heading(french, at, now));
    return ago === null ? upperFirst(day) : `${['Aujourd’hui', 'Hier'][ago]}, ${day}`;
  },
};
export const englishMoments: Moments = {
  time: (at) => english.clock.format(at),
  timeFrom: (at) => english.clock.format(notBefore(at)),
  day: (at) => english.day.format(at),
  // Some releases of the locale data write a comma after the weekday.
  dayAndTime: (at) => `${english.longDay.format(at).replace(',', '')} at ${english.clock.format(at)}`,
  gap: (seconds) => {
    const s = Math.abs(Math.round(seconds));
    const [n, noun] = s < 90 ? [s, 'second'] : [Math.round(s / 60), 'minute'];
    return `${n} ${noun}${n === 1 ? '' : 's'}`;
  },
  dayHeading: (at, now) => {
    const ago = recent(at, now);
    const day = heading(english, at, now);
    return ago === null ? day : `${['Today', 'Yesterday'][ago]}, ${day}`;
  },
};

// Hours and dates as people write them, always in Paris time: « 14 h 02 », « jeudi 12 mars », 14:02, Thursday 12 March.
const zone = 'Europe/Paris';

const formats = (locale: string) => ({
  clock: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone }),
  day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }),
  longDay: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }),
});
const french = formats('fr-FR');
const english = formats('en-GB');

const minute = 60_000;
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
};
export const englishMoments: Moments = {
  time: (at) => english.clock.format(at),
  timeFrom: (at) => english.clock.format(notBefore(at)),
  day: (at) => english.day.format(at),
  // Some releases of the locale data write a comma after the weekday.
  dayAndTime: (at) => `${english.longDay.format(at).replace(',', '')} at ${english.clock.format(at)}`,
};

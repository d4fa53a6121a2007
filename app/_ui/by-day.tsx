// What happened, the newest first, under a heading for each day.
import type { ReactNode } from 'react';
import { Rows } from './rows';

/** @param dayOf a day in words, of epoch milliseconds. @param row a `Happened` */
export function ByDay<One extends { readonly at: number }>({
  happened,
  dayOf,
  row,
}: {
  happened: readonly One[];
  dayOf: (at: number) => string;
  row: (one: One) => ReactNode;
}) {
  const days = new Map<string, One[]>();
  for (const one of happened) {
    const day = dayOf(one.at);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days].map(([day, ofDay], i) => (
    <section key={day} aria-labelledby={`day-${i}`}>
      <h2 id={`day-${i}`}>{day}</h2>
      <Rows>{ofDay.map(row)}</Rows>
    </section>
  ));
}

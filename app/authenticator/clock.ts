'use client';
// A browser's own clock and timers. The portal's clock is portal.now(); a telephone has only its own, and says so in each call that it signs.
import { useEffect, useState } from 'react';
import { seconds } from '#lib/duration';

/** Epoch milliseconds, by this device. */
export const clock = (): number => Date.now();

/** The device's clock, read anew each second while somebody looks. */
export function useClock(): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock()), seconds(1));
    return () => clearInterval(ticking);
  }, []);
  return now;
}

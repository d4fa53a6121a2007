'use client';
// Watches over the end of the session: asks the server when the end is believed to be near, because other tabs use the session too, and
// opens a dialog. What was typed stays on the page, also when the session has ended.
import { type ComponentProps, type ComponentType, lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Actions, Button, ButtonLink } from './button';
import type { SessionEndDialog } from './session-end-dialog';

/** What the server says, in the reader's language. */
export interface SessionEndAnswer {
  /** Milliseconds; null once it has ended. */
  readonly left: number | null;
  /** Whose it is: a page of somebody else's is not to be gone on with. */
  readonly owner: string | null;
  /** Whether using it makes it last longer. */
  readonly extends?: boolean;
  readonly title: string;
  readonly text: string;
  readonly stay: string;
  readonly leave: string;
  /** A form posts there; once the session has ended, a link leads there. */
  readonly leaveTo: string;
  /** Said when a minute is left; once it has ended, when it still is. */
  readonly soon: string;
}

const Dialog = lazy(async (): Promise<{ default: ComponentType<ComponentProps<typeof SessionEndDialog>> }> => {
  try {
    return { default: (await import('./session-end-dialog')).SessionEndDialog };
  } catch {
    // A page without a warning is better than one that fails with what was typed on it.
    return { default: () => null };
  }
});

/** Milliseconds. The server's clock decides: the browser comes a little later than it. */
const grace = 500;
/** How often a tab asks while its dialog is open: another one may have answered. */
const askAgain = 15_000;

/** @param address where to ask. @param left and @param warning milliseconds, when the page was made. @param owner whose page it is */
export function SessionEnd({ address, left, warning, owner }: { address: string; left: number; warning: number; owner: string }) {
  const [shown, setShown] = useState<SessionEndAnswer | null>(null);
  const dismissed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = useCallback(
    async function ask(method: 'GET' | 'POST' = 'GET'): Promise<SessionEndAnswer | null> {
      clearTimeout(timer.current);
      const later = (milliseconds: number) => {
        timer.current = setTimeout(() => void ask(), milliseconds);
      };
      try {
        const said = (await (await fetch(address, { method })).json()) as SessionEndAnswer;
        if (said.owner !== null && said.owner !== owner) window.location.reload();
        const near = said.left === null || said.left <= warning;
        dismissed.current &&= near;
        setShown(near && (said.left === null || !dismissed.current) ? said : null);
        if (said.left === null) clearTimeout(timer.current);
        else later(near ? Math.min(said.left + grace, askAgain) : said.left - warning + grace);
        return said;
      } catch {
        // The network is away: so is whatever the session was for.
        later(askAgain);
        return null;
      }
    },
    [address, warning, owner],
  );
  useEffect(() => {
    timer.current = setTimeout(() => void ask(), Math.max(0, left - warning) + grace);
    // A machine that slept stopped its timers, and somebody may have signed in again in another tab.
    const back = () => document.visibilityState === 'visible' && void ask();
    document.addEventListener('visibilitychange', back);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener('visibilitychange', back);
    };
  }, [ask, left, warning]);
  const close = () => {
    dismissed.current = true;
    setShown(null);
  };
  return (
    shown && (
      <Suspense>
        <Dialog answer={shown} ask={ask} close={close} kit={{ Actions, Button, ButtonLink }} />
      </Suspense>
    )
  );
}

'use client';
// Waits for what happens elsewhere: on a telephone, in another tab. Told by the server as it happens; where no stream comes through, asks
// every two seconds. Without script, the page reloads by itself.
import { useEffect, useRef } from 'react';
import { seconds } from '#lib/duration';

/** After so many failures in a row, a stream is no longer hoped for. */
const mostFailures = 2;

/**
 * @param url of the state: a stream of events, or JSON
 * @param shown the state that the page shows; null: nothing is waited for
 * @param changed called once, with another state; or null when the server has no answer for this page any more
 */
export function useWatch(url: string, shown: string | null, changed: (state: string | null) => void): void {
  const latest = useRef(changed);
  useEffect(() => {
    latest.current = changed;
  });
  useEffect(() => {
    if (shown === null) return;
    let over = false;
    let failures = 0;
    let asking: ReturnType<typeof setInterval> | undefined;
    const stream = new EventSource(url);
    const stop = () => {
      over = true;
      stream.close();
      clearInterval(asking);
    };
    const look = (state: string | null) => {
      if (over || state === shown) return;
      stop();
      latest.current(state);
    };
    const ask = async () => {
      try {
        const answer = await fetch(url, { headers: { accept: 'application/json' } });
        if (answer.redirected || answer.status === 404) return look(null);
        if (answer.ok) look(((await answer.json()) as { state: string | null }).state);
      } catch {
        // The network is away: the next time.
      }
    };
    stream.addEventListener('changed', (event) => {
      failures = 0;
      look((event as MessageEvent<string>).data);
    });
    stream.addEventListener('over', () => look(null));
    stream.addEventListener('error', () => {
      failures += 1;
      if (over || asking || (failures < mostFailures && stream.readyState !== EventSource.CLOSED)) return;
      stream.close();
      void ask();
      asking = setInterval(ask, seconds(2));
    });
    // Brought back from the browser's memory, with a stream that is no more.
    const back = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener('pageshow', back);
    return () => {
      window.removeEventListener('pageshow', back);
      stop();
    };
  }, [url, shown]);
}

/** Seconds between two reloads of a page without script. */
const reloads = 5;

/** For pages that wait without script. @param words what the page does by itself, and the link that does it now */
export function Reloading({ href, words }: { href: string; words: { readonly refreshes: string; readonly refresh: string } }) {
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(reloads)} />
      <p>{words.refreshes}</p>
      <p>
        <a href={href}>{words.refresh}</a>
      </p>
    </noscript>
  );
}

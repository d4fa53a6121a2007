'use client';
// What the portal says of each account of this telephone: asked when the app comes to the front, and told the moment it changes. Only while
// somebody looks.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { seconds } from '#lib/duration';
import { clock } from './clock';
import type { Device } from './device';
import { listen, signedCall } from './portal-call';
import type { ShownHome } from './shown';

export interface Seen {
  /** The last that was heard; null as long as nothing was. */
  readonly home: ShownHome | null;
  /** Why nothing newer was heard; null when it was. */
  readonly problem: FormProblem | null;
  /** How far the portal's clock is ahead of this one, in milliseconds. */
  readonly ahead: number;
}

/** After which no call mends anything. */
export const lost: ReadonlySet<string> = new Set(['phone-gone', 'phone-locked']);

/** After a stream that ended, or never began. */
const pause = seconds(3);
const visible = () => document.visibilityState === 'visible';

/** @param came the worker has shown a notification: of which kind */
export function useHomes(
  devices: readonly Device[],
  language: string,
  came: (kind: 'test' | 'req') => void,
): { readonly homes: ReadonlyMap<string, Seen>; readonly look: (factorId: string) => Promise<unknown> } {
  const [homes, setHomes] = useState<ReadonlyMap<string, Seen>>(new Map());
  const look = useCallback(
    async (factorId: string) => {
      const answer = await signedCall<ShownHome>(factorId, 'pending', {}, language);
      setHomes((before) => {
        const old = before.get(factorId) ?? { home: null, problem: null, ahead: 0 };
        const seen = answer.ok
          ? { home: answer.value, problem: null, ahead: answer.value.now - clock() }
          : { ...old, problem: answer.problems[0] ?? null };
        return new Map(before).set(factorId, seen);
      });
      return answer.ok ? null : (answer.problems[0]?.code ?? null);
    },
    [language],
  );
  const heard = useRef(came);
  useEffect(() => {
    heard.current = came;
  }, [came]);
  const ids = devices.map(({ factorId }) => factorId).join();

  useEffect(() => {
    const all = ids ? ids.split(',') : [];
    let watching = new AbortController();
    const watch = async (factorId: string, { signal }: AbortController) => {
      // Not left to the stream: something on the way may hold it back.
      let problem = await look(factorId);
      while (!signal.aborted && !lost.has(problem ?? '')) {
        await listen(factorId, () => void look(factorId), signal).catch(() => undefined);
        if (signal.aborted) return;
        problem = await look(factorId);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    const begin = () => {
      watching.abort();
      watching = new AbortController();
      if (visible()) for (const id of all) void watch(id, watching);
    };
    const listener = ({ data }: MessageEvent<{ readonly came?: string }>) => {
      if (data.came === 'test' || data.came === 'req') heard.current(data.came);
      for (const id of all) void look(id);
    };
    begin();
    document.addEventListener('visibilitychange', begin);
    navigator.serviceWorker?.addEventListener('message', listener);
    return () => {
      watching.abort();
      document.removeEventListener('visibilitychange', begin);
      navigator.serviceWorker?.removeEventListener('message', listener);
    };
  }, [ids, look]);
  return { homes, look };
}

'use client';
// The few words that shared components say by themselves, handed to the browser once a page.
import { createContext, type ReactNode, useContext } from 'react';

export interface KitWords {
  /** As in `html lang`. */
  readonly language: string;
  readonly errorTitle: string;
  readonly onePoint: string;
  readonly points: string;
  readonly error: string;
  readonly show: string;
  readonly hide: string;
  readonly thePassword: string;
  readonly passwordShown: string;
  readonly passwordHidden: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly waiting: string;
  readonly proof: string;
  readonly proofHint: string;
}

const Context = createContext<KitWords | null>(null);

export function KitWordsProvider({ words, children }: { words: KitWords; children: ReactNode }) {
  return <Context value={words}>{children}</Context>;
}

/** Throws outside of the layout: a defect. */
export function useKitWords(): KitWords {
  const words = useContext(Context);
  if (!words) throw new Error('No words: this component stands outside of the layout');
  return words;
}

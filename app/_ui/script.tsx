'use client';
// Whether script runs in this browser: what needs it is added by it, so that nothing on a page is ever dead.
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and without script. */
export const useScript = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

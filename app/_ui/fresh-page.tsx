'use client';
// Asks the server again when the browser brings a page back from its memory: what it showed may no longer be anyone's to see.
import { useEffect } from 'react';

export function FreshPage() {
  useEffect(() => {
    const reload = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener('pageshow', reload);
    return () => window.removeEventListener('pageshow', reload);
  }, []);
  return null;
}

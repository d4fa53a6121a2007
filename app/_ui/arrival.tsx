'use client';
// After a change of page in place (a server action that leads on), the focus goes to the new page's title, as a full load would.
import { useEffect } from 'react';

let shown: string | null = null;

export function Arrival() {
  // Made anew with each page.
  useEffect(() => {
    const { pathname } = window.location;
    const arrived = shown !== null && shown !== pathname;
    shown = pathname;
    const title = arrived && document.querySelector('h1');
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return null;
}

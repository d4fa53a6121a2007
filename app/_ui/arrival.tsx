'use client';
// After a change of page in place (a server action that leads on), the focus goes to the new page's title, as a full load would.
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

let shown: string | null = null;

export function Arrival() {
  const path = usePathname();
  const first = useRef(true);
  useEffect(() => {
    const arrived = shown !== null && shown !== path;
    shown = path;
    if (!arrived && first.current) first.current = false;
    if (!arrived) return;
    const title = document.querySelector<HTMLElement>('h1');
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return null;
}

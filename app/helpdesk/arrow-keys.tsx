'use client';
// With the keyboard alone: the search field is ready to be typed in, arrows go from it through what was found and back. Enter is the browser's.
import { type ReactNode, useEffect, useRef } from 'react';

export function ArrowKeys({ children }: { children: ReactNode }) {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = around.current;
    if (!box) return;
    const field = box.querySelector<HTMLInputElement>('input[type=search]');
    const stops = (): (Element | null)[] => [field, ...box.querySelectorAll('tbody a')];
    const move = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const all = stops();
      const here = all.indexOf(document.activeElement);
      const next = step && here >= 0 ? all[here + step] : undefined;
      if (!(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
    };
    box.addEventListener('keydown', move);
    // Where a finger types, a keyboard on the screen would hide what was found; and what is to correct takes the focus itself.
    if (field && document.activeElement === document.body && window.matchMedia('(pointer: fine)').matches) {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
    return () => box.removeEventListener('keydown', move);
  }, []);
  return <div ref={around}>{children}</div>;
}

// How every icon is drawn.
import type { ReactNode } from 'react';

export interface Size {
  small?: boolean;
}

export function Drawing({ small = false, children }: Size & { children: ReactNode }) {
  return (
    <svg className={small ? 'icon s' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

// How a page begins: its h1, and what it is about.
import type { ReactNode } from 'react';

/** @param lead several sentences: each stands alone. @param children more, before the form */
export function Heading({ heading, lead, children }: { heading: string; lead: string | readonly string[]; children?: ReactNode }) {
  return (
    <>
      <h1>{heading}</h1>
      {[lead].flat().map((sentence) => (
        <p className="lead" key={sentence}>
          {sentence}
        </p>
      ))}
      {children}
    </>
  );
}

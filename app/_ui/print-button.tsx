'use client';
// Prints the page; absent without script.
import { Button } from './button';
import { useScript } from './password-field';

export function PrintButton({ label }: { label: string }) {
  if (!useScript()) return null;
  return (
    <Button type="button" kind="secondary" small icon="print" onClick={() => window.print()}>
      {label}
    </Button>
  );
}

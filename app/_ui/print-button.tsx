'use client';
// Prints the page; absent without script.
import { Button } from './button';
import { PrintIcon } from './icon';
import { useScript } from './script';

export function PrintButton({ label }: { label: string }) {
  if (!useScript()) return null;
  return (
    <Button type="button" kind="secondary" small icon={<PrintIcon small />} onClick={() => window.print()}>
      {label}
    </Button>
  );
}

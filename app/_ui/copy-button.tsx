'use client';
// Copies a text; absent without script, and says whether it worked.
import { useState } from 'react';
import { Button } from './button';
import styles from './button.module.css';
import { CopyIcon } from './icon';
import { useKitWords } from './kit-words';
import { useScript } from './script';

/** @param copied what to say then, e.g. « La clé est copiée. » */
export function CopyButton({ text, label, copied }: { text: string; label: string; copied?: string }) {
  const words = useKitWords();
  const script = useScript();
  const [said, setSaid] = useState('');
  if (!script) return null;
  const copy = async () => {
    setSaid('');
    try {
      await navigator.clipboard.writeText(text);
      setSaid(copied ?? words.copied);
    } catch {
      setSaid(words.notCopied);
    }
  };
  return (
    <span className={styles.said}>
      <Button type="button" kind="secondary" small icon={<CopyIcon small />} onClick={copy}>
        {label}
      </Button>
      <span className="hint" role="status">
        {said}
      </span>
    </span>
  );
}

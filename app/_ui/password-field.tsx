'use client';
// A password, with a button that shows it: added by script alone, and hidden again when the form is sent.
import { type InputHTMLAttributes, type ReactNode, useEffect, useRef, useState } from 'react';
import { FieldFrame, inputProps } from './field';
import styles from './field.module.css';
import { useKitWords } from './kit-words';
import { useScript } from './script';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name' | 'type' | 'className' | 'placeholder' | 'defaultValue'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** `off` for what no password manager may take for the account's password. */
  autoComplete: 'current-password' | 'new-password' | 'off';
};

export function PasswordField({ name, label, hint, error, ...input }: Props) {
  const words = useKitWords();
  const script = useScript();
  const [shown, setShown] = useState(false);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = field.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);
  const toggle = () => {
    setShown(!shown);
    setSaid(shown ? words.passwordHidden : words.passwordShown);
  };
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      <div className={styles.reveal}>
        <input
          className={styles.input}
          required
          spellCheck={false}
          autoCapitalize="none"
          {...input}
          {...inputProps(frame)}
          type={shown ? 'text' : 'password'}
          ref={field}
        />
        {script && (
          <button className="link" type="button" onClick={toggle} aria-controls={name}>
            {shown ? words.hide : words.show}
            <span className="vh"> {words.thePassword}</span>
          </button>
        )}
      </div>
      <span className="vh" role="status">
        {said}
      </span>
    </FieldFrame>
  );
}

'use client';
// The button that sends a form: it says that it was heard, and can't send twice.
import { createContext, type ReactNode, useContext } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button';
import { useKitWords } from './kit-words';

/** Whether the form around is under way, where React does not know it: FormPage sends its form by hand. */
export const Pending = createContext(false);

type Props = Omit<Parameters<typeof Button>[0], 'onClick' | 'children'> & {
  children: ReactNode;
  /** Said to screen readers while the form is under way. */
  waiting?: string;
};

export function SubmitButton({ children, waiting, ...rest }: Props) {
  const status = useFormStatus();
  const pending = useContext(Pending) || status.pending;
  const words = useKitWords();
  return (
    <>
      <Button {...rest} type="submit" aria-disabled={pending || undefined} onClick={(event) => pending && event.preventDefault()}>
        {children}
      </Button>
      <span className="vh" role="status">
        {pending ? (waiting ?? words.waiting) : ''}
      </span>
    </>
  );
}

'use client';
// The dialog of a session's end. Comes when it is needed; its style is the page's.
import { type SyntheticEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Actions, Button, ButtonLink } from './button';
import type { SessionEndAnswer } from './session-end';

const minute = 60_000;

/** @param kit components come from the page: brought along here, their style would be a file of its own */
export function SessionEndDialog({
  answer,
  ask,
  close,
  kit,
}: {
  answer: SessionEndAnswer;
  ask: (method?: 'GET' | 'POST') => Promise<SessionEndAnswer | null>;
  close: () => void;
  kit: { Actions: typeof Actions; Button: typeof Button; ButtonLink: typeof ButtonLink };
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [said, setSaid] = useState('');
  const ended = answer.left === null;
  // Closed before it is taken away: only then does the browser give the keyboard back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // Another dialog now: what it says is read out, and the safe button is where the keyboard is.
  useEffect(() => {
    setSaid('');
    if (!ended) return;
    const element = dialog.current;
    element?.close();
    element?.showModal();
  }, [ended]);
  useEffect(() => {
    if (answer.left === null || answer.left <= minute) return;
    const soon = setTimeout(() => setSaid(answer.soon), answer.left - minute);
    return () => clearTimeout(soon);
  }, [answer]);
  const stay = async () => {
    if (!ended && !answer.extends) return close();
    setSaid('');
    const now = await ask(ended ? 'GET' : 'POST');
    if (ended && now?.left === null) setSaid(now.soon);
  };
  // Escape is the safe answer, whatever the browser makes of it.
  const refuseCancel = (event: SyntheticEvent) => {
    event.preventDefault();
    void stay();
  };
  // A second Escape closes it without asking.
  const reopen = () => {
    if (dialog.current?.open === false) dialog.current.showModal();
  };
  return (
    <dialog ref={dialog} role="alertdialog" aria-labelledby="session-end" aria-describedby="session-end-why" onCancel={refuseCancel} onClose={reopen}>
      <h2 id="session-end">{answer.title}</h2>
      <p id="session-end-why">{answer.text}</p>
      <p role="status">{said}</p>
      {ended ? (
        <kit.Actions>
          <kit.ButtonLink href={answer.leaveTo} target="_blank" rel="noreferrer">
            {answer.leave}
          </kit.ButtonLink>
          <kit.Button type="button" kind="secondary" onClick={() => void stay()}>
            {answer.stay}
          </kit.Button>
        </kit.Actions>
      ) : (
        <form action={answer.leaveTo} method="post">
          <kit.Actions>
            <kit.Button type="button" onClick={() => void stay()}>
              {answer.stay}
            </kit.Button>
            <kit.Button kind="secondary">{answer.leave}</kit.Button>
          </kit.Actions>
        </form>
      )}
    </dialog>
  );
}

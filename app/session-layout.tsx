// Around every page of somebody who is signed in: what watches over the end of the session. It keeps nobody out; each page does that for itself.
import type { ReactNode } from 'react';
import { SessionEnd } from '#ui/session-end';
import { paths } from './paths';
import { portal } from './portal';
import { sessionState } from './session';

export async function SessionLayout({ children }: { children: ReactNode }) {
  const state = await sessionState();
  const { warning } = (await portal()).settings.policy.session;
  return (
    <>
      {children}
      {state?.live && <SessionEnd address={paths.sessionEnd} left={state.left} warning={warning} owner={state.live.accountId} />}
    </>
  );
}

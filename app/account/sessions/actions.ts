'use server';
import { RedirectType, redirect } from 'next/navigation';
import { endOneSession } from '#lib/sessions/end-one-session';
import { endOtherSessions } from '#lib/sessions/end-other-sessions';
import { refuseForeignRequest } from '../../form-action';
import { doneAt, paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';

export async function endOne(id: string): Promise<void> {
  await refuseForeignRequest();
  const member = await requireMember(paths.sessions);
  const there = await endOneSession(await portal(), member, id);
  redirect(doneAt(paths.sessions, there ? 'ended' : 'gone'), RedirectType.replace);
}

export async function endOthers(): Promise<void> {
  await refuseForeignRequest();
  const member = await requireMember(paths.sessions);
  await endOtherSessions(await portal(), member);
  redirect(doneAt(paths.sessions, 'others-ended'), RedirectType.replace);
}

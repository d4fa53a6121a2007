'use server';
import { RedirectType, redirect } from 'next/navigation';
import { withdrawConsent } from '#lib/consent/withdraw-consent';
import { signOutEverywhere } from '#lib/sessions/sign-out-everywhere';
import { refuseForeignRequest } from '../form-action';
import { paths } from '../paths';
import { portal } from '../portal';
import { requireMember } from '../session';

export async function endAllSessions(): Promise<void> {
  await refuseForeignRequest();
  const member = await requireMember(paths.account);
  await signOutEverywhere(await portal(), member);
  redirect(`${paths.signedOut}?everywhere`, RedirectType.replace);
}

/** Twice is once: an agreement that is gone stays gone. */
export async function withdrawAgreement(applicationId: string): Promise<void> {
  await refuseForeignRequest();
  const member = await requireMember(paths.applications);
  await withdrawConsent(await portal(), member, applicationId);
  redirect(paths.applications, RedirectType.replace);
}

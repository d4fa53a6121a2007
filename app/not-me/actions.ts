'use server';
import { RedirectType, redirect } from 'next/navigation';
import { disavowByLink } from '#lib/disavowal/disavow-by-link';
import { refuseForeignRequest } from '../form-action';
import { disownedPath, paths } from '../paths';
import { portal } from '../portal';
import { visitor } from '../visitor';
import { followedLink } from './link-cookie';

/** The link stays in its cookie: who presses twice is told that it is reported already. */
export async function disavow(): Promise<void> {
  await refuseForeignRequest();
  const result = await disavowByLink(await portal(), await visitor(), await followedLink());
  redirect(result.ok ? disownedPath(result.value) : paths.notMe, RedirectType.replace);
}

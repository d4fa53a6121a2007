'use server';
import { refuseForeignRequest } from '../../../form-action';
import { enrolmentPlace, leave } from '../../../interaction';

/** Back to the application without its sign-in: it requires what this wizard puts in place. */
export async function stopForNow(uid: string): Promise<void> {
  await refuseForeignRequest();
  const { portal, flow } = await enrolmentPlace(uid, 'welcome');
  await leave(portal, flow, { error: 'access_denied', error_description: 'The person will enrol later.' });
}

'use server';
import { refuseForeignRequest } from '../../../form-action';
import { leaveFoundPhone } from '../../../interaction';

/** Takes the replacement back, and goes on to the sign-in page. */
export async function cancelReplacement(uid: string): Promise<void> {
  await refuseForeignRequest();
  await leaveFoundPhone(uid);
}

'use server';
import { refuseForeignRequest } from '../../../form-action';
import { leaveEnrolment } from '../../../interaction';

/** From the wizard back to the application. */
export async function goOn(uid: string): Promise<void> {
  await refuseForeignRequest();
  await leaveEnrolment(uid);
}

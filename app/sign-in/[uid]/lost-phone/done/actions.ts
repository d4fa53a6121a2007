'use server';
import { refuseForeignRequest } from '../../../../form-action';
import { continueLostPhone, lostPhonePlace } from '../../../../interaction';

/** On to the wizard. */
export async function goOn(uid: string): Promise<void> {
  await refuseForeignRequest();
  await continueLostPhone(await lostPhonePlace(uid, 'done'));
}

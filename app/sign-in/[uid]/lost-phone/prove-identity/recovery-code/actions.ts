'use server';
import { proveRecoveryCode } from '#lib/lost-phone/prove-recovery-code';
import { lostPhoneAction } from '../../../../../form-action';

export const giveRecoveryCode = lostPhoneAction({ fields: ['code'] }, proveRecoveryCode);

'use server';
import { proveRecoveryCode } from '#lib/password-reset/prove-recovery-code';
import { resetAction } from '../../../form-action';

export const giveRecoveryCode = resetAction({ fields: ['code'] }, proveRecoveryCode);

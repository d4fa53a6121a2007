'use server';
import { proveRecoveryCode } from '#lib/sign-in/prove-recovery-code';
import { signInAction } from '../../../../form-action';

export const giveRecoveryCode = signInAction({ fields: ['code'] }, proveRecoveryCode);

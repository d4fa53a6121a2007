'use server';
import { askForPasskey, provePasskey } from '#lib/password-reset/prove-passkey';
import { resetAction, resetQuestion } from '../../../form-action';

export const askPasskey = resetQuestion(askForPasskey);
export const givePasskey = resetAction({ fields: ['credential'] }, provePasskey);

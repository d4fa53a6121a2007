'use server';
import { askForPasskey, provePasskey } from '#lib/sign-in/prove-passkey';
import { signInAction, signInQuestion } from '../../../../form-action';

export const askPasskey = signInQuestion(askForPasskey);
export const givePasskey = signInAction({ fields: ['credential'] }, provePasskey);

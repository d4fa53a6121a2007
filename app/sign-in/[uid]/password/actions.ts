'use server';
import { checkPassword } from '#lib/sign-in/check-password';
import { askForAnyPasskey, signInWithPasskey } from '#lib/sign-in/sign-in-with-passkey';
import { signInAction, signInQuestion } from '../../../form-action';

export const givePassword = signInAction({ fields: ['address', 'password'], keep: ['address'] }, checkPassword);
export const askAnyPasskey = signInQuestion(askForAnyPasskey);
export const giveAnyPasskey = signInAction({ fields: ['credential'] }, signInWithPasskey);

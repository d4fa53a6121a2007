'use server';
import { checkPassword } from '#lib/sign-in/check-password';
import { signInAction } from '../../../form-action';

export const givePassword = signInAction({ fields: ['address', 'password'], keep: ['address'] }, checkPassword);

'use server';
import { proveTotp } from '#lib/sign-in/prove-totp';
import { signInAction } from '../../../../form-action';

export const giveCode = signInAction({ fields: ['code'] }, proveTotp);

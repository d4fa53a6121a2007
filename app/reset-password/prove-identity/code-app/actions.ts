'use server';
import { proveTotp } from '#lib/password-reset/prove-totp';
import { resetAction } from '../../../form-action';

export const giveCode = resetAction({ fields: ['code'] }, proveTotp);

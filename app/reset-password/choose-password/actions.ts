'use server';
import { choosePassword } from '#lib/password-reset/choose-password';
import { resetAction } from '../../form-action';

export const choose = resetAction({ fields: ['password'] }, choosePassword);

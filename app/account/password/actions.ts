'use server';
import { changePassword } from '#lib/passwords/change-password';
import { provenAction } from '../../form-action';
import { doneAt, paths } from '../../paths';

export const change = provenAction({ fields: ['current', 'password'] }, changePassword, () => doneAt(paths.account, 'password-changed'));

'use server';
import { askFromSignIn } from '#lib/help/ask-for-help';
import { signInHelpAction } from '../../../form-action';

export const ask = signInHelpAction({ fields: ['topic', 'text'], keep: ['topic', 'text'] }, askFromSignIn);

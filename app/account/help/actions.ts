'use server';
import { askFromAccount } from '#lib/help/ask-for-help';
import { memberHelpAction } from '../../form-action';

export const ask = memberHelpAction({ fields: ['topic', 'text'], keep: ['topic', 'text'] }, askFromAccount);

'use server';
import { askFromReset } from '#lib/help/ask-for-help';
import { resetHelpAction } from '../../form-action';

export const ask = resetHelpAction({ fields: ['topic', 'text'], keep: ['topic', 'text'] }, askFromReset);

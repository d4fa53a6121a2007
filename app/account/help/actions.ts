'use server';
import { askFromAccount } from '#lib/help/ask-for-help';
import { memberAction } from '../../form-action';
import { paths } from '../../paths';

export const ask = memberAction({ fields: ['topic', 'text'], keep: ['topic', 'text'] }, askFromAccount, () => paths.askForHelp);

'use server';
import { addPasskey, askAddedPasskey } from '#lib/factors/add-passkey';
import { provenAction, provenQuestion } from '../../../form-action';
import { doneAt, paths } from '../../../paths';

export const askPasskey = provenQuestion(askAddedPasskey);
export const givePasskey = provenAction({ fields: ['credential'] }, addPasskey, () => doneAt(paths.factors, 'added'));

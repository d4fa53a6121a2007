'use server';
import { proveAnswers } from '#lib/password-reset/prove-answers';
import { resetAction } from '../../../form-action';

export const giveAnswers = resetAction({ fields: ['a1', 'a2', 'a3', 'a4'] }, proveAnswers);

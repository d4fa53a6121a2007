'use server';
import { answerQuestions } from '#lib/lost-phone/answer-questions';
import { lostPhoneAction } from '../../../../../form-action';

export const giveAnswers = lostPhoneAction({ fields: ['a1', 'a2', 'a3', 'a4'] }, answerQuestions);

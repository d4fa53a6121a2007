'use server';
import { answerQuestions } from '#lib/enrolment/answer-questions';
import { enrolmentAction } from '../../../form-action';

export const giveAnswers = enrolmentAction(
  { fields: ['q1', 'a1', 'q2', 'a2', 'q3', 'a3', 'q4', 'a4'], keep: ['q1', 'q2', 'q3', 'q4'] },
  answerQuestions,
);

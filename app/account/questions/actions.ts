'use server';
import { changeQuestions } from '#lib/questions/change-questions';
import { provenAction } from '../../form-action';
import { doneAt, paths } from '../../paths';

export const change = provenAction(
  { fields: ['q1', 'a1', 'q2', 'a2', 'q3', 'a3', 'q4', 'a4'], keep: ['q1', 'q2', 'q3', 'q4'] },
  changeQuestions,
  () => doneAt(paths.account, 'questions-changed'),
);

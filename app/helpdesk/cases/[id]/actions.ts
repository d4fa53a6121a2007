'use server';
import { closeCase } from '#lib/helpdesk/close-case';
import { giveBackCase } from '#lib/helpdesk/give-back-case';
import { noteCase } from '#lib/helpdesk/note-case';
import { reopenCase } from '#lib/helpdesk/reopen-case';
import { takeCase } from '#lib/helpdesk/take-case';
import { agentAction } from '../../../form-action';
import { casePath, doneAt } from '../../../paths';

export const take = agentAction('handle-case', { fields: ['case'] }, takeCase, ({ taken }, input) =>
  doneAt(casePath(input.case), taken ? 'taken' : 'by-other'),
);
export const giveBack = agentAction('handle-case', { fields: ['case'] }, giveBackCase, (_, input) => doneAt(casePath(input.case), 'returned'));
export const note = agentAction('handle-case', { fields: ['case', 'note'], keep: ['note'] }, noteCase, (_, input) =>
  doneAt(casePath(input.case), 'noted'),
);
export const close = agentAction('handle-case', { fields: ['case', 'outcome'], keep: ['outcome'] }, closeCase, (_, input) =>
  doneAt(casePath(input.case), 'closed'),
);
export const reopen = agentAction('reopen-case', { fields: ['case'] }, reopenCase, (_, input) => doneAt(casePath(input.case), 'reopened'));

'use server';
import { decideRemoval } from '#lib/helpdesk/decide-removal';
import { agentAction } from '../../form-action';
import { doneAt, paths } from '../../paths';

export const decide = agentAction('decide-removal', { fields: ['request', 'decision'] }, decideRemoval, (decision) =>
  doneAt(paths.removals, decision),
);

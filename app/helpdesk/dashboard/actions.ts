'use server';
import { countAgain } from '#lib/figures/count-again';
import { agentAction } from '../../form-action';
import { doneAt, paths } from '../../paths';

export const again = agentAction('see-dashboard', { fields: [] }, countAgain, ({ finished }) =>
  doneAt(paths.dashboard, finished ? 'counted' : 'counting'),
);

'use server';
import { askRemoval } from '#lib/helpdesk/ask-removal';
import { endSessions } from '#lib/helpdesk/end-sessions';
import { freeze } from '#lib/helpdesk/freeze';
import { givePass } from '#lib/helpdesk/give-pass';
import { sendReset } from '#lib/helpdesk/send-reset';
import { unfreeze } from '#lib/helpdesk/unfreeze';
import { unlock } from '#lib/helpdesk/unlock';
import { agentAction, agentAnswer } from '../../form-action';
import { actDonePath } from '../../paths';

export const unlockAccount = agentAction('unlock', { fields: ['account', 'reason'], keep: ['reason'] }, unlock, (_, { account }) =>
  actDonePath(account, 'unlock'),
);
export const sendResetLetter = agentAction('send-reset', { fields: ['account', 'reason'], keep: ['reason'] }, sendReset, (_, { account }) =>
  actDonePath(account, 'send-reset'),
);
export const giveNewPass = agentAnswer('give-pass', { fields: ['account', 'reason', 'once'], keep: ['reason'] }, givePass);
export const endTheirSessions = agentAction(
  'end-sessions',
  { fields: ['account', 'reason', 'session'], keep: ['reason', 'session'] },
  endSessions,
  (_, { account }) => actDonePath(account, 'end-sessions'),
);
export const freezeAccount = agentAction('freeze', { fields: ['account', 'reason'], keep: ['reason'] }, freeze, (_, { account }) =>
  actDonePath(account, 'freeze'),
);
export const unfreezeAccount = agentAction('unfreeze', { fields: ['account', 'reason'], keep: ['reason'] }, unfreeze, (_, { account }) =>
  actDonePath(account, 'unfreeze'),
);
export const askFactorRemoval = agentAction(
  'ask-removal',
  { fields: ['account', 'reason', 'factor'], keep: ['reason'] },
  askRemoval,
  (_, { account }) => actDonePath(account, 'ask-removal'),
);

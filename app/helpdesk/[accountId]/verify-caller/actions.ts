'use server';
import { askCaller } from '#lib/helpdesk/verify-caller/ask-caller';
import { proveCallerAnswers } from '#lib/helpdesk/verify-caller/prove-answers';
import { proveCallerCode } from '#lib/helpdesk/verify-caller/prove-email-code';
import { proveCallerPhone } from '#lib/helpdesk/verify-caller/prove-phone';
import { agentAction } from '../../../form-action';
import { callerVerifiedPath, verifyCallerByPath } from '../../../paths';

export const ask = agentAction('verify-caller', { fields: ['account', 'method'] }, askCaller, (method, { account }) =>
  verifyCallerByPath(account, method),
);
export const takeAnswerOfPhone = agentAction('verify-caller', { fields: ['account', 'method'] }, proveCallerPhone, (_, { account }) =>
  callerVerifiedPath(account),
);
export const compareCode = agentAction('verify-caller', { fields: ['account', 'code'] }, proveCallerCode, (_, { account }) =>
  callerVerifiedPath(account),
);
export const compareAnswers = agentAction('verify-caller', { fields: ['account', 'a1', 'a2'] }, proveCallerAnswers, (_, { account }) =>
  callerVerifiedPath(account),
);

// Asks a caller to prove who they are, in one of three ways: a request to the telephone, a code to the mailbox, two dictated answers.
import { endOpenVerifications, insertVerification, setVerificationExpiry } from '#db/caller-verifications';
import type { Script } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import { type IssueProblem, issueEmailCode, prepareEmailCode } from '../../codes/issue-email-code.ts';
import { type Asked, type AskProblem, askPhones, newRequest } from '../../factors/phone/ask.ts';
import { notifyPhones } from '../../factors/phone/notify.ts';
import { callerFlow } from '../../factors/phone/rules.ts';
import { newId } from '../../ids.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Agent } from '../../visitor.ts';
import { type ActProblem, actOn } from '../act-on.ts';
import { callerAccount, callerLanguage, readOpenVerification, readUnavailable } from './facts.ts';
import { type CallerMethod, isCallerMethod, timeToAnswer } from './rules.ts';

export type AskCallerProblem = ActProblem | AskProblem | IssueProblem | 'choose-one' | 'method-unavailable';

/**
 * Only the agent's last question to an account's caller counts, and only to that agent. A code that is sent again goes with the same
 * question, so that the one before is recognised.
 * @param input `account`: the subject's id; `method`: as in `callerMethods`
 */
export async function askCaller(
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly method: string },
): Promise<Result<CallerMethod, AskCallerProblem>> {
  const { method } = input;
  if (!isCallerMethod(method)) return refused({ code: 'choose-one' });
  const { store, settings } = portal;
  const before = await store.read((tx) => readOpenVerification(tx, input.account, agent.agentId, method, portal.now()));
  const id = (method === 'email-code' && before?.id) || newId();
  const reader = method === 'email-code' ? await callerAccount(portal, input.account) : null;
  const language = await callerLanguage(portal, input.account);
  const code = reader && prepareEmailCode(portal, { ...agent, uid: callerFlow(id) }, { ...reader, language }, 'verify-caller', portal.now());
  const made = newRequest();

  const asked = await actOn<Asked | null, AskCallerProblem>(portal, agent, 'verify-caller', input, function* (tx, now, { account }): Script<
    Result<Asked | null, AskCallerProblem>
  > {
    const { agentId } = agent;
    if (yield* readUnavailable(portal, tx, account.id, method, now)) return refused({ code: 'method-unavailable' });
    let request: Asked | null = null;
    if (method === 'phone') {
      // No application has this id: where events are read, it stands for itself.
      const name = `Assistance ${settings.institute.name}`;
      const application = { id: name, name };
      const rang = yield* askPhones(portal, tx, now, { agent, verification: id }, application, account.id, made);
      if (!rang.ok) return rang;
      request = rang.value;
    }
    if (code) {
      const issued = yield* issueEmailCode(portal, tx, { ...agent, uid: callerFlow(id) }, code);
      if (!issued.ok) return issued;
    }
    const expiresAt = code ? code.expiresAt : now + timeToAnswer(method, settings.policy);
    const open = code && (yield* readOpenVerification(tx, account.id, agentId, method, now));
    if (open?.id === id) yield* setVerificationExpiry(tx, id, expiresAt);
    else {
      yield* endOpenVerifications(tx, account.id, agentId, now);
      yield* insertVerification(tx, { id, accountId: account.id, agentId, method, begunAt: now, expiresAt, provenAt: null, failedAt: null });
    }
    yield* recordEvent(tx, now, agent, { type: 'caller-asked', accountId: account.id, data: { method } });
    return done(request);
  });
  if (!asked.ok) return asked;
  if (asked.value) {
    const { request, phones } = asked.value;
    const { id, accountId, expiresAt } = request;
    void notifyPhones(portal, phones, {
      kind: 'req',
      asks: 'call',
      id,
      accountId,
      uselessAt: expiresAt,
      language,
    });
  }
  return done(method);
}

// Remembers that a person agrees to share information with an application.
import { findAccountRow } from '#db/accounts';
import { findConsent, setConsent } from '#db/consents';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';

/**
 * It takes the place of what was agreed with this application before: a person has seen all of it. A notice tells of an application
 * that had no standing agreement. @param scopes as the interaction asks for them, never as a form sends them
 */
export async function giveConsent(portal: Portal, flow: MemberFlow, scopes: readonly string[]): Promise<Result<void, 'expired-page'>> {
  const { store, settings } = portal;
  const { accountId, application } = flow;
  const now = portal.now();

  return store.unit(accountId, function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    if (flow.prompt !== 'consent' || account?.status !== 'active') {
      yield* recordEvent(tx, now, flow, { type: 'step-refused', accountId, data: { step: 'consent' } });
      return refused({ code: 'expired-page' });
    }
    const before = yield* findConsent(tx, accountId, application.id);
    yield* setConsent(tx, { accountId, applicationId: application.id, scopes: [...scopes], givenAt: now, expiresAt: now + settings.policy.consent });
    const event = yield* recordEvent(tx, now, flow, {
      type: 'consent-given',
      accountId,
      data: { application: application.id, scopes: scopes.join(' ') },
    });
    const told = { kind: 'consent-given', application: application.name, scopes } as const;
    if (!before || before.expiresAt <= now) yield* queueNotice(portal, tx, now, flow, accountId, event, told);
    return done(undefined);
  });
}

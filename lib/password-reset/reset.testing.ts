// Browsers at each step of a reset, for tests.
import { expect } from 'vitest';
import { lastCode, rightAnswers, type TestAccount, type TestPortal, testReset } from '../portal.testing.ts';
import type { Reset } from '../visitor.ts';
import { proveAnswers } from './prove-answers.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { startReset } from './start-reset.ts';

export const beginning = { before: null, signIn: null };
/** Fit for every test account. */
export const fitPassword = 'Un héron compte ses sardines violettes';

/** A code has been sent. */
export async function started(portal: TestPortal, { address }: { readonly address: string }, reset: Reset = testReset(portal)): Promise<Reset> {
  expect(await startReset(portal, reset, beginning, { address })).toMatchObject({ ok: true });
  return reset;
}

/** The mailbox is proven. */
export async function withMailbox(portal: TestPortal, account: TestAccount, reset?: Reset): Promise<Reset> {
  const begun = await started(portal, account, reset);
  expect(await proveEmailCode(portal, begun, { code: await lastCode(portal, account.address) })).toMatchObject({ ok: true });
  return begun;
}

/** The mailbox and the four answers are proven. */
export async function withAnswers(portal: TestPortal, account: TestAccount, reset?: Reset): Promise<Reset> {
  const begun = await withMailbox(portal, account, reset);
  expect(await proveAnswers(portal, begun, rightAnswers)).toMatchObject({ ok: true });
  return begun;
}

// When one act of the helpdesk stands in the way of another, and who may go past it. Pure.
import type { Role } from '../../roles/rules.ts';
import { rank } from '../rules.ts';

/** What an account's events say of the last ones; null: none. Epoch milliseconds. */
export interface LastGiven {
  /** A password reset that an agent sent, that was finished, or a password that an operator chose. */
  readonly newPasswordAt: number | null;
  readonly passAt: number | null;
}

/**
 * Whoever holds somebody's mailbox must not get a new password and a new factor by one friendly voice: a pass and a new password are a day
 * apart, in either order, unless a lead decides (SEC-80, T11).
 * @param apart milliseconds. @returns from when anybody may; null: now
 */
export function judgeApart(
  act: 'give-pass' | 'send-reset',
  role: Role,
  { newPasswordAt, passAt }: LastGiven,
  now: number,
  apart: number,
): number | null {
  const other = act === 'give-pass' ? newPasswordAt : passAt;
  if (other === null || rank(role) >= rank('lead-agent')) return null;
  return now - other < apart ? other + apart : null;
}

/** Something that keeps the person out, or nearly. */
export interface Lock {
  readonly what: 'password' | 'app' | 'recovery-codes' | 'pass' | 'phones' | 'phone' | 'answers' | 'factor';
  /** The factor's name, where it is one. */
  readonly name: string | null;
  /**
   * `waits`, `suspended`: an agent may lift it. The others stay: too many wrong tries in all, a telephone that locked itself, what its owner
   * or the helpdesk has frozen, and answers, which an agent hears on the telephone and must not open a second time.
   */
  readonly why: 'waits' | 'suspended' | 'disabled' | 'wrong-pins' | 'copied' | 'frozen' | 'closed';
  /** Epoch milliseconds; null where it does not end by itself. */
  readonly until: number | null;
}

export const isLiftable = ({ why }: Lock): boolean => why === 'waits' || why === 'suspended';

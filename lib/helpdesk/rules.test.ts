// Role × action × field: every pair.
import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../roles/rules.ts';
import { cardFields, type HelpdeskAction, helpdeskActionNames, judgeAction, mayDo, maySee } from './rules.ts';

/** Written out by hand, to be read: the table of lib/helpdesk/rules.ts must say the same. */
const lead: readonly HelpdeskAction[] = ['see-all-acts', 'export-dashboard', 'reopen-case'];
const reads: readonly HelpdeskAction[] = ['search', 'see-account', 'see-cases', 'see-own-acts', 'see-all-acts', 'see-dashboard', 'export-dashboard'];
const onWhoHasNoRole: readonly HelpdeskAction[] = ['give-pass', 'ask-removal', 'decide-removal'];
const withoutCaller: readonly HelpdeskAction[] = [...reads, 'handle-case', 'reopen-case', 'verify-caller', 'decide-removal'];
const order: readonly (Role | null)[] = [null, ...roles];

describe('SEC-73: role × action', () => {
  test.each(helpdeskActionNames)('%s: nobody without a role; every role as the table says', (action) => {
    expect(mayDo(null, action)).toBe(false);
    expect(mayDo('agent', action)).toBe(!lead.includes(action));
    expect(mayDo('lead-agent', action)).toBe(true);
    expect(mayDo('administrator', action)).toBe(true);
  });

  const pairs = helpdeskActionNames.flatMap((action) => roles.flatMap((role) => order.map((subject) => [action, role, subject] as const)));
  test.each(pairs)('SEC-76: %s by %s on %s', (action, role, subject) => {
    const asked = { agent: { id: 'agent', role }, subject: { id: 'subject', role: subject }, callerVerified: true };
    const below = order.indexOf(subject) < order.indexOf(role);
    const expected = !mayDo(role, action)
      ? 'not-your-role'
      : reads.includes(action) || (below && (subject === null || !onWhoHasNoRole.includes(action)))
        ? null
        : 'on-a-colleague';
    expect(judgeAction(action, asked)).toBe(expected);
    const onSelf = judgeAction(action, { ...asked, subject: { id: 'agent', role } });
    expect(onSelf).toBe(!mayDo(role, action) ? 'not-your-role' : reads.includes(action) ? null : 'on-yourself');
    if (expected !== null) return;
    const unverified = judgeAction(action, { ...asked, callerVerified: false });
    expect(unverified).toBe(withoutCaller.includes(action) || (action === 'freeze' && role !== 'agent') ? null : 'caller-not-verified');
  });
});

test.each(Object.keys(cardFields) as (keyof typeof cardFields)[])('SEC-73: %s is seen by whom the table says', (field) => {
  expect(roles.map((role) => maySee(role, field))).toEqual(field === 'networks' ? [false, true, true] : [true, true, true]);
});

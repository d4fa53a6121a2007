// What a server's answers mean: every code and every reason of the policy, and nothing in between.
import { expect, test } from 'vitest';
import {
  activeDirectoryBindOutcome,
  activeDirectoryRefusal,
  activeDirectoryTime,
  bindOutcome,
  bytesOfGuid,
  guidOf,
  passwordRefusal,
  policyErrors,
  quotedPassword,
} from './rules.ts';

test.each([
  [0, null, 'right'],
  [0, policyErrors.changeAfterReset, 'must-change'],
  [49, null, 'wrong'],
  [49, policyErrors.accountLocked, 'locked'],
  [49, policyErrors.passwordExpired, 'expired'],
  [49, policyErrors.changeAfterReset, 'wrong'],
  [48, null, 'wrong'],
  [53, null, 'wrong'],
  [19, policyErrors.accountLocked, 'locked'],
  [32, null, 'wrong'],
])('a bind answered %i with reason %j is %s', (code, reason, outcome) => expect(bindOutcome(code, reason)).toBe(outcome));

test('every other answer to a bind is an outage, never a wrong password, and never a right one', () => {
  const said = [19, 32, 48, 49, 53];
  for (let code = 1; code <= 123; code++)
    if (!said.includes(code)) for (const reason of [null, ...Object.values(policyErrors)]) expect(bindOutcome(code, reason)).toBeNull();
});

test.each([
  [19, policyErrors.passwordInHistory, 'in-history'],
  [19, policyErrors.passwordTooYoung, 'too-young'],
  [19, policyErrors.passwordTooShort, 'too-short'],
  [19, policyErrors.insufficientPasswordQuality, 'too-simple'],
  [53, policyErrors.mustSupplyOldPassword, 'other'],
  [19, 9, 'other'],
  [19, null, 'other'],
  [50, policyErrors.passwordModNotAllowed, null],
  [0, null, null],
  [2, null, null],
  [51, null, null],
])('a new password answered %i with reason %j is refused as %j', (code, reason, refusal) => expect(passwordRefusal(code, reason)).toBe(refusal));

const said = (data: string) => `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1`;
test.each([
  ['525', 'wrong'],
  ['52e', 'wrong'],
  ['530', 'locked'],
  ['531', 'locked'],
  ['533', 'locked'],
  ['701', 'locked'],
  ['775', 'locked'],
  ['532', 'expired'],
  ['773', 'must-change'],
  ['52E', 'wrong'],
])('Active Directory answers a bind with data %s: %s', (data, outcome) => expect(activeDirectoryBindOutcome(49, said(data))).toBe(outcome));

test.each([
  [49, said('80090346')],
  [49, said('0')],
  [49, 'Invalid Credentials'],
  [8, '00002028: LdapErr: DSID-0C09016D, comment: The server requires binds to turn on integrity checking, data 0, v1db1'],
  [51, said('52e')],
  [0, said('52e')],
])('whatever else it answers, %i %s, is no verdict on the password', (code, message) => expect(activeDirectoryBindOutcome(code, message)).toBeNull());

test.each([
  [19, '0000052D: Constraint violation - check_password_restrictions: the password is too short.', 'other'],
  [53, '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0', 'other'],
  [19, '00000056: AtrErr: DSID-03191083, #1: 0: 00000056: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0', 'other'],
  [49, said('52e'), 'other'],
  [53, '0000001F: SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM), data 0', null],
  [50, '00000005: SecErr: DSID-031A1190, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0', null],
  [51, '0000052D: busy', null],
])('Active Directory answers a new password with %i %s: %j', (code, message, refusal) => expect(activeDirectoryRefusal(code, message)).toBe(refusal));

test('a number of Active Directory is written as Windows writes it, and read again', () => {
  const bytes = Buffer.from('5268d1cdf87c714a948bfc9f52fd0dc9', 'hex');
  expect(guidOf(bytes)).toBe('cdd16852-7cf8-4a71-948b-fc9f52fd0dc9');
  expect(bytesOfGuid('cdd16852-7cf8-4a71-948b-fc9f52fd0dc9')).toEqual(bytes);
  for (const none of ['', 'an entryUUID of somewhere else', '*', 'cdd16852-7cf8-4a71-948b-fc9f52fd0dc9)'])
    expect(bytesOfGuid(none)).toEqual(Buffer.alloc(16));
});

test('its clock begins in 1601; its passwords are quoted, and nothing in them is', () => {
  expect(activeDirectoryTime(0)).toBe('116444736000000000');
  expect(activeDirectoryTime(Date.UTC(2027, 2, 9))).toBe('134490240000000000');
  expect(quotedPassword('é"').toString('hex')).toBe('2200e90022002200');
});

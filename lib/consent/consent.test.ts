// What people agree to share: asked, given, refused, remembered, withdrawn.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listOidcRecordsOfAccount, setOidcRecord } from '#db/oidc-records';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { days } from '../duration.ts';
import {
  events,
  letters,
  snapshot,
  type TestAccount,
  type TestPortal,
  testAccount,
  testMember,
  testMemberFlow,
  testOperator,
  testPortal,
} from '../portal.testing.ts';
import type { MemberFlow } from '../visitor.ts';
import { listConsents, rememberedConsent } from './facts.ts';
import { giveConsent } from './give-consent.ts';
import { refuseConsent } from './refuse-consent.ts';
import { claimsToShow } from './rules.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const cloud = { id: 'cloud', name: 'Cloud', host: 'cloud.inserm.fr' };
const share = { id: 'share', name: 'Share', host: 'share.inserm.fr' };
const expired = { ok: false, problems: [{ code: 'expired-page' }] };

let portal: TestPortal;
let claire: TestAccount;
let flow: MemberFlow;
beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  flow = testMemberFlow(portal, { accountId: claire.id, prompt: 'consent', application: cloud });
});
afterEach(() => portal.close());

describe('what is asked', () => {
  test('is named as people understand it, in a constant order', () => {
    expect(claimsToShow(['email', 'openid', 'profile'])).toEqual(['name', 'email']);
    expect(claimsToShow(['eduperson', 'offline_access'])).toEqual(['eduperson_principal_name', 'eduperson_affiliation']);
    expect(claimsToShow(['openid', 'unknown', 'constructor'])).toEqual([]);
  });
});

describe('an agreement', () => {
  test('is remembered for 90 days, with an event and a notice', async () => {
    expect(await giveConsent(portal, flow, ['openid', 'profile', 'email'])).toEqual({ ok: true, value: undefined });
    const expiresAt = portal.now() + days(90);
    expect(await rememberedConsent(portal, claire.id, 'cloud')).toEqual({ scopes: ['openid', 'profile', 'email'], expiresAt });
    expect(await rememberedConsent(portal, claire.id, 'share')).toBeNull();
    expect((await events(portal)).at(-1)).toMatchObject({
      type: 'consent-given',
      accountId: claire.id,
      flow: flow.uid,
      data: { application: 'cloud', scopes: 'openid profile email' },
    });
    expect(await letters(portal)).toMatchObject([{ kind: 'consent-given', to: claire.address, accountId: claire.id }]);
    expect((await letters(portal))[0]?.text).toContain('Cloud');
    portal.clock.set(expiresAt - 1);
    expect(await rememberedConsent(portal, claire.id, 'cloud')).not.toBeNull();
    portal.clock.set(expiresAt);
    expect(await rememberedConsent(portal, claire.id, 'cloud')).toBeNull();
    expect(await listConsents(portal, claire.id)).toEqual([]);
  });

  test('takes the place of the one before; only an application without a standing one is told of', async () => {
    await giveConsent(portal, flow, ['openid', 'profile']);
    await giveConsent(portal, flow, ['openid', 'email']);
    expect(await rememberedConsent(portal, claire.id, 'cloud')).toMatchObject({ scopes: ['openid', 'email'] });
    expect(await letters(portal)).toHaveLength(1);
    portal.clock.advance(days(90));
    await giveConsent(portal, flow, ['openid', 'email']);
    expect(await letters(portal)).toHaveLength(2);
  });

  test('SEC-33: is taken only where it was asked, from a person who may sign in', async () => {
    const before = await snapshot(portal, 'events');
    for (const prompt of ['login', 'enrol'] as const) {
      expect(await giveConsent(portal, testMemberFlow(portal, { accountId: claire.id, prompt, application: cloud }), ['openid'])).toEqual(expired);
      expect((await events(portal)).at(-1)).toMatchObject({ type: 'step-refused', data: { step: 'consent' } });
    }
    expect(await snapshot(portal, 'events')).toBe(before);
    await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
    expect(await giveConsent(portal, flow, ['openid'])).toEqual(expired);
    expect(await listConsents(portal, claire.id)).toEqual([]);
  });

  test('SEC-86: is told with the application’s registered name, escaped', async () => {
    await giveConsent(
      portal,
      testMemberFlow(portal, { accountId: claire.id, prompt: 'consent', application: { ...cloud, name: '<b>Cloud</b>\r\nBcc: x' } }),
      ['openid'],
    );
    const [letter] = await letters(portal);
    expect(letter?.subject).not.toMatch(/[\r\n]/);
    expect(letter?.html).not.toContain('<b>Cloud');
  });
});

test('a refusal is recorded, changes nothing else, and leaves what was agreed earlier', async () => {
  await giveConsent(portal, flow, ['openid', 'profile']);
  const before = await snapshot(portal, 'events');
  await refuseConsent(portal, flow);
  expect(await snapshot(portal, 'events')).toBe(before);
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'consent-refused', accountId: claire.id, data: { application: 'cloud' } });
});

test('SEC-87: consents are listed and withdrawn one by one, and what the application holds dies at once', async () => {
  await giveConsent(portal, flow, ['openid', 'profile']);
  portal.clock.advance(1);
  await giveConsent(portal, { ...flow, application: share }, ['openid']);
  const models = ['Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode', 'Session'];
  await portal.store.unit(claire.id, function* (tx) {
    for (const model of models)
      for (const applicationId of ['cloud', 'share']) {
        const id = `${model}-${applicationId}`;
        const expiresAt = portal.now() + days(1);
        yield* setOidcRecord(tx, { model, id, payload: Buffer.from('x'), grantId: null, uid: null, accountId: claire.id, applicationId, expiresAt });
      }
  });
  expect((await listConsents(portal, claire.id)).map((c) => c.applicationId)).toEqual(['cloud', 'share']);

  const member = testMember(claire.id);
  expect(await withdrawConsent(portal, member, 'cloud')).toBe(true);
  expect((await listConsents(portal, claire.id)).map((c) => c.applicationId)).toEqual(['share']);
  const left = await portal.store.read((tx) => listOidcRecordsOfAccount(tx, claire.id, models));
  expect(left.map((r) => r.id).sort()).toEqual(['Session-cloud', ...models.map((model) => `${model}-share`)].sort());
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'consent-withdrawn', accountId: claire.id, data: { application: 'cloud' } });

  const count = (await events(portal)).length;
  expect(await withdrawConsent(portal, member, 'cloud')).toBe(false);
  const paul = await testAccount(portal, { address: 'paul.lefevre@inserm.fr', givenName: 'Paul', familyName: 'Lefèvre' });
  expect(await withdrawConsent(portal, testMember(paul.id), 'share')).toBe(false);
  expect(await events(portal)).toHaveLength(count + 1);
  expect(await listConsents(portal, claire.id)).toHaveLength(1);
});

// The card as HTML, for each role: nothing stands in it that nobody of the console may read (SEC-74).
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pairedPhone, testPin } from '#lib/factors/phone/phone.testing';
import { cardOf } from '#lib/helpdesk/facts';
import { askCaller } from '#lib/helpdesk/verify-caller/ask-caller';
import {
  lastCode,
  rightAnswers,
  type TestPortal,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testFlow,
  testPassword,
  testPortal,
  testRecoveryCodes,
} from '#lib/portal.testing';
import { roles } from '#lib/roles/rules';
import { checkPassword } from '#lib/sign-in/check-password';
import { Diagnoses } from './[accountId]/diagnoses';
import { EnrolmentSection } from './[accountId]/enrolment';
import { eventLines } from './[accountId]/event-lines';
import { FactorsSection } from './[accountId]/factors';
import { Who } from './[accountId]/who';

let portal: TestPortal;
beforeEach(async () => {
  portal = await testPortal();
});
afterEach(() => portal.close());

test.each(roles)('SEC-74: no secret, hash, code, whole address or network is in the card’s HTML for %s', async (role) => {
  const agent = await testAgent(portal, role, 'paul.durand@inserm.fr');
  const claire = await testAccount(portal);
  await testApp(portal, claire.id);
  await pairedPhone(portal, claire.id);
  await testAnswers(portal, claire.id);
  const codes = await testRecoveryCodes(portal, claire.id);
  // As wrong as can be: locked, disowned, and asked for a code.
  for (let i = 0; i < 5; i++) await checkPassword(portal, testFlow(portal), { address: claire.address, password: 'a canary, not the password' });
  await askCaller(portal, agent, { account: claire.id, method: 'email-code' });
  const now = portal.now();
  const card = await cardOf(portal, agent, claire.id);
  if (!card) throw new Error('There is no card.');
  const html = [
    renderToStaticMarkup(h(Diagnoses, { card, agent, now })),
    renderToStaticMarkup(h(Who, { card, sessions: 2, agent, now })),
    renderToStaticMarkup(h(EnrolmentSection, { card, agent, now })),
    renderToStaticMarkup(h(FactorsSection, { card, agent, now })),
    ...(card.events ?? []).flatMap((event) => eventLines(event, agent, now)),
  ].join('\n');
  expect(html).toContain('c•••n@inserm.fr');
  expect(html).toContain('Pixel de Claire');
  expect(html).toContain('Trop de mots de passe faux');

  const { store } = portal;
  const secrets = [
    claire.address,
    testPassword,
    testPin,
    await lastCode(portal, claire.address),
    'a canary',
    ...codes,
    ...Object.values(rightAnswers),
    ...(await store.db.select().from(store.s.factors)).flatMap(({ secret }) => [secret.toString('base64'), secret.toString('hex')]),
    ...(await store.db.select().from(store.s.answers)).map(({ hash }) => hash),
    ...(await store.db.select().from(store.s.passwords)).map(({ hash }) => hash),
    ...(await store.db.select().from(store.s.recoveryCodes)).map(({ hash }) => hash),
    ...(await store.db.select().from(store.s.phones)).flatMap(({ publicKey, credentialId }) => [publicKey.x, credentialId ?? publicKey.y]),
  ];
  for (const secret of secrets) expect(html).not.toContain(secret);
  expect(html).not.toMatch(/\$argon2|fcm\.googleapis|undefined|NaN|\[object/);
  // Truncated, and for leads alone.
  expect(html.includes('192.0.2.0/24')).toBe(role !== 'agent');
  expect(html).not.toMatch(/192\.0\.2\.(?!0\/24)/);
});

// The wizard on both engines: what its statements do must not depend on which.
import { type TOTP, URI } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { consumeRecoveryCode, listRecoveryCodes } from '#db/recovery-codes';
import { engines } from '#db/testing';
import { listConsents, rememberedConsent } from '../consent/facts.ts';
import { giveConsent } from '../consent/give-consent.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import { recoveryCodeHash } from '../factors/recovery-codes/rules.ts';
import { events, letters, testAccount, testMember, testMemberFlow, testPortal } from '../portal.testing.ts';
import { answerQuestions } from './answer-questions.ts';
import { pendingRecoveryCodes, pendingTotp } from './facts.ts';
import { finishEnrolment } from './finish-enrolment.ts';
import { installApp } from './install-app.ts';
import { saveRecoveryCodes } from './save-recovery-codes.ts';
import { scanCode } from './scan-code.ts';

const answers = {
  q1: 'first-soft-toy',
  a1: 'Capitaine Patate',
  q2: 'driving-instructor',
  a2: 'Bérengère',
  q3: 'school-trip',
  a3: 'Rocamadour',
  q4: 'first-film',
  a4: 'Le Roi et l’Oiseau',
};

describe.each(engines())('on $name', ({ open }) => {
  test('from nothing to enrolled and a consent, each act eight times at once, done once', async () => {
    const portal = await testPortal({ store: await open() });
    try {
      const { id } = await testAccount(portal);
      const flow = testMemberFlow(portal, { accountId: id });
      const once = async (act: () => Promise<{ readonly ok: boolean }>) => {
        const results = await Promise.all(Array.from({ length: 8 }, act));
        expect(results.filter((r) => r.ok)).toHaveLength(1);
      };
      expect((await installApp(portal, flow, { app: 'other' })).ok).toBe(true);
      expect((await installApp(portal, flow, { app: 'Google Authenticator' })).ok).toBe(true);
      const pending = await pendingTotp(portal, flow);
      expect(pending?.name).toBe('Google Authenticator');
      const code = (URI.parse(pending?.uri ?? '') as TOTP).generate({ timestamp: portal.now() });
      await once(() => scanCode(portal, flow, { code }));
      await once(() => answerQuestions(portal, flow, answers));
      const shown = (await pendingRecoveryCodes(portal, flow))?.codes ?? [];
      expect(shown).toHaveLength(10);
      await once(() => saveRecoveryCodes(portal, flow, { kept: 'yes' }));
      const finished = await Promise.all(Array.from({ length: 8 }, () => finishEnrolment(portal, flow)));
      expect(finished.filter((f) => f?.raised)).toHaveLength(1);

      // Recovery codes work once each, whoever comes first.
      const hash = recoveryCodeHash(portal.secrets, id, shown[0] ?? '');
      const uses = await Promise.all(Array.from({ length: 8 }, () => portal.store.unit(id, (tx) => consumeRecoveryCode(tx, id, hash, portal.now()))));
      expect(uses.filter((used) => used)).toHaveLength(1);
      expect((await portal.store.read((tx) => listRecoveryCodes(tx, id))).filter((row) => row.usedAt === null)).toHaveLength(9);

      const consenting = testMemberFlow(portal, { accountId: id, prompt: 'consent' });
      await Promise.all(Array.from({ length: 8 }, () => giveConsent(portal, consenting, ['openid', 'email'])));
      await giveConsent(portal, consenting, ['openid', 'profile']);
      expect(await rememberedConsent(portal, id, flow.application.id)).toMatchObject({ scopes: ['openid', 'profile'] });
      expect(await withdrawConsent(portal, testMember(id), flow.application.id)).toBe(true);
      expect(await listConsents(portal, id)).toEqual([]);
      expect((await letters(portal)).map((l) => l.kind)).toEqual(['factor-added', 'enrolment-finished', 'consent-given']);
      expect((await events(portal)).filter((e) => e.type === 'step-refused').length).toBe(7 * 3);
    } finally {
      await portal.close();
    }
  });
});

// A lost phone on both engines: what its statements do must not depend on which.
import { describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { pendingKey } from '../enrolment/swap.testing.ts';
import { rightAnswers, totpCode } from '../portal.testing.ts';
import { answerQuestions } from './answer-questions.ts';
import { finishLostPhone } from './finish-lost-phone.ts';
import { havingSaid, lostPhoneWorld, replacingFlow, testPass, withMailbox } from './lost-phone.testing.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';

const once = async (act: () => Promise<unknown>, done: (answer: unknown) => boolean) => {
  const answers = await Promise.all(Array.from({ length: 8 }, act));
  expect(answers.filter(done)).toHaveLength(1);
};
const ok = (answer: unknown) => (answer as { ok: boolean }).ok;

describe.each(engines())('on $name', ({ open }) => {
  test('each act eight times at once is done once, and one factor is left', async () => {
    const world = await lostPhoneWorld(0, { store: await open() });
    const { portal, claire, recoveryCodes } = world;
    try {
      const byCode = await havingSaid(world);
      await once(() => proveRecoveryCode(portal, byCode, { code: recoveryCodes[0] ?? '' }), ok);
      const byPass = await havingSaid(world, 'stolen');
      const pass = await testPass(portal, claire.id);
      await once(() => redeemPass(portal, byPass, { code: pass }), ok);
      const byAnswers = await withMailbox(world);
      await once(() => answerQuestions(portal, byAnswers, rightAnswers), ok);
      await once(() => finishLostPhone(portal, byAnswers), Boolean);

      const wizard = replacingFlow(world);
      await installApp(portal, wizard, { app: 'other' });
      const code = totpCode(await pendingKey(portal, claire.id), portal.now());
      await once(() => scanCode(portal, wizard, { code }), ok);
      const { db, s } = portal.store;
      expect(await db.select().from(s.factors)).toHaveLength(1);
      const rows = await db.select().from(s.reEnrolments);
      expect(rows).toHaveLength(3);
      expect(rows.filter(({ finishedAt }) => finishedAt !== null)).toHaveLength(1);
      expect(rows.every(({ cancelledAt, finishedAt }) => cancelledAt !== null || finishedAt !== null)).toBe(true);
    } finally {
      await portal.close();
    }
  });
});

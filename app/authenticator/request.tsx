'use client';
// The question that a sign-in, or an agent of the helpdesk, puts to the owner: who asks, from where, and three answers.
import { useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { seconds } from '#lib/duration';
import { parseNumber } from '#lib/factors/phone/rules';
import { Button, Pair, WaysBlock } from '#ui/button';
import { answerOf } from '#ui/credential';
import { Field } from '#ui/field';
import { Fact, Summary } from '#ui/rows';
import { SubmitButton } from '#ui/submit-button';
import styles from './app.module.css';
import { useClock } from './clock';
import type { Device } from './device';
import { PinField } from './pin-field';
import { signedCall, unreachable } from './portal-call';
import { AppForm, Screen, type Told, useSending, useWords } from './screen';
import type { ShownRequest } from './shown';

export type Answered = 'approved' | 'denied' | 'reported';

/** What can still be mended on this screen; after any other problem the request is over. */
const mendable: ReadonlySet<string> = new Set([
  unreachable,
  'unlock-needed',
  'biometrics-refused',
  'wrong-pin',
  'already-sent',
  'call-refused',
  'phone-clock',
  'portal-clock-phone',
]);
/** Told to who can't see the time run. */
const announced: readonly number[] = [60, 30, 10];

/** @param ahead how far the portal's clock is ahead, in milliseconds @param several whether this telephone has several accounts @param over answered, or no longer to be answered */
export function Request({
  device,
  request,
  ahead,
  several,
  over,
}: {
  device: Device;
  request: ShownRequest;
  ahead: number;
  several: boolean;
  over: (told: Told, answered: Answered | null) => void;
}) {
  const { words, language } = useWords();
  const onCall = request.about === 'call';
  // A call to the helpdesk must not look like a sign-in: it has words of its own, wherever that matters.
  const said = onCall ? { ...words.request, ...words.call } : words.request;
  const sending = useSending();
  const now = useClock() + ahead;
  const left = Math.max(0, Math.ceil((request.expiresAt - now) / seconds(1)));
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (announced.includes(left)) setSpoken(said.left(left));
  }, [left, said]);
  const end = useRef(over);
  useEffect(() => {
    end.current = over;
  }, [over]);
  useEffect(() => {
    if (left === 0 && !sending.busy) end.current({ tone: 'warning', sentence: said.over }, null);
  }, [left, sending.busy, said]);

  const unlock = async (pin: string) => {
    if (device.unlock === 'pin') return { kind: 'pin', pin } as const;
    const { challenge, credentialId: id } = request;
    const allowCredentials = [{ id, type: 'public-key', transports: ['internal'] }];
    const question = { challenge, rpId: location.hostname, allowCredentials, userVerification: 'required', timeout: seconds(60) };
    return { kind: 'biometrics', credential: await answerOf(JSON.stringify(question), false) } as const;
  };
  const answer = async (decision: 'approve' | 'deny' | 'report', field: (name: string) => string): Promise<readonly FormProblem[]> => {
    let input: object = { id: request.id, decision };
    if (decision === 'approve') {
      const number = field('number');
      const missing: FormProblem[] = [];
      if (parseNumber(number) === null) missing.push({ code: 'empty', field: 'number', sentence: said.numberMissing });
      if (device.unlock === 'pin' && !field('pin')) missing.push({ code: 'empty', field: 'pin', sentence: said.pinMissing });
      if (missing.length > 0) return missing;
      try {
        input = { ...input, number, unlock: await unlock(field('pin')) };
      } catch {
        return [{ code: 'cancelled', sentence: said.cancelled }];
      }
    }
    const answered = await signedCall<Answered>(device.factorId, 'answer', input, language);
    if (answered.ok) {
      over(
        { tone: answered.value === 'approved' ? 'success' : answered.value === 'denied' ? 'info' : 'warning', sentence: said.done[answered.value] },
        // Whoever calls the helpdesk in somebody's name need not know their password.
        onCall ? null : answered.value,
      );
      return [];
    }
    const [first] = answered.problems;
    if (first && !mendable.has(first.code) && !(first.code === 'wrong-number' && first.left))
      over({ tone: 'danger', sentence: first.sentence }, null);
    return answered.problems;
  };

  return (
    <Screen title={said.title(request.application)} heading={said.heading(request.application)} sending={sending}>
      {onCall && <p className="lead">{words.call.lead}</p>}
      <Summary>
        <Fact name={said.application}>
          <b>{request.application}</b>
        </Fact>
        {!onCall && (
          <>
            <Fact name={said.where}>
              {request.where}
              {request.sameNetwork === false && <span className="hint">{said.otherNetwork}</span>}
            </Fact>
            <Fact name={said.browser}>{request.browser}</Fact>
          </>
        )}
        <Fact name={said.time}>{words.home.today(request.createdAt, now)}</Fact>
        {several && <Fact name={said.account}>{device.address}</Fact>}
      </Summary>
      <span className="vh" role="status">
        {spoken}
      </span>
      <AppForm
        sending={sending}
        send={(field, pressed) => sending.send(() => answer(pressed === 'deny' || pressed === 'report' ? pressed : 'approve', field))}
      >
        <div className={styles.number}>
          <Field
            key={sending.keyOf('number')}
            name="number"
            label={said.number}
            hint={said.numberHint(left)}
            error={sending.error('number')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={2}
          />
        </div>
        {device.unlock === 'pin' && <PinField key={sending.keyOf('pin')} name="pin" label={said.pin} error={sending.error('pin')} />}
        <Pair>
          <SubmitButton value="approve" waiting={device.unlock === 'pin' ? said.sending : said.unlocking}>
            {said.accept}
          </SubmitButton>
          <Button kind="secondary" value="deny">
            {said.deny}
          </Button>
        </Pair>
        <WaysBlock>
          <p className="hint">{said.reportHint}</p>
          <Button kind="secondary" danger value="report">
            {said.report}
          </Button>
        </WaysBlock>
      </AppForm>
    </Screen>
  );
}

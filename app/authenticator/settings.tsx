'use client';
// What a telephone's owner may change from the telephone itself: its name, its notifications, its PIN, and whether it stays.
import { useEffect, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { Button, Pair } from '#ui/button';
import { Field } from '#ui/field';
import { SubmitButton } from '#ui/submit-button';
import type { Device } from './device';
import { PinField } from './pin-field';
import { type SignedCallName, signedCall } from './portal-call';
import { AppForm, problemsOf, Screen, type Told, useSending, useWords } from './screen';
import { currentSubscription, type Notifications, subscribe, unsubscribe } from './subscription';

/** @param removed it is no longer of the account; the app forgets it */
export function Settings({
  device,
  name,
  look,
  back,
  removed,
}: {
  device: Device;
  name: string;
  look: () => Promise<unknown>;
  back: () => void;
  removed: () => void;
}) {
  const { words, language } = useWords();
  const { settings: said } = words;
  const sending = useSending();
  const [told, setTold] = useState<Told | null>(null);
  const [removing, setRemoving] = useState(false);
  const [state, setState] = useState<Notifications | null>(null);
  /** A PIN that was changed leaves no trace in its fields. */
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    void currentSubscription().then(({ state: now }) => setState(now));
  }, []);

  /** @param sentence to be said when it is done */
  const ask = async (call: SignedCallName, input: object, sentence: string): Promise<readonly FormProblem[]> => {
    setTold(null);
    const answer = await signedCall(device.factorId, call, input, language);
    if (answer.ok) {
      setTold({ tone: 'success', sentence });
      setChanges((n) => n + 1);
      await look();
    }
    return problemsOf(answer);
  };
  const turn = async (): Promise<readonly FormProblem[]> => {
    if (state === 'on') {
      await unsubscribe();
      setState('off');
      return ask('subscription', { subscription: null }, said.turnedOff);
    }
    const made = await subscribe(device.pushKey).catch(() => null);
    if (made) setState(made.state);
    if (made?.subscription) return ask('subscription', { subscription: made.subscription }, said.turnedOn);
    setTold({ tone: 'warning', sentence: made?.state === 'denied' ? words.notifications.denied : words.notifications.failed });
    return [];
  };
  const remove = async (): Promise<readonly FormProblem[]> => {
    const answer = await signedCall(device.factorId, 'remove', {}, language);
    if (answer.ok || answer.problems[0]?.code === 'phone-gone') {
      removed();
      return [];
    }
    return answer.problems;
  };

  if (removing)
    return (
      <Screen title={said.removeTitle} heading={said.removeTitle} lead={said.removeLead} sending={sending}>
        <AppForm sending={sending} send={() => sending.send(remove)}>
          <Pair>
            <Button type="button" kind="secondary" onClick={() => setRemoving(false)}>
              {said.removeNo}
            </Button>
            <SubmitButton danger>{said.removeYes}</SubmitButton>
          </Pair>
        </AppForm>
      </Screen>
    );
  return (
    <Screen title={said.title} heading={said.heading} lead={device.address} told={told} sending={sending}>
      <AppForm sending={sending} send={(field) => sending.send(() => ask('rename', { name: field('name') }, said.renamed))}>
        <Field name="name" label={said.name} hint={said.nameHint} error={sending.error('name')} defaultValue={name} autoComplete="off" />
        <SubmitButton kind="secondary">{said.rename}</SubmitButton>
      </AppForm>
      {(state === 'on' || state === 'off') && (
        <section aria-labelledby="notifications">
          <h2 id="notifications">{said.notifications}</h2>
          <AppForm sending={sending} send={() => sending.send(turn)}>
            <SubmitButton kind="secondary">{state === 'on' ? said.turnOff : words.home.turnOn}</SubmitButton>
          </AppForm>
        </section>
      )}
      {device.unlock === 'pin' && (
        <section aria-labelledby="pin-heading">
          <h2 id="pin-heading">{said.pinHeading}</h2>
          <AppForm
            key={changes}
            sending={sending}
            send={(field) => sending.send(() => ask('pin', { pin: field('pin'), newPin: field('newPin') }, said.pinChanged))}
          >
            <PinField which="current" name="pin" label={said.currentPin} error={sending.error('pin')} />
            <PinField which="new" name="newPin" label={said.newPin} hint={said.newPinHint} error={sending.error('newPin')} />
            <SubmitButton kind="secondary">{said.changePin}</SubmitButton>
          </AppForm>
        </section>
      )}
      <section aria-labelledby="remove-heading">
        <h2 id="remove-heading">{said.removeHeading}</h2>
        <Button type="button" kind="secondary" danger onClick={() => setRemoving(true)}>
          {said.remove}
        </Button>
      </section>
      <p>
        <button type="button" className="link" onClick={back}>
          {said.back}
        </button>
      </p>
    </Screen>
  );
}

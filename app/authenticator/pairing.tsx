'use client';
// A telephone becomes somebody's: whose account, how it unlocks, whether it may be notified, and the computer's word. Whatever is reloaded,
// what the portal knows of is on this telephone already.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { seconds } from '#lib/duration';
import { judgePin, pairingText, phoneName, type Unlock } from '#lib/factors/phone/rules';
import { browserOf } from '#lib/mail/browser';
import { Button, Pair } from '#ui/button';
import { Choice, Choices } from '#ui/choice';
import { answerOf } from '#ui/credential';
import { KeyIcon, SixFiguresIcon } from '#ui/icon';
import { Fact, Summary } from '#ui/rows';
import { SubmitButton } from '#ui/submit-button';
import { Tag } from '#ui/tag';
import { Loading } from '#ui/waiting';
import { type Device, deleteRecord, type Pairing as Kept, listRecords, putRecord } from './device';
import { hashOf, makeKey, signed } from './keys';
import { PinField } from './pin-field';
import { call } from './portal-call';
import { AppForm, Screen, type Told, useFacts, useSending, useWords } from './screen';
import { currentSubscription, type Subscription, subscribe } from './subscription';

type Made = { readonly kind: 'biometrics'; readonly credential: string } | { readonly kind: 'pin'; readonly pin: string };

/** What ends a pairing: nothing that is pressed here mends it. */
const ends: ReadonlySet<string> = new Set(['ticket-used', 'ticket-expired']);
/** What another choice of how to unlock mends. */
const ofUnlock: ReadonlySet<string> = new Set([
  'pin-length',
  'pin-digits',
  'pin-guessable',
  'biometrics-refused',
  'biometrics-not-verified',
  'passkey-already-there',
]);

/** @param ready it is confirmed @param over it is not, and why */
export function Pairing({ kept, ready, over }: { kept: Kept; ready: (device: Device) => void; over: (told: Told | null) => void }) {
  const { words, language } = useWords();
  const [stage, setStage] = useState<'account' | 'unlock' | 'notifications' | 'waiting'>(kept.step === 'claimed' ? 'account' : 'waiting');
  const [made, setMade] = useState<Made | null>(null);
  const [problems, setProblems] = useState<readonly FormProblem[]>([]);
  /** The same again, when its answer was lost, is a retry. */
  const sent = useRef<{ readonly made: Made; readonly endpoint: string | null; readonly body: string; readonly signature: string } | null>(null);
  const drop = useCallback(
    async (told: Told | null) => {
      await deleteRecord(kept.factorId);
      over(told);
    },
    [kept.factorId, over],
  );

  const finish = async (subscription: Subscription | null): Promise<readonly FormProblem[]> => {
    if (!made) return [];
    const endpoint = subscription?.endpoint ?? null;
    if (sent.current?.made !== made || sent.current.endpoint !== endpoint) {
      const { privateKey, publicKey } = await makeKey();
      await putRecord({ ...kept, key: privateKey, publicKey, unlock: made.kind, step: 'finishing' });
      const body = JSON.stringify({ key: publicKey, unlock: made, subscription });
      sent.current = { made, endpoint, body, signature: await signed(privateKey, pairingText(kept.factorId, kept.nonce, await hashOf(body))) };
    }
    const { body, signature } = sent.current;
    const answer = await call('finish', { claim: kept.claim, body, signature }, language);
    if (answer.ok) {
      setStage('waiting');
      return [];
    }
    const [first] = answer.problems;
    if (first && ends.has(first.code)) await drop({ tone: 'danger', sentence: first.sentence });
    if (first && ofUnlock.has(first.code)) {
      setProblems(answer.problems);
      setStage('unlock');
    }
    return answer.problems;
  };

  if (stage === 'account')
    return <Account kept={kept} accept={() => setStage('unlock')} refuse={() => void drop({ tone: 'warning', sentence: words.account.refused })} />;
  if (stage === 'unlock')
    return (
      <UnlockChoice
        kept={kept}
        before={problems}
        chosen={(by) => {
          setMade(by);
          setProblems([]);
          setStage('notifications');
        }}
      />
    );
  if (stage === 'notifications') return <Notifications pushKey={kept.pushKey} go={finish} />;
  return (
    <Waiting
      kept={kept}
      unlock={made?.kind ?? kept.unlock ?? 'pin'}
      ready={ready}
      gone={(sentence) => void drop({ tone: 'warning', sentence })}
      again={() => void drop(null)}
    />
  );
}

function Account({ kept, accept, refuse }: { kept: Kept; accept: () => void; refuse: () => void }) {
  const { account } = useWords().words;
  return (
    <Screen title={account.title} heading={account.heading} lead={account.lead}>
      <Summary>
        <Fact name={account.address}>
          <b>{kept.address}</b>
        </Fact>
        <Fact name={account.name}>{kept.personName}</Fact>
      </Summary>
      <Pair>
        <Button type="button" onClick={accept}>
          {account.accept}
        </Button>
        <Button type="button" kind="secondary" onClick={refuse}>
          {account.refuse}
        </Button>
      </Pair>
    </Screen>
  );
}

/** @param before what the portal said of the choice that was sent */
function UnlockChoice({ kept, before, chosen }: { kept: Kept; before: readonly FormProblem[]; chosen: (made: Made) => void }) {
  const { words } = useWords();
  const { unlock } = words;
  const { pin: policy, pinProblems } = useFacts();
  const sending = useSending();
  const [able, setAble] = useState<boolean | null>(null);
  useEffect(() => {
    const asked =
      typeof PublicKeyCredential === 'undefined' ? Promise.resolve(false) : PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
    asked.catch(() => false).then(setAble);
  }, []);
  const first = useRef(before);
  const { send } = sending;
  useEffect(() => {
    const told = first.current;
    first.current = [];
    if (told.length > 0) send(async () => told);
  }, [send]);

  const choose = async (by: Unlock, pin: string): Promise<readonly FormProblem[]> => {
    if (by === 'pin') {
      if (!pin) return [{ code: 'empty', field: 'pin', sentence: unlock.pinMissing }];
      const problem = judgePin(pin, policy);
      if (problem) return [{ code: problem, field: 'pin', sentence: pinProblems[problem] }];
      chosen({ kind: 'pin', pin });
      return [];
    }
    try {
      chosen({ kind: 'biometrics', credential: await answerOf(kept.question, true) });
      return [];
    } catch {
      return [{ code: 'cancelled', sentence: unlock.cancelled }];
    }
  };
  if (able === null) return <Loading>{words.wait}</Loading>;
  const pinField = <PinField name="pin" label={unlock.newPin} hint={unlock.newPinHint} error={sending.error('pin')} />;
  return (
    <Screen title={unlock.title} heading={unlock.heading} lead={unlock.lead} sending={sending}>
      <AppForm sending={sending} send={(field) => sending.send(() => choose(able && field('unlock') !== 'pin' ? 'biometrics' : 'pin', field('pin')))}>
        {able ? (
          <Choices name="unlock" legend={unlock.legend}>
            <Choice
              name="unlock"
              value="biometrics"
              title={unlock.biometrics}
              hint={unlock.biometricsHint}
              tag={<Tag tone="accent">{unlock.recommended}</Tag>}
              icon={<KeyIcon />}
              chosen
              first
            />
            <Choice name="unlock" value="pin" title={unlock.pin} hint={unlock.pinHint} icon={<SixFiguresIcon />}>
              {pinField}
            </Choice>
          </Choices>
        ) : (
          <>
            <p className="hint">
              {unlock.noBiometrics} {unlock.pinHint}
            </p>
            {pinField}
          </>
        )}
        <SubmitButton waiting={unlock.making}>{unlock.submit}</SubmitButton>
      </AppForm>
    </Screen>
  );
}

function Notifications({ pushKey, go }: { pushKey: string; go: (subscription: Subscription | null) => Promise<readonly FormProblem[]> }) {
  const { notifications } = useWords().words;
  const sending = useSending();
  // Of its own: whoever leaves the browser's question unanswered may still go on.
  const skipping = useSending();
  const skipped = useRef(false);
  const [told, setTold] = useState<Told | null>(null);
  const [possible, setPossible] = useState(true);
  useEffect(() => {
    void currentSubscription().then(({ state }) => {
      if (state !== 'denied' && state !== 'absent') return;
      setPossible(false);
      setTold({ tone: 'info', sentence: notifications[state] });
    });
  }, [notifications]);
  const allow = async (): Promise<readonly FormProblem[]> => {
    setTold(null);
    const made = await subscribe(pushKey).catch(() => null);
    if (skipped.current) return [];
    if (made?.subscription) return go(made.subscription);
    setTold({ tone: 'warning', sentence: made?.state === 'denied' ? notifications.denied : notifications.failed });
    if (made?.state === 'denied') setPossible(false);
    return [];
  };
  const without = async (): Promise<readonly FormProblem[]> => {
    skipped.current = true;
    const problems = await go(null);
    if (problems.length > 0) skipped.current = false;
    return problems;
  };
  const shown = skipping.problems.length > 0 ? skipping : sending;
  return (
    <Screen title={notifications.title} heading={notifications.heading} lead={notifications.lead} told={told} sending={shown}>
      <AppForm sending={sending} send={(_field, pressed) => (pressed === 'allow' ? sending.send(allow) : skipping.send(without))}>
        {possible && (
          <SubmitButton value="allow" waiting={notifications.asking}>
            {notifications.allow}
          </SubmitButton>
        )}
        <Button kind={possible ? 'secondary' : 'primary'} value="without">
          {notifications.without}
        </Button>
      </AppForm>
    </Screen>
  );
}

const betweenLooks = seconds(2);

/** From now on it is its account's: what only pairing needed goes. Null when the key is not there, which no telephone can mend. */
async function confirmed(factorId: string, unlock: Unlock): Promise<Device | null> {
  const record = (await listRecords()).find((held) => held.factorId === factorId);
  if (!record?.key) return null;
  const { address, personName, codes, pushKey, counter, key } = record;
  const device: Device = { factorId, address, personName, codes, pushKey, counter, key, unlock: record.unlock ?? unlock, step: 'ready' };
  await putRecord(device);
  return device;
}

function Waiting({
  kept,
  unlock,
  ready,
  gone,
  again,
}: {
  kept: Kept;
  unlock: Unlock;
  ready: (device: Device) => void;
  gone: (sentence: string) => void;
  again: () => void;
}) {
  const { words, language } = useWords();
  const { waiting } = words;
  const latest = useRef({ ready, gone });
  useEffect(() => {
    latest.current = { ready, gone };
  }, [ready, gone]);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer =
        document.visibilityState === 'visible' ? await call<'waiting' | 'confirmed' | 'gone'>('pairing', { claim: kept.claim }, language) : null;
      if (over) return;
      if (answer?.ok && answer.value === 'confirmed') {
        const device = await confirmed(kept.factorId, unlock);
        return device ? latest.current.ready(device) : latest.current.gone(waiting.gone);
      }
      if (answer?.ok && answer.value === 'gone') return latest.current.gone(waiting.gone);
      timer = setTimeout(look, betweenLooks);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [kept, unlock, language, waiting]);
  const name = phoneName(browserOf(navigator.userAgent)?.system ?? null, language);
  return (
    <Screen title={waiting.title} heading={waiting.heading} lead={waiting.lead}>
      <Summary>
        <Fact name={waiting.shown}>
          <b>{name}</b>
        </Fact>
        <Fact name={waiting.account}>{kept.address}</Fact>
      </Summary>
      <Loading>{waiting.loading}</Loading>
      <p>
        <button type="button" className="link" onClick={again}>
          {waiting.again}
        </button>
      </p>
    </Screen>
  );
}

'use client';
// The app with nothing to answer: each account, whether notifications come, what was answered lately, and codes for where there is no network.
import { useEffect, useRef, useState } from 'react';
import { seconds } from '#lib/duration';
import { Button } from '#ui/button';
import { Notice } from '#ui/notice';
import { Fact, Happened, Summary } from '#ui/rows';
import { Sentence } from '#ui/sentence';
import { SubmitButton } from '#ui/submit-button';
import { Tag } from '#ui/tag';
import { Loading } from '#ui/waiting';
import styles from './app.module.css';
import { clock, useClock } from './clock';
import type { Device } from './device';
import { lost, type Seen } from './homes';
import { codeAt } from './keys';
import { signedCall, unreachable } from './portal-call';
import { AppForm, problemsOf, Screen, type Told, useFacts, useSending, useWords } from './screen';
import { currentSubscription, type Notifications, subscribe } from './subscription';

/** A push takes seconds; after this long, something is in its way. */
const patience = seconds(20);

const installable = () => /\bAndroid\b/.test(navigator.userAgent) && !window.matchMedia('(display-mode: standalone)').matches;

/** @param arrivals counts the test notifications that came while the app is open @param fresh paired a moment ago: tested at once */
export function Home({
  devices,
  homes,
  told,
  fresh,
  tested,
  arrivals,
  link,
  look,
  settings,
  another,
  forget,
}: {
  devices: readonly Device[];
  homes: ReadonlyMap<string, Seen>;
  told: Told | null;
  fresh: string | null;
  /** That was done, and is not done again. */
  tested: () => void;
  arrivals: number;
  /** What a report advises. */
  link: { readonly href: string; readonly name: string } | null;
  look: (factorId: string) => Promise<unknown>;
  settings: (factorId: string) => void;
  another: () => void;
  forget: (factorId: string) => void;
}) {
  const { words } = useWords();
  const { home: said } = words;
  const several = devices.length > 1;
  const problems = devices.map(({ factorId }) => homes.get(factorId)?.problem?.code ?? null);
  const all = (is: (code: string) => boolean) => problems.every((code) => code !== null && is(code));
  // Whether nothing is to be confirmed, only the portal can tell.
  const heading = all((code) => code === unreachable) ? said.offline : all((code) => lost.has(code)) ? said.lost : said.heading;
  const lead = heading === said.offline ? said.offlineLead : heading === said.lost ? undefined : said.lead;
  return (
    <Screen title={heading} heading={heading} {...(lead && { lead })} told={told}>
      {link && (
        <p>
          <a href={link.href}>{link.name}</a>
        </p>
      )}
      {devices.map((device) => (
        <Account
          key={device.factorId}
          device={device}
          seen={homes.get(device.factorId)}
          fresh={fresh === device.factorId}
          tested={tested}
          arrivals={arrivals}
          look={() => look(device.factorId)}
          settings={several ? said.settingsOf(device.address) : said.settings}
          open={() => settings(device.factorId)}
          forget={() => forget(device.factorId)}
        />
      ))}
      <p>
        <button type="button" className="link" onClick={another}>
          {said.another}
        </button>
      </p>
      {installable() && <p className="hint">{words.install.android}</p>}
    </Screen>
  );
}

function Account({
  device,
  seen,
  fresh,
  tested,
  arrivals,
  look,
  settings,
  open,
  forget,
}: {
  device: Device;
  seen: Seen | undefined;
  fresh: boolean;
  tested: () => void;
  arrivals: number;
  look: () => Promise<unknown>;
  settings: string;
  open: () => void;
  forget: () => void;
}) {
  const { words } = useWords();
  const { home: said } = words;
  const home = seen?.home ?? null;
  const problem = seen?.problem ?? null;
  if (!home && !problem) return <Loading>{words.wait}</Loading>;
  return (
    <>
      {problem && problem.code !== unreachable && (
        <Notice tone={lost.has(problem.code) ? 'danger' : 'warning'} announce="status">
          <Sentence text={problem.sentence} />
        </Notice>
      )}
      <Facts device={device} seen={seen} fresh={fresh} tested={tested} arrivals={arrivals} look={look} />
      {home && home.answered.length > 0 && (
        <section aria-labelledby={`answered-${device.factorId}`}>
          <h2 id={`answered-${device.factorId}`}>{said.answered}</h2>
          <ol className={styles.answered}>
            {home.answered.map(({ application, at, status, why }) => (
              <Happened
                key={at}
                at={at}
                time={words.at.time(at)}
                name={application}
                lines={[said.onDay(said.answer(status, why), words.at.dayHeading(at, home.now).replace(/,.*/, ''))]}
              />
            ))}
          </ol>
        </section>
      )}
      {!(problem && lost.has(problem.code)) && <Codes device={device} />}
      <p>
        <button type="button" className="link" onClick={problem && lost.has(problem.code) ? forget : open}>
          {problem && lost.has(problem.code) ? said.forget : settings}
        </button>
      </p>
    </>
  );
}

const tones = { on: 'success', off: 'warning', denied: 'danger', absent: undefined } as const;

function Facts({
  device,
  seen,
  fresh,
  tested,
  arrivals,
  look,
}: {
  device: Device;
  seen: Seen | undefined;
  fresh: boolean;
  tested: () => void;
  arrivals: number;
  look: () => Promise<unknown>;
}) {
  const { words, language } = useWords();
  const { home: said, notifications: asked } = words;
  const { factorId, pushKey } = device;
  const sending = useSending();
  const [state, setState] = useState<Notifications | null>(null);
  const [test, setTest] = useState<{ readonly since: number; readonly late: boolean } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const home = seen?.home ?? null;
  const endpoint = home === null ? undefined : home.endpoint;

  // Browsers change where notifications go, and don't always say so (phone.md §8.6).
  const compared = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (endpoint === undefined) return;
    void currentSubscription().then(async ({ state: now, subscription }) => {
      setState(now);
      const here = subscription?.endpoint ?? null;
      if (here === endpoint || compared.current === here) return;
      compared.current = here;
      await signedCall(factorId, 'subscription', { subscription }, language);
      await look();
    });
  }, [endpoint, factorId, language, look]);

  const { send } = sending;
  const begun = useRef(false);
  useEffect(() => {
    // The same as on the page: what the portal knows, and what this browser says.
    if (!fresh || begun.current || state !== 'on' || !endpoint) return;
    begun.current = true;
    tested();
    send(async () => {
      const answer = await signedCall(factorId, 'test', {}, language);
      if (answer.ok) setTest({ since: arrivals, late: false });
      return problemsOf(answer);
    });
  }, [fresh, state, endpoint, factorId, language, send, arrivals, tested]);

  const arrived = test !== null && arrivals > test.since;
  useEffect(() => {
    if (test === null || arrived || test.late) return;
    const late = setTimeout(() => setTest({ ...test, late: true }), patience);
    return () => clearTimeout(late);
  }, [test, arrived]);

  const act = async () => {
    setRefused(null);
    if (state === 'on') {
      const answer = await signedCall(factorId, 'test', {}, language);
      if (answer.ok) setTest({ since: arrivals, late: false });
      return problemsOf(answer);
    }
    const made = await subscribe(pushKey).catch(() => null);
    if (!made?.subscription) {
      if (made) setState(made.state);
      setRefused(made?.state === 'denied' ? asked.denied : asked.failed);
      return [];
    }
    const answer = await signedCall(factorId, 'subscription', { subscription: made.subscription }, language);
    if (answer.ok) setState('on');
    await look();
    return problemsOf(answer);
  };
  const now = (seen?.ahead ?? 0) + clock();
  const problem = sending.problems[0]?.sentence ?? refused ?? (test?.late && !arrived ? said.testLate : null);
  return (
    <>
      <Summary>
        {home && (
          <Fact name={said.phone}>
            <b>{home.name}</b>
          </Fact>
        )}
        <Fact name={said.account}>{device.address}</Fact>
        {state && <Fact name={said.notifications}>{tones[state] ? <Tag tone={tones[state]}>{said[state]}</Tag> : <Tag>{said[state]}</Tag>}</Fact>}
        <Fact name={said.unlock}>{device.unlock === 'pin' ? said.pin : said.biometrics}</Fact>
        {home && <Fact name={said.lastUsed}>{home.lastUsedAt === null ? said.never : said.today(home.lastUsedAt, now)}</Fact>}
      </Summary>
      {state === 'denied' && (
        <Notice>
          <Sentence text={asked.denied} />
        </Notice>
      )}
      {(state === 'on' || state === 'off') && home && !(seen?.problem && lost.has(seen.problem.code)) && (
        <AppForm sending={sending} send={() => sending.send(act)}>
          {problem && (
            <Notice tone="warning" announce="status">
              <Sentence text={problem} />
            </Notice>
          )}
          <SubmitButton kind="secondary">{state === 'on' ? said.test : said.turnOn}</SubmitButton>
          <p className="hint" role="status">
            {arrived ? said.testArrived : test && !test.late ? said.testSent : ''}
          </p>
        </AppForm>
      )}
    </>
  );
}

/** One scan, two ways: a code of the same pairing, which needs no network. */
function Codes({ device }: { device: Device }) {
  const { words } = useWords();
  const { codes: said } = words;
  const [open, setOpen] = useState(false);
  const id = `codes-${device.factorId}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{said.heading}</h2>
      <p>{said.lead}</p>
      {open && <Code device={device} />}
      <Button type="button" kind="secondary" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? said.hide : said.show}
      </Button>
    </section>
  );
}

function Code({ device }: { device: Device }) {
  const { words } = useWords();
  const { codes: said } = words;
  const { codes: policy } = useFacts();
  const now = useClock();
  const step = Math.floor(now / policy.period);
  const [code, setCode] = useState('');
  useEffect(() => {
    void codeAt(device.codes, step * policy.period, policy.period, policy.digits).then(setCode);
  }, [device.codes, step, policy]);
  const left = Math.ceil(((step + 1) * policy.period - now) / seconds(1));
  return (
    <div className={styles.code}>
      <p>
        <span className="vh">{said.spoken([...code].join(' '))}</span>
        <strong aria-hidden="true">{code.replace(/^.{3}/, '$&\u00a0')}</strong>
      </p>
      <p className="hint">{said.left(left)}</p>
    </div>
  );
}

'use client';
// The telephone's app: which screen is due, from what this telephone keeps, what its address brought, and what the portal says.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { paths } from '#app/paths';
import { Notice } from '#ui/notice';
import { useScript } from '#ui/script';
import { Loading } from '#ui/waiting';
import { clock } from './clock';
import { type Device, deleteRecord, isFit, type Pairing as Kept, listRecords, putRecord } from './device';
import { Home } from './home';
import { useHomes } from './homes';
import { codesKey } from './keys';
import { Pairing } from './pairing';
import { call } from './portal-call';
import { type Answered, Request } from './request';
import { Scanner } from './scanner';
import { FactsProvider, problemsOf, Screen, type Told, useWords } from './screen';
import { Settings } from './settings';
import { keepShell } from './shell';
import type { AppFacts, ShownClaim, ShownRequest } from './shown';
import { Install, Start } from './start';
import { register, unsubscribe } from './subscription';
import { clearAddress, takeTicket } from './ticket';

/** Before anything else runs: the ticket must not stay in the address. */
const arrivedWith = typeof window === 'undefined' ? null : takeTicket();

/** Safari on an iPhone or iPad, whose installed apps keep their things apart (phone.md §5). */
const mustInstall = () =>
  (/\b(iPhone|iPad|iPod)\b/.test(navigator.userAgent) || (/\bMacintosh\b/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)) &&
  !window.matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches;

type Place =
  | { readonly at: 'loading' | 'unfit' | 'install' | 'start' | 'scanner' | 'home' }
  | { readonly at: 'pairing'; readonly kept: Kept }
  | { readonly at: 'settings'; readonly factorId: string };

export function App({ facts }: { facts: AppFacts }) {
  return (
    <FactsProvider value={facts}>
      <Screens />
    </FactsProvider>
  );
}

function Screens() {
  const { words, language } = useWords();
  const [place, setPlace] = useState<Place>({ at: 'loading' });
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const [told, setTold] = useState<Told | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const script = useScript();

  const claim = useCallback(
    async (input: { readonly ticket: string } | { readonly code: string }): Promise<readonly FormProblem[]> => {
      const answer = await call<ShownClaim>('claim', input, language);
      if (!answer.ok) return problemsOf(answer);
      const { key, name: personName, ...claimed } = answer.value;
      const { claim: held, factorId, nonce, question, pushKey, expiresAt, address } = claimed;
      const codes = await codesKey(key);
      const nothingYet = { counter: 0, key: null, publicKey: null, unlock: null, step: 'claimed' } as const;
      const kept: Kept = { factorId, address, personName, codes, pushKey, claim: held, nonce, question, expiresAt, ...nothingYet };
      await putRecord(kept);
      // Never waited for: some browsers ask their owner.
      navigator.storage?.persist?.().catch(() => undefined);
      setTold(null);
      setPlace({ at: 'pairing', kept });
      return [];
    },
    [language],
  );
  const claimTicket = useCallback(
    async (ticket: string) => {
      setPlace({ at: 'loading' });
      const [problem] = await claim({ ticket });
      if (!problem) return;
      setTold({ tone: 'danger', sentence: problem.sentence || words.unreachable });
      setPlace({ at: 'start' });
    },
    [claim, words],
  );

  const begun = useRef(false);
  useEffect(() => {
    // Once, whatever the language becomes.
    if (begun.current) return;
    begun.current = true;
    clearAddress();
    const begin = async () => {
      const fit = await isFit();
      // The router listens by now, and forgets the ticket too.
      if (arrivedWith) history.replaceState(null, '', paths.authenticator);
      if (!fit) return setPlace({ at: 'unfit' });
      void register().then(keepShell);
      const records = await listRecords();
      const ready = records.filter((record) => record.step === 'ready');
      setDevices(ready);
      const pairings = records.filter((record) => record.step !== 'ready');
      for (const { factorId, expiresAt } of pairings) if (expiresAt <= clock()) await deleteRecord(factorId);
      const kept = pairings.find(({ expiresAt }) => expiresAt > clock());
      if (arrivedWith && !mustInstall()) return claimTicket(arrivedWith);
      if (kept && !arrivedWith) return setPlace({ at: 'pairing', kept });
      setPlace({ at: ready.length > 0 ? 'home' : mustInstall() ? 'install' : 'start' });
    };
    void begin();
  }, [claimTicket]);

  const tested = useCallback(() => setFresh(null), []);
  const ended = useCallback((why: Told | null) => {
    setTold(why);
    setPlace({ at: 'start' });
  }, []);
  const forget = async (factorId: string) => {
    await deleteRecord(factorId);
    const left = devices.filter((device) => device.factorId !== factorId);
    if (left.length === 0) await unsubscribe();
    setDevices(left);
    return left;
  };

  if (place.at === 'loading')
    return (
      <Screen title={words.product} heading={words.product}>
        {script ? (
          <Loading>{words.wait}</Loading>
        ) : (
          <noscript>
            <Notice title={words.noScript.title}>
              <p>{words.noScript.say}</p>
            </Notice>
          </noscript>
        )}
      </Screen>
    );
  if (place.at === 'unfit')
    return (
      <Screen title={words.unfit.title} heading={words.unfit.title} lead={words.unfit.say}>
        <p>{words.unfit.advice}</p>
      </Screen>
    );
  if (place.at === 'install') return <Install anyway={() => setPlace({ at: 'start' })} />;
  if (place.at === 'scanner') return <Scanner found={(ticket) => void claimTicket(ticket)} back={() => setPlace({ at: 'start' })} />;
  if (place.at === 'pairing')
    return (
      <Pairing
        kept={place.kept}
        over={ended}
        ready={(device) => {
          setDevices((before) => [...before, device]);
          setFresh(device.factorId);
          setTold({ tone: 'success', sentence: words.home.paired });
          setPlace({ at: 'home' });
        }}
      />
    );
  if (place.at === 'start')
    return (
      <Start
        told={told}
        scan={() => {
          setTold(null);
          setPlace({ at: 'scanner' });
        }}
        claim={(code) => claim({ code })}
        keep={devices.length > 0 ? () => setPlace({ at: 'home' }) : null}
      />
    );
  return (
    <Accounts
      devices={devices}
      fresh={fresh}
      tested={tested}
      told={told}
      tell={setTold}
      open={place.at === 'settings' ? place.factorId : null}
      go={(factorId) => {
        setTold(null);
        setPlace(factorId === null ? { at: 'home' } : { at: 'settings', factorId });
      }}
      another={() => {
        setTold(null);
        setPlace({ at: 'start' });
      }}
      forget={async (factorId, why) => {
        const left = await forget(factorId);
        setTold(why);
        setPlace({ at: left.length > 0 ? 'home' : 'start' });
      }}
    />
  );
}

/** What is asked comes first, whatever else is open. */
function Accounts({
  devices,
  fresh,
  tested,
  told,
  tell,
  open,
  go,
  another,
  forget,
}: {
  devices: readonly Device[];
  fresh: string | null;
  tested: () => void;
  told: Told | null;
  tell: (told: Told | null) => void;
  open: string | null;
  go: (settings: string | null) => void;
  another: () => void;
  forget: (factorId: string, why: Told | null) => void;
}) {
  const { words, language } = useWords();
  const [arrivals, setArrivals] = useState(0);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<Answered | null>(null);
  const came = useCallback((kind: 'test' | 'req') => {
    if (kind === 'test') setArrivals((n) => n + 1);
  }, []);
  const { homes, look } = useHomes(devices, language, came);

  const asked = devices.flatMap((device) => {
    const seen = homes.get(device.factorId);
    const request = seen?.home?.requests.find(({ id, expiresAt }) => !answered.has(id) && expiresAt > clock() + seen.ahead);
    return seen && request ? [{ device, request, ahead: seen.ahead }] : [];
  })[0];

  // One that goes while it is looked at was not answered here: say so, or somebody goes on looking for it.
  const [shown, setShown] = useState<ShownRequest | null>(null);
  const current = asked?.request ?? null;
  useEffect(() => {
    if (current?.id === shown?.id) return;
    setShown(current);
    if (current) {
      setLast(null);
      tell(null);
    } else if (shown && !answered.has(shown.id)) {
      tell({ tone: 'warning', sentence: shown.expiresAt <= clock() ? words.request.over : words.request.ended });
    }
  }, [current, shown, answered, tell, words]);

  if (asked)
    return (
      <Request
        key={asked.request.id}
        {...asked}
        several={devices.length > 1}
        over={(why, by) => {
          setAnswered((before) => new Set(before).add(asked.request.id));
          setLast(by);
          tell(why);
          if (open !== null) go(null);
          void look(asked.device.factorId);
        }}
      />
    );
  const device = devices.find(({ factorId }) => factorId === open);
  if (device)
    return (
      <Settings
        device={device}
        name={homes.get(device.factorId)?.home?.name ?? ''}
        look={() => look(device.factorId)}
        back={() => go(null)}
        removed={() => forget(device.factorId, { tone: 'success', sentence: words.settings.removed })}
      />
    );
  return (
    <Home
      devices={devices}
      homes={homes}
      told={told}
      fresh={fresh}
      tested={tested}
      arrivals={arrivals}
      link={last === 'reported' ? { href: paths.password, name: words.request.changePassword } : null}
      look={look}
      settings={go}
      another={another}
      forget={(factorId) => forget(factorId, null)}
    />
  );
}

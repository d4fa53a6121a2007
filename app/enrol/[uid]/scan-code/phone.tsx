// A telephone to put in place: the QR code that it scans, the code to type instead, and the question whether it is the right one. The wizard,
// the account and a change of phones show the same.
import type { PairingOnScreen, PhoneInPlace } from '#lib/factors/phone/facts';
import { likelyReplaced, replacesNone } from '#lib/factors/phone/rules';
import { words } from '#lib/language/language';
import type { Portal } from '#lib/portal';
import type { Visitor } from '#lib/visitor';
import { ButtonLink } from '#ui/button';
import { Pairing } from '#ui/pairing';
import { Key, QrBlock, QrCode, UnderKey } from '#ui/qr-code';
import { Directions, Fact, Summary } from '#ui/rows';
import { titleOf } from '#ui/title';
import type { FormAction } from '../../../form-state';
import { paths } from '../../../paths';

/** What a browser that waits is told: another word, and its page is another. */
export const pairingState = (pairing: PairingOnScreen | null): string => (pairing ? `${pairing.factorId}:${pairing.state}` : 'none');

/**
 * @param earlier telephones of which the new one may take the place of one; whoever has some is asked
 * @param here this page; @param otherWay where another choice is made
 */
export async function PhoneToPair({
  portal,
  visitor,
  pairing,
  earlier = [],
  actions,
  watch,
  here,
  otherWay,
  fields,
}: {
  portal: Portal;
  visitor: Visitor;
  pairing: PairingOnScreen | null;
  earlier?: readonly PhoneInPlace[];
  actions: { readonly again: FormAction; readonly confirm: FormAction; readonly refuse: FormAction };
  watch: string;
  here: string;
  otherWay: string;
  fields?: Readonly<Record<string, string>>;
}) {
  const said = words(visitor.language).phone;
  const { pairing: spoken, list } = said;
  const state = pairing?.state ?? 'expired';
  const common = {
    state: pairingState(pairing),
    watch,
    here,
    factor: pairing?.factorId ?? '',
    ...actions,
    ...(fields && { fields }),
    ways: <a href={otherWay}>{spoken.otherWay}</a>,
  };
  const plain = {
    waiting: null,
    confirm: spoken.finished.confirm,
    refuse: spoken.finished.refuse,
    again: spoken.again,
    refreshes: spoken.refreshes,
    refresh: spoken.refresh,
  };
  if (pairing?.state === 'waiting' && pairing.uri && pairing.code) {
    const address = `${portal.settings.origin.replace(/^https?:\/\//, '')}${paths.authenticator}`;
    return (
      <Pairing
        key={common.state}
        {...common}
        stage="waiting"
        title={await titleOf(spoken.title)}
        heading={
          <>
            <h1>{spoken.title}</h1>
            <p className="lead">{spoken.lead}</p>
          </>
        }
        words={{ ...plain, waiting: spoken.waiting }}
      >
        <QrBlock
          onThisPhone={
            <>
              <p className="hint">{spoken.onThisPhone}</p>
              <UnderKey>
                <ButtonLink kind="secondary" small href={pairing.uri}>
                  {spoken.openHere}
                </ButtonLink>
              </UnderKey>
            </>
          }
          code={<QrCode value={pairing.uri} title={spoken.qrTitle} />}
          byHand={
            <>
              <p className="hint">
                {spoken.cantScan}
                <br />
                {spoken.typeCode(address)}
              </p>
              <Key>{pairing.code.replace('-', '')}</Key>
              <p className="hint">{spoken.until(pairing.expiresAt)}</p>
            </>
          }
        />
        <h2>{spoken.android}</h2>
        <Directions steps={spoken.androidSteps} />
        <h2>{spoken.iphone}</h2>
        <Directions steps={spoken.iphoneSteps(address)} />
      </Pairing>
    );
  }
  if (pairing?.state === 'claimed') {
    return (
      <Pairing
        key={common.state}
        {...common}
        stage="claimed"
        title={await titleOf(spoken.claimed.title)}
        heading={
          <>
            <h1>{spoken.claimed.title}</h1>
            <p className="lead">{spoken.claimed.lead}</p>
          </>
        }
        words={{ ...plain, waiting: spoken.claimed.waiting }}
      >
        <p className="hint">{spoken.claimed.notMine}</p>
      </Pairing>
    );
  }
  if (pairing?.state === 'finished' && pairing.phone) {
    const { name, unlock, system, browser, notifications } = pairing.phone;
    const { finished, replaces } = spoken;
    const likely = likelyReplaced(earlier, { system, browser }, pairing.createdAt);
    const choices = [
      ...earlier.map(({ id, seenAt, ...phone }) => ({
        value: id,
        title: replaces.one(phone.name),
        hint: [list.system(phone.browser, phone.system), list.seen(seenAt)].filter(Boolean).join('. '),
        chosen: id === likely,
      })),
      { value: replacesNone, title: replaces.none, hint: replaces.noneHint, chosen: false },
    ];
    return (
      <Pairing
        key={common.state}
        {...common}
        stage="confirm"
        title={await titleOf(finished.title)}
        heading={
          <>
            <h1>{finished.title}</h1>
            <p className="lead">{finished.lead}</p>
          </>
        }
        words={plain}
        {...(earlier.length > 0 && { replaced: { legend: replaces.legend, hint: replaces.hint, choices } })}
      >
        <Summary>
          <Fact name={finished.name}>{name}</Fact>
          {(system ?? browser) !== null && <Fact name={finished.system}>{list.system(browser, system)}</Fact>}
          <Fact name={finished.unlock}>{finished.unlocks[unlock]}</Fact>
          <Fact name={finished.notifications}>{notifications ? finished.notified : finished.notNotified}</Fact>
        </Summary>
      </Pairing>
    );
  }
  return (
    <Pairing
      key={common.state}
      {...common}
      stage="over"
      title={await titleOf(spoken.expired.title)}
      heading={
        <>
          <h1>{spoken.expired.title}</h1>
          <p className="lead">{spoken.expired.lead}</p>
        </>
      }
      words={{ ...plain, again: spoken.expired.again, waiting: state === 'confirmed' ? null : plain.waiting }}
    />
  );
}

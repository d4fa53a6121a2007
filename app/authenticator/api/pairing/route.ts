// Whether the computer has confirmed the telephone that waits.
import { ticketRoute } from '#app/authenticator/device-route';
import { pairingState } from '#lib/factors/phone/pairing';
import { pairingInput } from '#lib/factors/phone/sent/rules';
import { done } from '#lib/result';

export const dynamic = 'force-dynamic';

export const POST = ticketRoute(pairingInput, async (portal, _from, { claim }) => done(await pairingState(portal, claim)));

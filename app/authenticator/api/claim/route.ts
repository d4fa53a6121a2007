// A telephone comes with the ticket of a QR code, or with the code that is typed instead.
import { ticketRoute } from '#app/authenticator/device-route';
import { claimPairing } from '#lib/factors/phone/pairing';
import { claimInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = ticketRoute(claimInput, claimPairing);

// A telephone tells what it has made to be paired: its key, how it unlocks, where its notifications go.
import { ticketRoute } from '#app/authenticator/device-route';
import { finishPairing } from '#lib/factors/phone/pairing';
import { finishInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = ticketRoute(finishInput, finishPairing);

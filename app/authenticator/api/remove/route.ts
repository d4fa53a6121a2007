// A telephone takes itself off its account.
import { phoneRoute } from '#app/authenticator/device-route';
import { removeThisPhone } from '#lib/factors/phone/remove-this-phone';
import { emptyInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(emptyInput, removeThisPhone);

// Another PIN for a telephone.
import { phoneRoute } from '#app/authenticator/device-route';
import { changePin } from '#lib/factors/phone/change-pin';
import { pinInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(pinInput, changePin);

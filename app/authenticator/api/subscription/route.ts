// Where a telephone’s notifications go from now on.
import { phoneRoute } from '#app/authenticator/device-route';
import { subscribingInput } from '#lib/factors/phone/sent/rules';
import { updateSubscription } from '#lib/factors/phone/update-subscription';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(subscribingInput, updateSubscription);

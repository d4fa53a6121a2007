// A telephone asks for a notification, to see whether they arrive.
import { phoneRoute } from '#app/authenticator/device-route';
import { emptyInput } from '#lib/factors/phone/rules';
import { sendTestNotification } from '#lib/factors/phone/send-test-notification';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(emptyInput, sendTestNotification);

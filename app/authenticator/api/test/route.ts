// A telephone asks for a notification, to see whether they arrive.
import { phoneRoute } from '#app/authenticator/device-route';
import { sendTestNotification } from '#lib/factors/phone/send-test-notification';
import { emptyInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(emptyInput, sendTestNotification);

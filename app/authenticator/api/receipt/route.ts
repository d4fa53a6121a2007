// A telephone says that a notification came.
import { phoneRoute } from '#app/authenticator/device-route';
import { confirmNotification } from '#lib/factors/phone/confirm-notification';
import { receiptInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(receiptInput, confirmNotification);

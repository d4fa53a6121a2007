// Another name for a telephone.
import { phoneRoute } from '#app/authenticator/device-route';
import { renamePhone } from '#lib/factors/phone/rename-phone';
import { nameInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(nameInput, renamePhone);

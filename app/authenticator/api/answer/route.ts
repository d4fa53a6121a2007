// A telephone’s answer to a request.
import { phoneRoute } from '#app/authenticator/device-route';
import { answerRequest } from '#lib/factors/phone/answer-request';
import { answerInput } from '#lib/factors/phone/sent/rules';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(answerInput, answerRequest);

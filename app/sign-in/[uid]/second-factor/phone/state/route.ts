// Tells the page that waits for a telephone's answer how its request stands: a word, as it changes.
import { requestOnScreen } from '#lib/factors/phone/facts';
import { streamOrAnswer } from '../../../../../event-stream';
import { signInPlace } from '../../../../../interaction';
import { requestState } from '../../../../../phone-request';

export async function GET(request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'second-factor');
  return streamOrAnswer(request, { portal, accountId: facts.accountId ?? uid, read: async () => requestState(await requestOnScreen(portal, flow)) });
}

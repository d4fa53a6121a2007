// Tells the page that waits for a telephone how its pairing stands: a word, as it changes.
import { pairingOnScreen } from '#lib/factors/phone/facts';
import { streamOrAnswer } from '../../../../event-stream';
import { enrolmentPlace } from '../../../../interaction';
import { pairingState } from '../phone';

export async function GET(request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'scan-code');
  const { accountId } = flow;
  return streamOrAnswer(request, { portal, accountId, read: async () => pairingState(await pairingOnScreen(portal, { accountId, place: uid })) });
}

// Tells the page of the account that waits for a telephone how its pairing stands: a word, as it changes.
import { pairingOnScreen } from '#lib/factors/phone/facts';
import { pairingState } from '../../../../../enrol/[uid]/scan-code/phone';
import { streamOrAnswer } from '../../../../../event-stream';
import { paths } from '../../../../../paths';
import { portal } from '../../../../../portal';
import { requireMember } from '../../../../../session';

export async function GET(request: Request): Promise<Response> {
  const { accountId, sessionId } = await requireMember(paths.scanPhone);
  const running = await portal();
  const read = async () => pairingState(await pairingOnScreen(running, { accountId, place: sessionId }));
  return streamOrAnswer(request, { portal: running, accountId, read });
}

// Tells the page of the account that waits for a telephone's answer how its request stands: a word, as it changes.
import { requestOnScreen } from '#lib/factors/phone/facts';
import { streamOrAnswer } from '../../../event-stream';
import { requestState } from '../../../phone-request';
import { portal } from '../../../portal';
import { requireMember } from '../../../session';

export async function GET(request: Request): Promise<Response> {
  const member = await requireMember();
  const running = await portal();
  const read = async () => requestState(await requestOnScreen(running, member));
  return streamOrAnswer(request, { portal: running, accountId: member.accountId, read });
}

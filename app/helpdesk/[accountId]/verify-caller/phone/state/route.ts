// Tells the agent's page how the question to the caller's telephone stands: a word, as it changes.
import { callerRequestOnScreen } from '#lib/helpdesk/verify-caller/facts';
import { streamOrAnswer } from '../../../../../event-stream';
import { verifyCallerByPath } from '../../../../../paths';
import { requestState } from '../../../../../phone-request';
import { portal } from '../../../../../portal';
import { requireAgent } from '../../../../../session';

export async function GET(request: Request, { params }: { params: Promise<{ accountId: string }> }): Promise<Response> {
  const { accountId } = await params;
  const agent = await requireAgent('verify-caller', verifyCallerByPath(accountId, 'phone'));
  const running = await portal();
  const read = async () => requestState(await callerRequestOnScreen(running, agent, accountId));
  return streamOrAnswer(request, { portal: running, accountId, read });
}

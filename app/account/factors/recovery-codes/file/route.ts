// The new recovery codes as a text file, while they are still on screen.
import { pendingRecoveryCodes } from '#lib/enrolment/facts';
import { paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { recoveryCodesFile } from '../../../../recovery-codes-file';
import { requireRecentProof } from '../../../../session';

export async function GET(): Promise<Response> {
  const member = await requireRecentProof(paths.recoveryCodes);
  const running = await portal();
  const pending = await pendingRecoveryCodes(running, member);
  return pending ? recoveryCodesFile(running, pending, member.visitor.language) : new Response(null, { status: 404 });
}

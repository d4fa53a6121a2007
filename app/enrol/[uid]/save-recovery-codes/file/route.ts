// The recovery codes as a text file, while they are still on screen.
import { pendingRecoveryCodes } from '#lib/enrolment/facts';
import { enrolmentPlace } from '../../../../interaction';
import { recoveryCodesFile } from '../../../../recovery-codes-file';

export async function GET(_request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'save-recovery-codes');
  const pending = await pendingRecoveryCodes(portal, flow);
  if (!pending) return new Response(null, { status: 404 });
  return recoveryCodesFile(portal, pending, flow.visitor.language);
}

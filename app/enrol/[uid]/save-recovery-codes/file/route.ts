// The recovery codes as a text file, while they are still on screen.
import { pendingRecoveryCodes } from '#lib/enrolment/facts';
import { words } from '#lib/language/language';
import { enrolmentPlace } from '../../../../interaction';

export async function GET(_request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'save-recovery-codes');
  const pending = await pendingRecoveryCodes(portal, flow);
  if (!pending) return new Response(null, { status: 404 });
  const { saveRecoveryCodes } = words(flow.visitor.language).enrol;
  const { origin, helpdesk } = portal.settings;
  const about = saveRecoveryCodes.printed(pending.address, pending.createdAt, new URL(origin).host, helpdesk.phone);
  // CRLF: the file is opened in whatever reads text on the person's machine.
  const lines = [saveRecoveryCodes.title, about, '', ...pending.codes.map((code, n) => `${String(n + 1).padStart(2)}  ${code}`), ''];
  return new Response(lines.join('\r\n'), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${saveRecoveryCodes.downloadName}"`,
      'cache-control': 'no-store',
    },
  });
}

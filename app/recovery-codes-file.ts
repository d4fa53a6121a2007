// Recovery codes as a text file, while they are on screen.
import 'server-only';
import type { PendingRecoveryCodes } from '#lib/enrolment/facts';
import { type Language, words } from '#lib/language/language';
import type { Portal } from '#lib/portal';

export function recoveryCodesFile(portal: Portal, pending: PendingRecoveryCodes, language: Language): Response {
  const { saveRecoveryCodes } = words(language).enrol;
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

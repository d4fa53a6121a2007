// Everything held about the person, as a file. A form posts here, because it is written down in the activity (SEC-67): no link, and nothing
// that a browser fetches ahead, can ask for it.
import { confirmPath, doneAt, paths } from '#app/paths';
import { portal } from '#app/portal';
import { currentMember, recentProof } from '#app/session';
import { words } from '#lib/language/language';
import { downloadData } from '#lib/my-data/download-data';
import { originRefusal } from '#lib/sessions/origin';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  const running = await portal();
  const { origin } = running.settings;
  if (originRefusal(request, origin)) return new Response(null, { status: 403 });
  const member = await recentProof();
  if (!member) {
    const signedIn = await currentMember();
    const back = signedIn ? confirmPath(doneAt(paths.data, 'confirmed')) : `${paths.startSignIn}?${new URLSearchParams({ returnTo: paths.data })}`;
    return new Response(null, { status: 303, headers: { location: origin + back, 'cache-control': 'no-store' } });
  }
  const { fileName } = words(member.visitor.language).account.data;
  const day = new Date(running.now()).toISOString().slice(0, 10);
  const document = await downloadData(running, member);
  return new Response(streamOf(document), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}-${day}.json"`,
      'cache-control': 'no-store',
    },
  });
}

/** Characters handed on together. */
const atOnce = 16 * 1024;

/** Read as fast as the browser takes it, and no further than it wants. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let text = '';
      while (text.length < atOnce) {
        const { done, value } = await pieces.next();
        if (done) {
          controller.enqueue(encoder.encode(text));
          return controller.close();
        }
        text += value;
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

// When the session of this browser ends, in words: asked for by its pages when they believe that it is near. A POST keeps it from idling.
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { currentMember, sessionState } from '#app/session';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';
import { originRefusal } from '#lib/sessions/origin';
import type { SessionEndAnswer } from '#ui/session-end';

export const dynamic = 'force-dynamic';

/** Asking is no use of the session. */
export async function GET(): Promise<Response> {
  return Response.json(await answer(), { headers: { 'cache-control': 'no-store' } });
}

export async function POST(request: Request): Promise<Response> {
  const { origin } = (await portal()).settings;
  if (originRefusal(request, origin)) return new Response(null, { status: 403 });
  await currentMember();
  return Response.json(await answer(), { headers: { 'cache-control': 'no-store' } });
}

async function answer(): Promise<SessionEndAnswer> {
  const { settings, now } = await portal();
  const { sessionEnd: said } = words(await language()).account;
  const state = await sessionState();
  const { overall, idle } = settings.policy.session;
  if (!state?.live) {
    const { title, goOn, signIn, notYet, kept } = said.ended;
    const why = said.ended.why[state?.why ?? 'other'](idle, overall);
    return { left: null, owner: null, title, text: `${why} ${kept}`, stay: goOn, leave: signIn, leaveTo: paths.startSignIn, soon: notYet };
  }
  const { live, left, why } = state;
  const until = now() + left;
  const { title, text, stay, leave, soon } = why === 'idle' ? said.warning : said.last;
  const common = { left, owner: live.accountId, extends: why === 'idle', stay, leave, leaveTo: paths.signOut, soon };
  return { ...common, title: title(until), text: text(until, left, overall) };
}

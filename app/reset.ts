// A browser's place in a password reset: the cookie that holds it, which step is open, and where to go next. Guards only read.
import 'server-only';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import type { ResetPerson } from '#lib/password-reset/facts';
import { type KnownReset, resetFacts } from '#lib/password-reset/facts';
import type { ResetWay } from '#lib/password-reset/rules';
import { nextResetStep, type ResetStep } from '#lib/password-reset/steps';
import type { Portal } from '#lib/portal';
import { digest, randomToken } from '#lib/secrets';
import type { Settings } from '#lib/settings';
import { mint, type Reset } from '#lib/visitor';
import { resetPath } from './paths';
import { portal } from './portal';
import { visitor } from './visitor';

const secure = (settings: Settings) => settings.origin.startsWith('https:');
const cookieOf = (settings: Settings) => (secure(settings) ? '__Host-reset' : 'reset');

/** The digest of the browser's cookie; null when it has none. */
async function heldReset(settings: Settings): Promise<string | null> {
  const token = (await cookies()).get(cookieOf(settings))?.value;
  return token ? digest(token) : null;
}

const resetOf = async (uid: string) => mint<Reset>({ uid, visitor: await visitor() });

/** What this browser is at; in a browser without a cookie, a reset that nobody has begun. */
export async function currentReset(): Promise<Reset> {
  return resetOf((await heldReset((await portal()).settings)) ?? digest(randomToken(256)));
}

/** A reset that is about to begin. Its cookie is set only once it has. */
export interface NewReset {
  readonly reset: Reset;
  /** The one that this browser leaves behind. */
  readonly before: string | null;
  /** Gives the browser its new cookie, for as long as it stays open; in a server action only. Whatever stood there before is nobody's (SEC-69). */
  keep(): Promise<void>;
}

export async function newReset(): Promise<NewReset> {
  const { settings } = await portal();
  const token = randomToken(256);
  return {
    reset: await resetOf(digest(token)),
    before: await heldReset(settings),
    async keep() {
      (await cookies()).set(cookieOf(settings), token, { httpOnly: true, secure: secure(settings), sameSite: 'lax', path: '/' });
    },
  };
}

export interface ResetPlace {
  readonly portal: Portal;
  readonly reset: Reset;
  readonly facts: KnownReset;
}

/** The guard of every page of a reset but its first: the facts when its step is open, else a redirect to the one that is. */
export async function resetPlace(step: Exclude<ResetStep, 'start'>): Promise<ResetPlace> {
  const running = await portal();
  const reset = await currentReset();
  const facts = await resetFacts(running, reset);
  const next = nextResetStep(facts);
  if (next !== step) redirect(resetPath(next));
  return { portal: running, reset, facts };
}

/** The guard of the pages behind the mailbox. */
export async function resetPersonPlace(step: 'prove-identity' | 'choose-password'): Promise<ResetPlace & { readonly person: ResetPerson }> {
  const place = await resetPlace(step);
  if (!place.facts.person) redirect(resetPath('start'));
  return { ...place, person: place.facts.person };
}

/** The guard of one way to prove oneself: only who has it sees its page. */
export async function resetWayPlace(way: ResetWay): Promise<ResetPlace & { readonly person: ResetPerson }> {
  const place = await resetPersonPlace('prove-identity');
  if (!place.person.ways.includes(way)) redirect(resetPath('prove-identity'));
  return place;
}

/** The guard of the page that asks for help: once the mailbox is proven. @returns `next`: where to go back to */
export async function resetHelpPlace(): Promise<{ readonly person: ResetPerson; readonly next: ResetStep }> {
  const facts = await resetFacts(await portal(), await currentReset());
  const next = nextResetStep(facts);
  if (!facts.person) redirect(resetPath(next));
  return { person: facts.person, next };
}

/** Where to go after an act. Only in a server action. */
export async function continueReset(reset: Reset): Promise<never> {
  const next = nextResetStep(await resetFacts(await portal(), reset));
  // Pages of this way that the browser's router keeps would show what is no longer so.
  revalidatePath('/reset-password', 'layout');
  redirect(resetPath(next), RedirectType.push);
}

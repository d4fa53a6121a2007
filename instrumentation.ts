// Starts what runs beside requests (app/beside-requests.ts), and logs each request that fails. Next calls `register` once, before the first one.
import type { Instrumentation } from 'next';

export async function register(): Promise<void> {
  // Spelt so that a bundle for another runtime leaves the imports out.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { runBesideRequests } = await import('./app/beside-requests');
    await runBesideRequests();
  }
}

/** The digest is the reference that the person sees; the line carries the request's id as well. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { portal } = await import('./app/portal');
    const { log } = await portal();
    const reference = (error as { digest?: string }).digest;
    log.error({ reference, method: request.method, route: routePath, err: error }, 'A request failed.');
  }
};

// Wakes phones up by Web Push (RFC 8030), encrypted for the phone alone (RFC 8291), signed as this portal's (RFC 8292).
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpsProxyAgent } from 'https-proxy-agent';
import webPush from 'web-push';
import type { Store } from '#db/unit';
import { seconds } from '../duration.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { isPushEndpoint } from './endpoints.ts';
import { nextTry, paddedPayload, verdictOf } from './rules.ts';
import type { PushMessage, PushOutcome, PushSender, PushSubscription } from './sender.ts';
import { type VapidKeys, vapidKeys } from './vapid.ts';

interface Needs {
  readonly settings: Pick<Settings, 'push' | 'pushProxy' | 'helpdesk'>;
  readonly store: Store;
  readonly secrets: Secrets;
  now(): number;
  readonly log: { warn(facts: object, sentence: string): void; error(facts: object, sentence: string): void };
}

interface Connecting {
  /** PEM of authorities to believe instead of Node's own. */
  readonly ca?: string;
  /** Milliseconds for one try, from the connection to the end of the answer. */
  readonly patience?: number;
  /** Resolves after that many milliseconds, or at once when the signal aborts. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Opens no connection before the first message; through the proxy when the settings name one. */
export function webPushSender({ settings, store, secrets, now, log }: Needs, connecting: Connecting = {}): PushSender {
  const { ca, patience = seconds(5), pause = waitFor } = connecting;
  const agent = settings.pushProxy === undefined ? undefined : new HttpsProxyAgent(settings.pushProxy);
  const counters = { sent: 0, gone: 0, refused: 0, failed: 0, retried: 0 };
  const closing = new AbortController();
  let loaded: Promise<VapidKeys> | undefined;
  const keys = () => {
    loaded ??= vapidKeys({ store, secrets, now }).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };

  /** Of the library, what it alone knows. The request is ours: it must end, and a proxy's no is not the push service's. */
  const sealed = ({ endpoint, p256dh, auth }: PushSubscription, payload: Buffer, timeToLive: number, topic: string, vapid: VapidKeys) =>
    webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails: { subject: `mailto:${settings.helpdesk.email}`, ...vapid },
      TTL: timeToLive,
      urgency: 'high',
      topic,
    });

  const post = ({ endpoint, method, headers, body }: ReturnType<typeof sealed>) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { method, headers, signal: AbortSignal.timeout(patience), ...(agent && { agent }), ...(ca && { ca }) };
      // Node follows no redirect: an allowed host can't send us on to another (SSRF).
      const request = httpsRequest(endpoint, options, (response) => {
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }));
        response.resume();
      });
      request.on('error', reject);
      request.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        if (statusCode !== 200) request.destroy(new Error(`The proxy answered ${statusCode}.`));
      });
      request.end(body);
    });

  const deliver = async (subscription: PushSubscription, { payload, uselessAt, topic }: PushMessage): Promise<PushOutcome> => {
    if (!isPushEndpoint(subscription.endpoint, settings.push.hosts)) return refusedFor('Its endpoint is at no push service that is allowed.');
    const { hostname } = new URL(subscription.endpoint);
    const padded = paddedPayload(payload);
    const vapid = await keys();
    let reason = 'It was useless before it could leave.';
    for (let tries = 1; now() < uselessAt && !closing.signal.aborted; tries++) {
      // Keys that are none throw here, and need no second try.
      const details = sealed(subscription, padded, Math.ceil((uselessAt - now()) / seconds(1)), topic, vapid);
      let answer: Answer | undefined;
      try {
        answer = await post(details);
        reason = `${hostname} answered ${answer.status}.`;
      } catch (error) {
        reason = reasonOf(error);
      }
      const verdict = answer ? verdictOf(answer.status) : 'again';
      if (verdict === 'sent' || verdict === 'gone') return { outcome: verdict };
      if (verdict === 'refused') {
        // 403: subscribed with another key than ours (RFC 8292, section 4.2), so every phone is silent.
        if (answer?.status === 403) log.error({ host: hostname }, 'A push service refuses our VAPID key: phones were subscribed with another one.');
        return refusedFor(reason);
      }
      const at = nextTry(now(), tries, uselessAt, answer?.retryAfter);
      if (at === null) break;
      counters.retried += 1;
      await pause(at - now(), closing.signal);
    }
    return { outcome: 'failed', reason };
  };

  return {
    publicKey: async () => (await keys()).publicKey,
    async send(subscription, message) {
      const ended = await deliver(subscription, message).catch((error: unknown) => refusedFor(reasonOf(error)));
      counters[ended.outcome] += 1;
      // Neither the endpoint, which opens the phone's ear, nor anything of the message.
      if ('reason' in ended) log.warn({ outcome: ended.outcome, reason: ended.reason }, 'A phone could not be woken up.');
      return ended;
    },
    counters,
    close: () => closing.abort(),
  };
}

const refusedFor = (reason: string): PushOutcome => ({ outcome: 'refused', reason });

/** An error's name or code: its message may hold an address. */
function reasonOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return 'No answer in time.';
  return typeof code === 'string' ? code : (message ?? String(error)).slice(0, 200);
}

/** Keeps no process alive. */
const waitFor = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {});

// What stands between a portal and a phone, on this machine: a push service, and a proxy that leads to it.
import { certificateFor, keepInFile } from './certificate.ts';
import { type ConnectProxy, connectProxy } from './connect-proxy.ts';
import { type PushService, pushHosts, startPushService } from './push-service.ts';

export interface PhoneServices {
  readonly push: PushService;
  readonly proxy: ConnectProxy;
  /** A portal with this environment, and otherwise as in production, reaches phones. */
  readonly portalEnvironment: Readonly<Record<'PUSH_PROXY' | 'NODE_EXTRA_CA_CERTS', string>>;
  stop(): Promise<void>;
}

export async function startPhoneServices(): Promise<PhoneServices> {
  const certificate = certificateFor([...pushHosts, 'localhost']);
  const { file, remove } = keepInFile(certificate);
  const push = await startPushService(certificate);
  const proxy = await connectProxy((host) => ((pushHosts as readonly string[]).includes(host) ? push.port : undefined));
  return {
    push,
    proxy,
    portalEnvironment: { PUSH_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file },
    async stop() {
      await Promise.all([push.stop(), proxy.stop()]);
      remove();
    },
  };
}

// Connections to LDAP servers: encrypted before anything is said, never used again after a fault, never more than wanted.
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as secureConnect } from 'node:tls';
import { Client } from 'ldapts';
import { minutes } from '../duration.ts';
import { Busy } from '../hashing.ts';
import type { ActiveDirectorySettings, LdapSettings } from '../settings.ts';
import { DirectoryUnavailable } from './directory.ts';
import { ldapCodes } from './rules.ts';

/** How a directory elsewhere is reached. */
export type ReachedBy = Pick<LdapSettings | ActiveDirectorySettings, 'urls' | 'startTls' | 'bindDn' | 'base' | 'connectTimeout' | 'timeout' | 'pool'>;

interface Needs {
  readonly settings: ReachedBy;
  readonly password: string;
  /** PEM; Node's own authorities when undefined. */
  readonly ca: string | undefined;
  now(): number;
}

interface Connection {
  readonly client: Client;
  readonly url: string;
  /** ldapts does not notice after StartTLS that the server has hung up. */
  closed: boolean;
}

export interface Connections {
  /**
   * Bound as the service account. @param work asked once more, on another connection, when a pooled one had died meanwhile
   * @param which `new`: never a pooled one, so that nothing is asked twice
   */
  asService<T>(work: (client: Client) => Promise<T>, which?: 'new'): Promise<T>;
  /** Its own, bound as nobody, closed afterwards: a bind on a shared one would change everybody's identity. */
  alone<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** As many at once as the settings say; the others wait, and throw Busy when that takes too long. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

const milliseconds = (seconds: number) => Math.round(seconds * 1000);
/** Servers and firewalls hang up on who is silent. */
const keptIdle = minutes(1);
const mostWaiting = 200;

/** The number in an answer of the server; null when it did not answer. */
export function answeredCode(error: unknown): number | null {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'number' ? code : null;
}

export function ldapConnections({ settings, password, ca, now }: Needs): Connections {
  const connectTimeout = milliseconds(settings.connectTimeout);
  const timeout = milliseconds(settings.timeout);
  const idle: { readonly connection: Connection; readonly since: number }[] = [];
  const waiting: { go(): void }[] = [];
  let running = 0;
  let preferred = 0;
  let closing = false;

  const drop = ({ client }: Connection) => void client.unbind().catch(() => {});

  /** Throws DirectoryUnavailable: none of the servers can be used. */
  async function open(): Promise<Connection> {
    const complaints: string[] = [];
    for (let i = 0; i < settings.urls.length; i++) {
      const index = (preferred + i) % settings.urls.length;
      const url = settings.urls[index] ?? '';
      try {
        const connection = await openOne(url);
        preferred = index;
        return connection;
      } catch (error) {
        complaints.push(complaintOf(error, url, settings));
      }
    }
    throw new DirectoryUnavailable(complaints.join(' '));
  }

  async function openOne(url: string): Promise<Connection> {
    const { protocol, hostname, port } = new URL(url);
    const secure = protocol === 'ldaps:';
    const host = hostname.replace(/^\[|\]$/g, '');
    // Without `host`, StartTLS would compare the certificate with the name 'localhost'.
    const tls: ConnectionOptions = { minVersion: 'TLSv1.2', host, ...(ca !== undefined && { ca }), ...(!isIP(host) && { servername: host }) };
    const number = Number(port || (secure ? 636 : 389));
    const socket = secure ? secureConnect({ ...tls, port: number }) : connect(number, host);
    let given = false;
    // The library never connects by itself: after a fault it would do so again in silence, as nobody, and after StartTLS in clear.
    const client = new Client({
      url: 'ldap://connected-already',
      timeout,
      createConnection: (() => {
        if (given) throw new Error('A connection is used once.');
        given = true;
        return socket;
      }) as unknown as typeof connect,
    });
    const connection: Connection = { client, url, closed: false };
    const end = () => {
      connection.closed = true;
    };
    socket.once('close', end);
    const work = async () => {
      await connected(socket, secure ? 'secureConnect' : 'connect');
      if (!settings.startTls) return;
      const clear: Buffer[] = [];
      const hear = (piece: Buffer) => void clear.push(piece);
      socket.on('data', hear);
      try {
        await client.startTLS(tls);
      } catch (error) {
        throw answeredCode(error) === null ? error : new StartTlsRefused(error);
      } finally {
        socket.off('data', hear);
      }
      // The library reads on where it stopped: what somebody in between put after the answer would be the beginning of the next one.
      if (!isOneMessage(Buffer.concat(clear))) throw new SpokenInClear();
    };
    try {
      // Neither Node nor the library limits the time of a handshake.
      await within(connectTimeout, work());
      return connection;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async function openAsService(): Promise<Connection> {
    const connection = await open();
    try {
      await connection.client.bind(settings.bindDn, password);
      return connection;
    } catch (error) {
      drop(connection);
      throw faultOf(error, connection, 'bind');
    }
  }

  /** What is thrown when an answer never came, or says that the server is not well. Other answers are left to the caller. */
  function faultOf(error: unknown, { url }: Connection, during: 'bind' | 'work'): unknown {
    if (error instanceof DirectoryUnavailable) return error;
    if (during === 'work' && answeredCode(error) !== null) return error;
    // Whoever did not answer is asked last.
    if (answeredCode(error) === null) preferred = (settings.urls.indexOf(url) + 1) % settings.urls.length;
    return new DirectoryUnavailable(complaintOf(error, url, settings));
  }

  function pooled(): Connection | null {
    for (let slot = idle.pop(); slot; slot = idle.pop()) {
      const { connection, since } = slot;
      if (!connection.closed && connection.client.isConnected && now() - since < keptIdle) return connection;
      drop(connection);
    }
    return null;
  }

  return {
    async asService(work, which) {
      for (;;) {
        const kept = which === 'new' ? null : pooled();
        const connection = kept ?? (await openAsService());
        try {
          const result = await work(connection.client);
          if (closing) drop(connection);
          else idle.push({ connection, since: now() });
          return result;
        } catch (error) {
          // An answer, even a no, comes from a sound connection.
          if (answeredCode(error) !== null && !closing) idle.push({ connection, since: now() });
          else drop(connection);
          if (kept === null || answeredCode(error) !== null) throw faultOf(error, connection, 'work');
        }
      }
    },
    async alone(work) {
      const connection = await open();
      try {
        return await work(connection.client);
      } catch (error) {
        throw faultOf(error, connection, 'work');
      } finally {
        drop(connection);
      }
    },
    async turn(work) {
      if (running >= settings.pool) await myTurn();
      else running++;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next.go();
        else running--;
      }
    },
    close() {
      closing = true;
      for (const { connection } of idle.splice(0)) drop(connection);
    },
  };

  function myTurn(): Promise<void> {
    if (waiting.length >= mostWaiting) throw new Busy('Too many people wait for the directory.');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(waiter), 1);
        reject(new Busy('The directory is too slow for so many.'));
      }, timeout);
      const waiter = {
        go() {
          clearTimeout(timer);
          resolve();
        },
      };
      waiting.push(waiter);
    });
  }
}

class TooSlow extends Error {}
class StartTlsRefused extends Error {
  constructor(cause: unknown) {
    super('StartTLS was refused.', { cause });
  }
}

class SpokenInClear extends Error {}

/** Whether it is a whole LDAPMessage (RFC 4511 §4.1.1), and nothing besides. */
function isOneMessage(bytes: Buffer): boolean {
  const [tag, first = 0] = bytes;
  const longer = first > 0x80 ? first - 0x80 : 0;
  if (tag !== 0x30 || first === 0x80 || longer > 4 || bytes.length < 2 + longer) return false;
  return bytes.length === 2 + longer + (longer ? bytes.readUIntBE(2, longer) : first);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

const connected = (socket: Socket, event: 'connect' | 'secureConnect') =>
  new Promise<void>((resolve, reject) => {
    // Stays: a socket that fails before it is handed on must not end the process.
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('The server hung up.')));
    socket.once(event, () => resolve());
  });

/** A sentence for an administrator. Names no person, and no password. */
export function complaintOf(error: unknown, url: string, settings: ReachedBy): string {
  const code = (error as { code?: unknown }).code;
  const message = error instanceof Error ? (error.message.split('\n').at(-1) ?? '') : String(error);
  if (error instanceof TooSlow || /timed out/i.test(message)) return `${url} does not answer in time: see to the server, and to what stands between.`;
  if (error instanceof SpokenInClear)
    return `${url} said more before TLS than the answer to StartTLS: see who stands between. Nothing was sent in clear, and nothing that came in clear was read.`;
  if (error instanceof StartTlsRefused) return `${url} refuses StartTLS: let it have a certificate, or use ldaps://. Nothing was sent in clear.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${url} shows a certificate for another name: write in directory.urls the name that it is for.`;
  if (typeof code === 'string' && /CERT|SELF_SIGNED|SIGNATURE|UNABLE_TO/.test(code))
    return `${url} shows a certificate that is not to be believed (${code}): name the authority that signed it in directory.caFile.`;
  if (typeof code === 'string' && /SSL|TLS|EPROTO/.test(code))
    return `${url} does not speak TLS there (${code}): ldaps:// is for port 636, ldap:// with startTls: true for port 389.`;
  if (typeof code === 'string') return `${url} can't be reached (${code}): start it, or correct directory.urls.`;
  switch (code) {
    case ldapCodes.invalidCredentials:
      return `${url} refuses the service account: correct directory.bindDn, or LDAP_PASSWORD.`;
    case ldapCodes.noSuchObject:
      return `${url} has no ${settings.base}, or does not show it to the service account: correct directory.base, or its access rules.`;
    case ldapCodes.insufficientAccessRights:
      return `${url} does not let the service account do this: give it read on people and, for forgotten passwords, write on passwords.`;
    case ldapCodes.strongerAuthRequired:
    case ldapCodes.confidentialityRequired:
      return `${url} wants an encrypted connection: use ldaps://, or set startTls: true.`;
    default:
      return typeof code === 'number'
        ? `${url} answers ${code}: ${message}`
        : `${url} hung up (${message}): start it, or see to what stands between.`;
  }
}

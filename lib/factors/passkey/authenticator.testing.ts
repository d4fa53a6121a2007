// An authenticator for tests, by hand (WebAuthn §6): the portal's own library must not vouch for itself.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface AuthenticatorTraits {
  /** Where its browser thinks it is. */
  readonly origin?: string;
  readonly relyingParty?: string;
  /** Whether it verifies its owner. */
  readonly verifies?: boolean;
  readonly aaguid?: string;
  readonly transports?: readonly string[];
  readonly backedUp?: boolean;
}

const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();
const base64url = (value: Buffer | string) => Buffer.from(value).toString('base64url');
const uint = (value: number, length: number) => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};

/** One passkey. Its traits may be changed between two answers. */
export function testAuthenticator(portalOrigin: string, traits: AuthenticatorTraits = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  const it = {
    origin: portalOrigin,
    relyingParty: new URL(portalOrigin).hostname,
    verifies: true,
    aaguid: '00000000-0000-0000-0000-000000000000',
    transports: ['internal'] as readonly string[],
    backedUp: false,
    counter: 0,
    userHandle: '',
    ...traits,
  };
  const clientData = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin: it.origin, crossOrigin: false }));
  // User present, user verified, eligible for backup and backed up, attested credential data.
  const flags = (attested: boolean) => 1 | (it.verifies ? 4 : 0) | (it.backedUp ? 24 : 0) | (attested ? 64 : 0);
  const head = (attested: boolean) => Buffer.concat([sha256(it.relyingParty), uint(flags(attested), 1), uint(it.counter, 4)]);
  return {
    traits: it,
    id: base64url(id),
    /** Answers the question of a registration. @param question JSON. @returns JSON */
    register(question: string): string {
      const { challenge, user } = JSON.parse(question) as { challenge: string; user: { id: string } };
      it.userHandle = user.id;
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const data = Buffer.concat([head(true), Buffer.from(it.aaguid.replaceAll('-', ''), 'hex'), uint(id.length, 2), id, key]);
      // CBOR: { fmt: 'none', attStmt: {}, authData: bytes }
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        Buffer.from([0x59]),
        uint(data.length, 2),
        data,
      ]);
      return JSON.stringify({
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge)),
          attestationObject: base64url(attestation),
          transports: it.transports,
        },
        clientExtensionResults: {},
      });
    },
    /** Answers the question of a proof. @param question JSON. @returns JSON */
    prove(question: string): string {
      const { challenge } = JSON.parse(question) as { challenge: string };
      const client = clientData('webauthn.get', challenge);
      const data = head(false);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return JSON.stringify({
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: it.userHandle || undefined,
        },
        clientExtensionResults: {},
      });
    },
  };
}
export type TestAuthenticator = ReturnType<typeof testAuthenticator>;

// A certificate for hosts that are played on this machine. Believed only by processes that are told to. Written by hand (RFC 5280), so that
// tests need no tool beside Node.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** SHA-256 of its public key, base64, for Chromium's --ignore-certificate-errors-spki-list. */
  readonly publicKeyHash: string;
}

const dayMs = 86_400_000;

/** Signed by itself, from yesterday to tomorrow. */
export function certificateFor(names: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subjectPublicKey = publicKey.export({ type: 'spki', format: 'der' });
  const ecdsaWithSha256 = sequence(oid('06082a8648ce3d040302'));
  const name = sequence(element(0x31, sequence(oid('0603550403'), element(0x0c, Buffer.from(names[0] ?? '')))));
  const isAuthority = sequence(oid('0603551d13'), element(0x04, sequence(element(0x01, Buffer.from([0xff])))));
  const otherNames = sequence(oid('0603551d11'), element(0x04, sequence(...names.map((host) => element(0x82, Buffer.from(host))))));
  const statement = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(instant(Date.now() - dayMs), instant(Date.now() + dayMs)),
    name,
    subjectPublicKey,
    element(0xa3, sequence(isAuthority, otherNames)),
  );
  const signature = sign('sha256', statement, privateKey);
  const whole = sequence(statement, ecdsaWithSha256, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: ['-----BEGIN CERTIFICATE-----', ...(whole.toString('base64').match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----', ''].join('\n'),
    publicKeyHash: createHash('sha256').update(subjectPublicKey).digest('base64'),
  };
}

/** In a file, for NODE_EXTRA_CA_CERTS. */
export function keepInFile({ certificate }: Certificate): { readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'portal-certificate-'));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, certificate);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// Distinguished encoding (ITU-T X.690): a tag, a length, a content.
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: readonly Buffer[]) => element(0x30, Buffer.concat(parts));
/** Already encoded, in hexadecimal. */
const oid = (encoded: string) => Buffer.from(encoded, 'hex');
/** @param at epoch milliseconds, before 2050 */
const instant = (at: number) => element(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

// The format of a backup: a line of magic, a header in clear, then the rows, compressed, in encrypted chunks of which none can be altered, left
// out, moved or cut off unnoticed (SEC-114, decision 0029).
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Secrets } from '../secrets.ts';

const magic = 'account-portal backup ';
const version = 1;
const seal = 'backup';
const keyBytes = 32;
const tagBytes = 16;
const lengthBytes = 4;
const chunkBytes = 256 * 1024;
const longestHeader = 16 * 1024;

const header = z.object({
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  /** The newest migration that its tables have. */
  migration: z.string(),
  /** Where the audit log ended. */
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  /** This file's own key, sealed with the ring's first. */
  key: z.string(),
  /** A keyed hash that tells the pepper: with another one, no password and no code of the copy would be right. */
  pepper: z.string(),
});
export type BackupHeader = z.infer<typeof header>;
export type BackupFacts = Omit<BackupHeader, 'key' | 'pepper'>;

export type BackupProblem = 'foreign' | 'other-version' | 'other-keys' | 'altered' | 'cut-off';
/** The file can't be used; nothing was changed. */
export class UnusableBackup extends Error {
  constructor(readonly problem: BackupProblem) {
    super(problem);
  }
}

const pepperOf = (secrets: Secrets) => secrets.keyedHash('backup', 'pepper');
/** A nonce of its own for each chunk under the file's key; the last one says so (the STREAM construction). */
const nonceOf = (index: number, last: boolean) => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(last ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
};

/**
 * Throws EEXIST when the file is there: a backup never replaces another.
 * @param lines without their ends. @returns the file's size in bytes
 */
export async function writeBackupFile(path: string, secrets: Secrets, facts: BackupFacts, lines: AsyncIterable<string>): Promise<number> {
  const key = randomBytes(keyBytes);
  const sealed = secrets.seal(seal, key).toString('base64url');
  const clear = `${magic}${version}\n${JSON.stringify({ ...facts, key: sealed, pepper: pepperOf(secrets) } satisfies BackupHeader)}\n`;
  const bound = createHash('sha256').update(clear).digest();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(clear);
    let size = Buffer.byteLength(clear);
    let index = 0;
    const writeChunk = async (plain: Uint8Array, last: boolean) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index++, last)).setAAD(bound);
      const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32BE(ciphertext.length);
      const chunk = Buffer.concat([length, ciphertext, cipher.getAuthTag()]);
      await file.write(chunk);
      size += chunk.length;
    };
    await pipeline(ended(lines), createGzip(), async (compressed: AsyncIterable<Buffer>) => {
      let waiting = Buffer.alloc(0);
      for await (const piece of compressed) {
        waiting = Buffer.concat([waiting, piece]);
        while (waiting.length > chunkBytes) {
          await writeChunk(waiting.subarray(0, chunkBytes), false);
          waiting = waiting.subarray(chunkBytes);
        }
      }
      await writeChunk(waiting, true);
    });
    await file.sync();
    await file.close();
    return size;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const line of lines) {
    waiting += `${line}\n`;
    if (waiting.length < chunkBytes) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}

export interface OpenedBackup {
  readonly facts: BackupFacts;
  /** Once only. Throws UnusableBackup as soon as something is not as it was written. */
  lines(): AsyncGenerator<string>;
}

/** Reads the header. Throws UnusableBackup, or what the file system says. */
export async function openBackupFile(path: string, secrets: Secrets): Promise<OpenedBackup> {
  const file = await open(path, 'r');
  let clear: { readonly header: BackupHeader; readonly bytes: Buffer };
  try {
    clear = await readClear(file);
  } finally {
    await file.close();
  }
  const { key: sealed, pepper, ...facts } = clear.header;
  let key: Buffer;
  try {
    key = secrets.open(seal, Buffer.from(sealed, 'base64url'));
  } catch {
    throw new UnusableBackup('other-keys');
  }
  if (pepper !== pepperOf(secrets)) throw new UnusableBackup('other-keys');
  return { facts, lines: () => linesOf(path, key, clear.bytes) };
}

async function readClear(file: FileHandle) {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
  const read = buffer.subarray(0, bytesRead);
  const first = read.indexOf('\n');
  const start = read.subarray(0, Math.max(first, 0)).toString();
  if (!start.startsWith(magic)) throw new UnusableBackup('foreign');
  if (start !== `${magic}${version}`) throw new UnusableBackup('other-version');
  const second = read.indexOf('\n', first + 1);
  if (second < 0) throw new UnusableBackup('cut-off');
  try {
    return { header: header.parse(JSON.parse(read.subarray(first + 1, second).toString())), bytes: read.subarray(0, second + 1) };
  } catch {
    throw new UnusableBackup('altered');
  }
}

async function* linesOf(path: string, key: Buffer, clear: Buffer): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const gunzip = createGunzip();
  let failed: unknown;
  const fed = pipeline(chunksOf(path, key, clear), gunzip).catch((error: unknown) => {
    failed = error;
  });
  let waiting = '';
  try {
    for await (const piece of gunzip) {
      const parts = (waiting + decoder.write(piece as Buffer)).split('\n');
      waiting = parts.pop() ?? '';
      yield* parts;
    }
  } catch (error) {
    await fed;
    throw failed ?? error;
  }
  await fed;
  if (failed !== undefined) throw failed;
  if (waiting !== '') throw new UnusableBackup('altered');
}

async function* chunksOf(path: string, key: Buffer, clear: Buffer): AsyncGenerator<Buffer> {
  const bound = createHash('sha256').update(clear).digest();
  let waiting = Buffer.alloc(0);
  let index = 0;
  let done = false;
  const whole = (): Buffer | null => {
    if (waiting.length < lengthBytes) return null;
    const length = waiting.readUInt32BE(0);
    if (length > chunkBytes) throw new UnusableBackup('altered');
    const end = lengthBytes + length + tagBytes;
    if (waiting.length < end) return null;
    const chunk = waiting.subarray(lengthBytes, end);
    waiting = waiting.subarray(end);
    return chunk;
  };
  for await (const piece of createReadStream(path, { start: clear.length, highWaterMark: chunkBytes })) {
    waiting = Buffer.concat([waiting, piece as Buffer]);
    for (let chunk = whole(); chunk; chunk = whole()) {
      if (done) throw new UnusableBackup('altered');
      const ciphertext = chunk.subarray(0, -tagBytes);
      const tag = chunk.subarray(-tagBytes);
      let plain = opened(key, nonceOf(index, false), bound, ciphertext, tag);
      if (!plain) {
        plain = opened(key, nonceOf(index, true), bound, ciphertext, tag);
        done = true;
      }
      if (!plain) throw new UnusableBackup('altered');
      index++;
      yield plain;
    }
  }
  if (waiting.length && done) throw new UnusableBackup('altered');
  if (!done) throw new UnusableBackup('cut-off');
}

function opened(key: Buffer, nonce: Buffer, bound: Buffer, ciphertext: Buffer, tag: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(bound).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return null;
  }
}

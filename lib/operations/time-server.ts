// Asks a time server what time it is (SNTP, RFC 4330): one datagram each way.
import { createSocket } from 'node:dgram';
import { seconds } from '../duration.ts';

const usualPort = 123;
/** From 1900, the epoch of NTP, to 1970: RFC 4330 §3. */
const epochs = seconds(2_208_988_800);
const patience = seconds(2);

/**
 * How far a clock is ahead of the server's, milliseconds; what the way takes is taken out. Rejects when nothing usable comes back within two seconds.
 * @param server a host, with a port if it is not 123. @param now the clock to compare, epoch milliseconds
 */
export async function skewFrom(server: string, now: () => number): Promise<number> {
  const { hostname, port } = new URL(`ntp://${server}`);
  const socket = createSocket(hostname.startsWith('[') ? 'udp6' : 'udp4');
  try {
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('it does not answer')), patience);
      timer.unref();
      const asked = now();
      socket.once('error', reject);
      socket.once('message', (answer) => {
        clearTimeout(timer);
        const came = now();
        // Mode 4 is a server's answer; stratum 0 says that it has no time to give; it must answer this very question.
        if (answer.length < 48 || (answer.readUInt8(0) & 7) !== 4 || answer.readUInt8(1) === 0 || !answer.subarray(24, 32).equals(stamp(asked))) {
          reject(new Error('its answer is not one of a time server'));
          return;
        }
        const [received, sent] = [instantAt(answer, 32), instantAt(answer, 40)];
        resolve((asked - received + (came - sent)) / 2);
      });
      const question = Buffer.alloc(48);
      // Version 4, mode 3: a client.
      question.writeUInt8((4 << 3) | 3, 0);
      stamp(asked).copy(question, 40);
      socket.send(question, Number(port || usualPort), hostname.replace(/^\[|\]$/g, ''), (error) => error && reject(error));
    });
  } finally {
    socket.close();
  }
}

/** @param at epoch milliseconds. @returns a 64-bit timestamp: seconds, then fractions of a second */
function stamp(at: number): Buffer {
  const bytes = Buffer.alloc(8);
  const since = at + epochs;
  bytes.writeUInt32BE(Math.floor(since / 1000) % 2 ** 32, 0);
  bytes.writeUInt32BE(Math.floor(((since % 1000) / 1000) * 2 ** 32), 4);
  return bytes;
}

/** Epoch milliseconds; right until 2036, when the seconds begin anew. */
const instantAt = (bytes: Buffer, offset: number): number =>
  bytes.readUInt32BE(offset) * 1000 + (bytes.readUInt32BE(offset + 4) / 2 ** 32) * 1000 - epochs;

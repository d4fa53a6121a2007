// A telephone that tests hold in hand: it speaks the portal's protocol over HTTP (lib/factors/phone), unlocked by a PIN. Faster than a browser,
// and able to be wrong; the telephone's real app has its own journeys.
import { createHash, createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const android = 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

interface Answer<Value> {
  readonly ok: boolean;
  readonly value?: Value;
  readonly problems?: readonly { readonly code: string; readonly left?: number; readonly sentence: string }[];
}
export interface AskedOfPhone {
  readonly id: string;
  readonly application: string;
}

async function post<Value>(portal: string, name: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Value>> {
  const response = await fetch(`${portal}/authenticator/api/${name}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: portal, 'user-agent': android, 'accept-language': 'fr', ...headers },
  });
  if (!response.ok) throw new Error(`The portal answered ${response.status} to ${name}.`);
  return (await response.json()) as Answer<Value>;
}

/** What is kept of a telephone that was paired elsewhere. */
export interface KeptPhone {
  readonly factorId: string;
  readonly key: JsonWebKey;
  readonly pin: string;
}

export class PhoneDevice {
  private counter = 0;

  private constructor(
    private readonly portal: string,
    private readonly factorId: string,
    private readonly key: KeyObject,
    /** Of the codes that it shows without network, base 32. */
    readonly secret: string,
    readonly address: string,
    readonly pin = '482915',
  ) {}

  static kept(portal: string, { factorId, key, pin }: KeptPhone): PhoneDevice {
    return new PhoneDevice(portal, factorId, createPrivateKey({ key, format: 'jwk' }), '', '', pin);
  }

  /** Claims a ticket or a typed code. @returns what finishes the pairing, for the computer to confirm */
  static async claim(portal: string, by: { readonly ticket: string } | { readonly code: string }) {
    const claimed = await post<{ claim: string; factorId: string; nonce: string; address: string; key: string }>(portal, 'claim', JSON.stringify(by));
    if (!claimed.value) throw new Error(`The ticket was refused: ${claimed.problems?.[0]?.code}`);
    const { claim, factorId, nonce, address, key } = claimed.value;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const phone = new PhoneDevice(portal, factorId, privateKey, key, address);
    const finish = async (name = 'Pixel de test') => {
      const { x, y } = publicKey.export({ format: 'jwk' });
      const body = JSON.stringify({ key: { x, y }, name, unlock: { kind: 'pin', pin: phone.pin }, subscription: null });
      const signature = phone.signed(`portal-pair/1\n${factorId}\n${nonce}\n${sha256(body)}`);
      const finished = await post(portal, 'finish', JSON.stringify({ claim, body, signature }));
      if (!finished.ok) throw new Error(`The telephone was refused: ${finished.problems?.[0]?.code}`);
    };
    return { phone, finish };
  }

  private signed(text: string): string {
    return sign('sha256', Buffer.from(text), { key: this.key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  }

  private call<Value>(name: string, input: object): Promise<Answer<Value>> {
    const body = JSON.stringify(input);
    const counter = ++this.counter;
    const sentAt = Date.now();
    const text = ['portal-device/1', this.factorId, 'POST', `/authenticator/api/${name}`, sha256(body), counter, sentAt].join('\n');
    return post<Value>(this.portal, name, body, { 'x-device': `${this.factorId}.${counter}.${sentAt}.${this.signed(text)}` });
  }

  /** What it is asked now. */
  async requests(): Promise<readonly AskedOfPhone[]> {
    const home = await this.call<{ requests: readonly AskedOfPhone[] }>('pending', {});
    if (!home.value) throw new Error(`The telephone is not heard: ${home.problems?.[0]?.code}`);
    return home.value.requests;
  }

  async request(): Promise<AskedOfPhone> {
    const [request] = await this.requests();
    if (!request) throw new Error('The telephone is asked nothing.');
    return request;
  }

  /** @returns the problem's code, or what it was answered with */
  async accepts(number: string | number, pin = this.pin): Promise<string | undefined> {
    const { id } = await this.request();
    const answer = await this.call<string>('answer', { id, decision: 'approve', number: String(number), unlock: { kind: 'pin', pin } });
    return answer.value ?? answer.problems?.[0]?.code;
  }

  async says(decision: 'deny' | 'report'): Promise<string | undefined> {
    const { id } = await this.request();
    const answer = await this.call<string>('answer', { id, decision });
    return answer.value ?? answer.problems?.[0]?.code;
  }
}

// A browser without script, reduced to what the portal sees of one: cookies, redirects, forms posted as HTML says. Counts what it asked for.
import { Agent, type IncomingMessage, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';

export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** As sent, names in small letters. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Decompressed. */
  readonly text: string;
  /** Status line, headers and body, as they came: compressed, where the portal compresses. */
  readonly wireBytes: number;
  readonly milliseconds: number;
}

export interface Form {
  readonly action: URL;
  readonly multipart: boolean;
  /** Hidden fields and what is filled in already. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly names: readonly string[];
  /** Named buttons: at most one is part of what is posted. */
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly text: string }[];
}

export interface Browser {
  /** Requests so far, to any origin. */
  readonly requests: () => number;
  /** Opens a stream of events, on a connection of its own. */
  stream(url: URL): Promise<IncomingMessage>;
  /** One request, redirects not followed. */
  get(url: URL, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** @param filled replaces or adds fields. @param button which of the form's named buttons was pressed */
  submit(form: Form, filled: Readonly<Record<string, string>>, button?: string): Promise<Answer>;
  /** Follows redirects until something else comes, or until a redirect leaves `origin`: then the answer that says so. */
  follow(answer: Answer, origin: string): Promise<Answer>;
}

interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

/** @param agent shared: many browsers may use one set of connections */
export function createBrowser(agent: Agent, language = 'fr'): Browser {
  const cookies = new Map<string, Cookie>();
  let requests = 0;

  const cookieHeader = (path: string) =>
    [...cookies.values()]
      .filter((c) => path === c.path || path.startsWith(c.path.endsWith('/') ? c.path : `${c.path}/`))
      .sort((a, b) => b.path.length - a.path.length)
      .map((c) => `${c.name}=${c.value}`)
      .join('; ');

  const keep = (setCookie: string) => {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const read = (attribute: string) => attributes.find((a) => a.toLowerCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1);
    const path = read('path') ?? '/';
    const key = `${name}\0${path}`;
    const expires = read('expires');
    const gone = value === '' || read('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
    if (gone) cookies.delete(key);
    else cookies.set(key, { name, path, value });
  };

  const send = async (method: string, url: URL, extra: Readonly<Record<string, string>>, body?: Buffer): Promise<Answer> => {
    requests++;
    const cookie = cookieHeader(url.pathname);
    const headers = {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-encoding': 'gzip',
      'accept-language': language,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...(cookie && { cookie }),
      ...(body && { 'content-length': String(body.length) }),
      ...extra,
    };
    const started = performance.now();
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(url, { method, headers, agent }, resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    const milliseconds = performance.now() - started;
    const received = new Map<string, string[]>();
    let headBytes = 'HTTP/1.1 200 OK\r\n\r\n'.length;
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      const name = (incoming.rawHeaders[i] ?? '').toLowerCase();
      const value = incoming.rawHeaders[i + 1] ?? '';
      received.set(name, [...(received.get(name) ?? []), value]);
      headBytes += name.length + value.length + ': \r\n'.length;
    }
    for (const value of received.get('set-cookie') ?? []) keep(value);
    const bytes = Buffer.concat(parts);
    const text = (received.get('content-encoding')?.[0] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    return { url, status: incoming.statusCode ?? 0, headers: received, text, wireBytes: headBytes + bytes.length, milliseconds };
  };

  const get = (url: URL, headers = {}) => send('GET', url, { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', ...headers });

  return {
    requests: () => requests,
    get,
    stream(url) {
      requests++;
      const headers = {
        accept: 'text/event-stream',
        'accept-language': language,
        cookie: cookieHeader(url.pathname),
        'sec-fetch-site': 'same-origin',
      };
      return new Promise((resolve, reject) => {
        const outgoing = request(url, { headers, agent: false }, resolve);
        outgoing.once('error', reject);
        outgoing.end();
      });
    },
    async submit(form, filled, button) {
      const data: [string, string][] = form.fields.filter(([name]) => !(name in filled)).map(([name, value]) => [name, value]);
      data.push(...Object.entries(filled));
      const pressed = form.buttons.find((b) => b.name === button);
      if (pressed) data.push([pressed.name, pressed.value]);
      const { type, body } = form.multipart ? multipart(data) : urlEncoded(data);
      return send(
        'POST',
        form.action,
        {
          'content-type': type,
          origin: form.action.origin,
          referer: form.action.href,
          'sec-fetch-site': 'same-origin',
          'sec-fetch-dest': 'document',
          'sec-fetch-mode': 'navigate',
        },
        body,
      );
    },
    async follow(answer, origin) {
      let current = answer;
      for (let hops = 0; hops < 10; hops++) {
        const to = locationOf(current);
        if (!to || to.origin !== origin) return current;
        current = await get(to);
      }
      throw new Error(`More than ten redirects, the last one to ${current.url}.`);
    },
  };
}

/** Where an answer sends the browser; null when it sends it nowhere. */
export function locationOf(answer: Answer): URL | null {
  const to = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location')?.[0] : undefined;
  return to === undefined ? null : new URL(to, answer.url);
}

/** Connections that stay open, as a browser's do. */
export const createAgent = (connections = 6) => new Agent({ keepAlive: true, maxSockets: connections });

const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gWb';
/** As browsers write it: RFC 7578, and the HTML standard's escapes in names. */
function multipart(fields: readonly (readonly [string, string])[]) {
  const name = (text: string) => text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
  const parts = fields.map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name(key)}"\r\n\r\n${value}\r\n`);
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`) };
}

const urlEncoded = (fields: readonly (readonly [string, string])[]) => ({
  type: 'application/x-www-form-urlencoded',
  body: Buffer.from(new URLSearchParams(fields.map(([k, v]) => [k, v])).toString()),
});

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot));/gi, (_all, hex?: string, decimal?: string, named?: string) =>
    named ? (entities[named.toLowerCase()] ?? '') : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );

const attributesOf = (tag: string): ReadonlyMap<string, string> =>
  new Map([...tag.matchAll(/\s([^\s=>"'/]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name.toLowerCase(), unescaped(value)]));

/** The forms of a page. Enough HTML for what React writes: quoted attributes, nothing nested in a form. */
export function formsOf(page: Answer): Form[] {
  return [...page.text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', content = '']) => {
    const form = attributesOf(head);
    const fields: [string, string][] = [];
    const names: string[] = [];
    const buttons: Form['buttons'][number][] = [];
    for (const [, tag = '', rest = ''] of content.matchAll(/<(input|select|textarea)\b([^>]*)>/g)) {
      const given = attributesOf(rest);
      const name = given.get('name');
      if (!name || given.has('disabled')) continue;
      names.push(name);
      const choice = given.get('type') === 'checkbox' || given.get('type') === 'radio';
      if (tag === 'input' && !(choice && !given.has('checked'))) fields.push([name, given.get('value') ?? (choice ? 'on' : '')]);
    }
    for (const [, rest = '', text = ''] of content.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)) {
      const given = attributesOf(rest);
      if (given.has('name')) buttons.push({ name: given.get('name') ?? '', value: given.get('value') ?? '', text: text.replace(/<[^>]*>/g, '') });
    }
    return {
      action: new URL(form.get('action') ?? '', page.url),
      multipart: form.get('enctype')?.toLowerCase() === 'multipart/form-data',
      fields,
      names,
      buttons,
    };
  });
}

/** The form that has this field. Throws, with the page's words, when there is none. */
export function formWith(page: Answer, field: string): Form {
  const form = formsOf(page).find((f) => f.names.includes(field));
  if (form) return form;
  const words = page.text
    .replace(/<(script|style|template)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400);
  throw new Error(`No form with the field ${field} at ${page.url.pathname} (${page.status}): ${words}`);
}

// Lets oidc-provider run on the oldest Node that the product promises (20.9): it calls two functions that came to Node a little later.

import * as crypto from 'node:crypto';
import { register } from 'node:module';

/** What oidc-provider reads `node:crypto` by, and what stands there instead: the same, with `hash` (Node 20.12). */
const given = "import * as crypto from 'node:crypto';";
const mended = `import * as nodeCrypto from 'node:crypto';
const crypto = { ...nodeCrypto, hash: (algorithm, data, encoding) => nodeCrypto.createHash(algorithm).update(data).digest(encoding) };`;

/** Runs in Node's loader thread (Customization Hooks, `load`). */
const hook = `export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.includes('/node_modules/oidc-provider/lib/') || loaded.format !== 'module') return loaded;
  return { ...loaded, source: String(loaded.source).replace(${JSON.stringify(given)}, ${JSON.stringify(mended)}) };
}`;

/** Call it before anything imports oidc-provider. Does nothing on a Node that needs nothing. */
export function mendOlderNode(): void {
  // Present since Node 22.1 and 20.19; null instead of an exception.
  URL.parse ??= (url: string | URL, base?: string | URL) => (URL.canParse(String(url), base && String(base)) ? new URL(url, base) : null);
  if (!('hash' in crypto)) register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

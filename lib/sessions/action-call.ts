// Whether a call of a server action, as a browser with script makes it, has the shape that our own forms give it. Looked at before Next reads
// the arguments: what they may hold is more than we need, and was the way in of CVE-2025-55182 (T23).

/** Levels of arrays and objects: a form's state has three. */
const deepest = 6;
/** Characters of the arguments: a form's state holds an address and a few sentences. */
const longest = 64 * 1024;

/**
 * Of React's marked strings, those that our forms send: a form's data, `undefined`, and text that itself begins with a dollar sign.
 * References to other parts, to functions, files, promises and streams are none of them.
 */
const plain = /^(?!\$)|^\$(?:\$|undefined$|K[0-9a-f]+$)/;

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return plain.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepest || Object.hasOwn(value, '__proto__') || Object.hasOwn(value, 'then')) return false;
  return Object.values(value).every((inner) => isPlain(inner, depth + 1));
}

/** @param text a call's arguments, as JSON */
export function areActionArguments(text: string): boolean {
  if (text.length > longest) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && isPlain(value, 0);
  } catch {
    return false;
  }
}

/** Whether the body is plain arguments, or a form whose part `0` is. Reads a copy of the body. (SEC-97) */
export async function isActionCall(request: Request): Promise<boolean> {
  const type = request.headers.get('content-type') ?? '';
  try {
    // What React sends when no form comes along: a button that is all that its form has.
    if (/^text\/plain\s*;/i.test(type)) return areActionArguments(await request.clone().text());
    if (!/^multipart\/form-data\s*;/i.test(type)) return false;
    const [first, ...more] = (await request.clone().formData()).getAll('0');
    return typeof first === 'string' && more.length === 0 && areActionArguments(first);
  } catch {
    return false;
  }
}

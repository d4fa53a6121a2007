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

/** How a form without script names its action: the action's id, and where what is bound to it stands. */
function isReference(text: string): boolean {
  try {
    const { id, bound, ...more } = JSON.parse(text) as Record<string, unknown>;
    return typeof id === 'string' && (bound === null || /^\$@\d+$/.test(String(bound))) && Object.keys(more).length === 0;
  } catch {
    return false;
  }
}

/** Fields that only React reads, in a form that was sent without script. */
const isReadableField = (name: string, value: FormDataEntryValue): boolean => {
  const part = /^\$ACTION_\d+:(.*)$/.exec(name)?.[1];
  if (part === undefined) return true;
  return typeof value === 'string' && (part === '0' ? isReference(value) : areActionArguments(value));
};

/**
 * Whether a body may be read as the call of an action, with script (plain arguments, or a form whose part `0` is) or without (a form).
 * Reads a copy of it. (SEC-97)
 */
export async function isActionCall(request: Request): Promise<boolean> {
  const type = request.headers.get('content-type') ?? '';
  const scripted = request.headers.has('next-action');
  try {
    // What React sends when no form comes along: a button that is all that its form has.
    if (scripted && /^text\/plain\s*;/i.test(type)) return areActionArguments(await request.clone().text());
    if (!/^multipart\/form-data\b/i.test(type)) return !scripted;
    const form = await request.clone().formData();
    if (!scripted) return [...form].every(([name, value]) => isReadableField(name, value));
    const [first, ...more] = form.getAll('0');
    return typeof first === 'string' && more.length === 0 && areActionArguments(first);
  } catch {
    return false;
  }
}

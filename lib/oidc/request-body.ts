// Reads what was sent to an address that anybody may call, and no more of it than such a request can be long.

/** @param longest bytes. @returns null when there is more: the rest is not read */
export async function textUpTo(request: Request, longest: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > longest) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  // A body may come in pieces, without saying how long it is: leaving the loop cancels the rest.
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > longest) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Bytes from the base64 in which weights and code stand in the tree. Used by model.ts, network.ts and matrix.ts. */

/** The bytes. @param count how many there must be; left out, any number @throws RangeError when there are others */
export function bytesOf(base64: string, count?: number): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  if (count !== undefined && text.length !== count)
    throw new RangeError(`the weights hold ${text.length} bytes where ${count} are needed: run tools/triage/train.ts`);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/**
 * The work itself: what is hashed and when it holds (hashcash, in pieces). Both sides call it; which SHA-256 they use is theirs.
 *
 * [Note: Sixteen small searches] One search for a rare hash takes as long as chance wants: one in twenty takes three times the mean. Sixteen searches, each a sixteenth as rare, take as much work together, and
 * hardly anyone more than one and a half times the mean. And how many are done is an honest progress bar.
 */

/** Pieces of one challenge. */
export const pieces = 16;
/** Bytes of one piece's answer in the solution: the counter, big-endian. */
export const counterBytes = 4;

const domain = new TextEncoder().encode("rugdekking-w");
/** Bytes of {@link messageOf}: with SHA-256's own ending exactly one block. */
export const messageBytes = domain.length + 32 + 4 + counterBytes;

/**
 * What is hashed: `rugdekking-w` ‖ seed (32) ‖ piece (4) ‖ counter (4), numbers big-endian.
 * @param seed SHA-256 of the challenge's text
 * @returns the message with counter 0, and the place to write counters to
 */
export function messageOf(seed: Uint8Array, piece: number): { readonly message: Uint8Array<ArrayBuffer>; readonly count: (counter: number) => void } {
  const message = new Uint8Array(messageBytes);
  const view = new DataView(message.buffer);
  message.set(domain);
  message.set(seed, domain.length);
  view.setUint32(domain.length + 32, piece);
  return { message, count: (counter) => view.setUint32(messageBytes - counterBytes, counter) };
}

/** Whether a hash is rare enough: its first four bytes, as a number, are below 2³² over the work. */
export const isRare = (hash: Uint8Array, work: number): boolean =>
  (((hash[0] ?? 255) << 24) | ((hash[1] ?? 255) << 16) | ((hash[2] ?? 255) << 8) | (hash[3] ?? 255)) >>> 0 < 2 ** 32 / work;

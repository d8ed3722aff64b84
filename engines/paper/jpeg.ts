/** Takes out of a JPEG what says where and with what it was taken, before it goes into a paper that others read; used by render.ts. */

const ascii = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));

/** Exif 3.0 §4.6.5.1.6: how the picture must be turned (1 to 8); null when this segment does not say. */
function orientation(bytes: Uint8Array, start: number, end: number): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const little = ascii(bytes, start, 2) === "II";
  try {
    const directory = view.getUint32(4, little);
    for (let n = 0; n < view.getUint16(directory, little); n++) {
      const entry = directory + 2 + 12 * n;
      if (view.getUint16(entry, little) === 0x0112) {
        const value = view.getUint16(entry + 8, little);
        return value >= 1 && value <= 8 ? value : null;
      }
    }
  } catch (error) {
    // A directory that points outside its segment says nothing.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** An Exif segment that holds the orientation and nothing else. */
const turned = (value: number): Uint8Array =>
  Uint8Array.of(
    0xff,
    0xe1,
    0,
    34,
    0x45,
    0x78,
    0x69,
    0x66,
    0,
    0,
    0x4d,
    0x4d,
    0,
    0x2a,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    value,
    0,
    0,
    0,
    0,
    0,
    0,
  );

/** Segments a decoder needs or colours depend on: all but the applications' own (APP1 to APP15) and comments, save ICC profiles (APP2) and Adobe's colour mark (APP14). */
const kept = (bytes: Uint8Array, marker: number, body: number): boolean =>
  marker !== 0xfe && (marker < 0xe1 || marker > 0xef || marker === 0xee || (marker === 0xe2 && ascii(bytes, body, 11) === "ICC_PROFILE"));

/**
 * The same picture without place, time, device, thumbnail and comments (Exif, XMP, IPTC, maker's notes). Its orientation stays; the pixels are not touched.
 * @param bytes a JPEG (ITU-T T.81 annex B); given back as it is from where it stops looking like one
 */
export function withoutTraces(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [bytes.subarray(0, 2)];
  let turn: number | null = null;
  let at = 2;
  while (at + 4 <= bytes.byteLength && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    // Start of scan: from here on there are pixels.
    if (marker === 0xda) break;
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    if (marker === 0xff || end > bytes.byteLength || end < at + 4) break;
    if (kept(bytes, marker, at + 4)) pieces.push(bytes.subarray(at, end));
    else if (marker === 0xe1 && ascii(bytes, at + 4, 6) === "Exif\0\0") turn ??= orientation(bytes, at + 10, end);
    at = end;
  }
  if (turn !== null && turn !== 1) pieces.splice(1, 0, turned(turn));
  pieces.push(bytes.subarray(at));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let to = 0;
  for (const piece of pieces) {
    whole.set(piece, to);
    to += piece.byteLength;
  }
  return whole;
}

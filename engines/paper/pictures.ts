/** Looks at the bytes of a picture before the compiler does: what kind it is, how large, whether it is one at all; used by render.ts. */
import { PaperError } from "./errors.ts";

/** What a paper can hold. */
export type PictureKind = "png" | "jpg" | "svg";

/** Most bytes of one picture. A photo of 1600 pixels wide is about 0.4 MB; scale down before handing in. */
export const maxPictureBytes = 12_000_000;
/** Most pixels of one picture: a decoder needs four bytes for each. */
export const maxPicturePixels = 40_000_000;

interface Size {
  readonly kind: PictureKind;
  readonly width: number;
  readonly height: number;
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, at) => bytes[at] === byte);

/** PNG (ISO/IEC 15948): the signature, then IHDR with width and height. */
function png(bytes: Uint8Array, view: DataView): Size | null {
  if (!startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return null;
  return { kind: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** JPEG (ITU-T T.81 B.2): segments up to the first start of frame, which holds height and width. */
function jpeg(bytes: Uint8Array, view: DataView): Size | null {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { kind: "jpg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
}

/** SVG 1.1: text whose first element is `svg`. It must stand alone: no declarations of entities, nothing fetched from elsewhere. */
function svg(bytes: Uint8Array): Size | null {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/u.test(text)) return null;
  if (/<!ENTITY|<!DOCTYPE|(?:href|src)\s*=\s*["'](?!#|data:)/iu.test(text)) return null;
  return { kind: "svg", width: 1, height: 1 };
}

/**
 * What kind of picture these bytes are.
 * @param name of the asset, for the message
 * @throws {PaperError} `picture-unreadable`, `picture-too-large`
 */
export function pictureKind(name: string, bytes: Uint8Array): PictureKind {
  if (bytes.byteLength > maxPictureBytes) {
    throw new PaperError("picture-too-large", `The picture "${name}" has ${bytes.byteLength} bytes; scale it down to at most ${maxPictureBytes}.`, {
      name,
      bytes: bytes.byteLength,
    });
  }
  let size: Size | null = null;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    size = png(bytes, view) ?? jpeg(bytes, view) ?? svg(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (size === null || size.width === 0 || size.height === 0) {
    throw new PaperError("picture-unreadable", `The picture "${name}" is no whole PNG or JPEG, and no SVG that stands alone; convert it to one of these.`, {
      name,
    });
  }
  if (size.width * size.height > maxPicturePixels) {
    throw new PaperError(
      "picture-too-large",
      `The picture "${name}" is ${size.width} by ${size.height} pixels; scale it down to at most ${maxPicturePixels}.`,
      {
        name,
        pixels: size.width * size.height,
      },
    );
  }
  return size.kind;
}

/**
 * Makes a photo fit to keep: decodes it (what does not decode is no photo), turns it upright, scales it down and writes it anew as JPEG. What the camera added about place and device is gone with
 * the old file. Runs in a worker, where the full picture is never in the page; apps/web starts it.
 */

/** Longest side of a kept photo and of its small picture, in pixels. */
export const longest = { photo: 1_600, small: 240 } as const;
const quality = 0.8;

/** One file to make fit. */
export interface PhotoTask {
  readonly id: number;
  readonly file: Blob;
}
/** What became of it; null when it cannot be opened as a picture. */
export interface PhotoDone {
  readonly id: number;
  readonly made: { readonly photo: ArrayBuffer; readonly small: ArrayBuffer; readonly width: number; readonly height: number } | null;
}

async function scaled(picture: ImageBitmap, side: number): Promise<{ readonly bytes: ArrayBuffer; readonly width: number; readonly height: number }> {
  const share = Math.min(1, side / Math.max(picture.width, picture.height));
  const [width, height] = [Math.max(1, Math.round(picture.width * share)), Math.max(1, Math.round(picture.height * share))];
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser draws no pictures in a worker");
  // A picture with holes (PNG) gets white paper under it: JPEG would make them black.
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  return { bytes: await blob.arrayBuffer(), width, height };
}

/** Makes one photo fit; null when the file is no picture. */
export async function fitPhoto(file: Blob): Promise<PhotoDone["made"]> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  try {
    const photo = await scaled(picture, longest.photo);
    const small = await scaled(picture, longest.small);
    return { photo: photo.bytes, small: small.bytes, width: photo.width, height: photo.height };
  } finally {
    picture.close();
  }
}

/** What a worker's global scope is to this room. */
interface WorkerScope {
  addEventListener(name: "message", listener: (event: MessageEvent<PhotoTask>) => void): void;
  postMessage(message: PhotoDone, options: { transfer: ArrayBuffer[] }): void;
}

/** Answers tasks one after the other: two full pictures are never open at once. */
export function servePhotos(scope: WorkerScope): void {
  let turn: Promise<void> = Promise.resolve();
  scope.addEventListener("message", ({ data: { id, file } }) => {
    turn = turn.then(async () => {
      const made = await fitPhoto(file).catch(() => null);
      scope.postMessage({ id, made }, { transfer: made === null ? [] : [made.photo, made.small] });
    });
  });
}

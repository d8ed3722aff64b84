/** Takes pictures of a tab and puts them together. The browser hands out two a second at most; each is of what is on the screen, bars of the page included. */
import type { Look } from "#apps/extension/page/look.ts";

/** Milliseconds between two pictures: the browser refuses more than two a second. */
const between = 560;
/** Most pictures of one message, and most pixels of the picture put together of them. */
export const mostScreens = 24;
const mostHeight = 16_000;
const mostPixels = 60_000_000;

/** The tab is no longer the one that is looked at, or shows another page: no picture may be taken of what came in its place. */
export class Moved extends Error {
  override readonly name = "Moved";
}

export type Png = Uint8Array<ArrayBuffer>;

let last = 0;

/** A picture of the tab as it is now, as long as it is in front and at this address. @throws {@link Moved} */
export async function picture(tab: number, url: string): Promise<Png> {
  await new Promise((done) => setTimeout(done, Math.max(0, last + between - Date.now())));
  const before = await chrome.tabs.get(tab);
  if (!before.active || before.url !== url) throw new Moved("another tab is in front, or the tab shows another page");
  last = Date.now();
  const address = await chrome.tabs.captureVisibleTab(before.windowId, { format: "png" });
  const after = await chrome.tabs.get(tab);
  if (!after.active || after.windowId !== before.windowId || after.url !== url) throw new Moved("the page changed while a picture was taken");
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  return bytes;
}

/** Rows of a message as one picture shows them. */
interface Strip {
  readonly png: Png;
  readonly look: Look;
  /** First and last row of the message that are taken from it. */
  readonly from: number;
  readonly to: number;
}

/** First and last row of the message that are clear in the window. */
export function clearRows({ top, height, clear }: Look): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, clear.top - top), to: Math.min(height, clear.bottom - top) };
}

/** Last row of the message that the picture holds: a browser may hand out less than the window says it has. */
export function pictured({ top, window }: Look, png: Png): number {
  // Width and height stand in the first chunk of a PNG (ISO/IEC 15948, 11.2.2).
  const header = new DataView(png.buffer, png.byteOffset);
  return (header.getUint32(20) * window.width) / header.getUint32(16) - top;
}

/** A picture of the whole message. */
export interface Whole {
  readonly png: Png;
  /** The lower part is missing: too long, or the page would not move on. */
  readonly cut: boolean;
}

/**
 * The whole message in one picture, screen by screen from its top.
 * @param show moves the page to a row; null when the message is gone
 * @returns null when not even its top could be shown
 * @throws {@link Moved}
 */
export async function wholePicture(tab: number, url: string, show: (row: number) => Promise<Look | null>): Promise<Whole | null> {
  const strips: Strip[] = [];
  let done = 0;
  let height = Number.POSITIVE_INFINITY;
  while (done < height - 1 && strips.length < mostScreens && done < mostHeight) {
    const look = await show(done);
    if (look === null) break;
    const rows = clearRows(look);
    height = look.height;
    // The page did not move on, or moved past what was not seen yet.
    if (rows.from > done + 1 || rows.to <= done + 1) break;
    const png = await picture(tab, url);
    const to = Math.min(rows.to, pictured(look, png));
    if (to <= done + 1) break;
    strips.push({ png, look, from: done, to });
    done = to;
  }
  if (strips.length === 0) return null;
  const png = await joined(strips);
  return png === null ? null : { png, cut: done < height - 1 };
}

async function joined(strips: readonly Strip[]): Promise<Png | null> {
  const pictures = await Promise.all(strips.map(async ({ png }) => await createImageBitmap(new Blob([png], { type: "image/png" }))));
  try {
    const [first, look] = [pictures[0], strips[0]?.look];
    if (first === undefined || look === undefined) return null;
    const scale = first.width / look.window.width;
    const left = Math.max(0, Math.round(look.left * scale));
    const width = Math.min(first.width, Math.round((look.left + look.width) * scale)) - left;
    const height = Math.min(mostHeight, Math.round((strips.at(-1)?.to ?? 0) * scale));
    if (width < 1 || height < 1 || width * height > mostPixels) return null;
    const canvas = new OffscreenCanvas(width, height);
    const brush = canvas.getContext("2d");
    if (brush === null) return null;
    for (const [index, strip] of strips.entries()) {
      const image = pictures[index];
      if (image === undefined) continue;
      const top = Math.round((strip.look.top + strip.from) * scale);
      const rows = Math.round((strip.to - strip.from) * scale);
      brush.drawImage(image, left, top, width, rows, 0, Math.round(strip.from * scale), width, rows);
    }
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  } finally {
    for (const image of pictures) image.close();
  }
}

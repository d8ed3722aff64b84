/** A PDF as words, page by page: lines in the order the file has them, raised letters remembered. PDF.js does the reading, in the build of unpdf that runs in Node and browsers alike. Called by index.ts, which loads this file only for a PDF. */
import { getDocumentProxy } from "unpdf";
import { GrowingText, type Range, type SourceText } from "./source-text.ts";

/** Why a PDF gave no words. */
export class PdfTrouble extends Error {
  override readonly name = "PdfTrouble";
  readonly code: "pdf-broken" | "pdf-locked";
  constructor(code: "pdf-broken" | "pdf-locked") {
    super(code);
    this.code = code;
  }
}

/** More pages than any set has; a longer file is cut here and said to be. */
export const MAX_PAGES = 500;

/** The words of a PDF, and which pages hold none. */
export interface PdfText {
  readonly source: SourceText;
  readonly pageCount: number;
  /** Pages without a letter, from 1: scanned, or empty. */
  readonly silent: readonly number[];
}

/** @throws {@link PdfTrouble} */
export async function textOfPdf(bytes: Uint8Array): Promise<PdfText> {
  let document: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // PDF.js takes the bytes for itself, and refuses a Buffer of Node.
    document = await getDocumentProxy(new Uint8Array(bytes), { useSystemFonts: false, disableFontFace: true, stopAtErrors: false, verbosity: 0 });
  } catch (error) {
    throw new PdfTrouble(error instanceof Error && error.name === "PasswordException" ? "pdf-locked" : "pdf-broken");
  }
  const text = new GrowingText();
  const raised: Range[] = [];
  const pages: number[] = [];
  const silent: number[] = [];
  try {
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number++) {
      const from = text.length;
      pages.push(from);
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const words = addPage(
        items.flatMap((item) =>
          "str" in item
            ? [
                {
                  str: item.str,
                  x: numberAt(item.transform, 4),
                  y: numberAt(item.transform, 5),
                  height: item.height || Math.abs(numberAt(item.transform, 3)),
                  width: item.width,
                  ends: item.hasEOL,
                },
              ]
            : [],
        ),
        text,
        raised,
      );
      if (!words) silent.push(number);
      text.write("\n\f");
      page.cleanup();
    }
  } catch {
    throw new PdfTrouble("pdf-broken");
  } finally {
    await document.loadingTask.destroy();
  }
  return { source: { text: text.toString(), raised, pages, aside: [], wrapped: true }, pageCount: document.numPages, silent };
}

const numberAt = (values: readonly unknown[], at: number): number => {
  const value = values[at];
  return typeof value === "number" ? value : 0;
};

interface Item {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly width: number;
  readonly ends: boolean;
}

/** The distance that is usual is that of this many lines before. */
const MOST_STEPS = 100;
/** No more empty pieces than this stand between a raised number and its words. */
const MOST_BLANKS = 50;

/** One page behind the text so far. A new line starts where the height changes by more than a raised letter does, an empty one where the distance is larger than that of the lines around. @returns whether it has words. */
function addPage(items: readonly Item[], text: GrowingText, raised: Range[]): boolean {
  let words = false;
  let line: { readonly y: number; readonly height: number; readonly end: number } | null = null;
  const steps: number[] = [];
  for (const [at, item] of items.entries()) {
    if (item.str === "") continue;
    if (item.str.trim() === "") {
      if (line !== null && !/\s$/u.test(text.tail)) text.write(" ");
      continue;
    }
    words = true;
    const now: { readonly y: number; readonly height: number; readonly end: number } = line ?? { y: item.y, height: item.height, end: item.x };
    const rise: number = item.y - now.y;
    const small: boolean = item.height > 0 && item.height < now.height * 0.85;
    const up: boolean = small && rise > now.height * 0.12 && rise < now.height * 0.8 && item.x >= now.end - now.height;
    const down: boolean = !small && rise < 0 && -rise < item.height * 0.3;
    const end = item.x + item.width;
    if (line === null) line = { y: item.y, height: item.height, end };
    else if (!up && !down && Math.abs(rise) > Math.max(1, now.height * 0.35)) {
      // In heights of the letters, so that a heading and the words below it are judged alike.
      const step = -rise / Math.max(1, now.height, item.height);
      const usual = steps.slice(-MOST_STEPS).toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 1.35;
      text.write(step > Math.min(usual * 1.4, 2) || step < 0 ? "\n\n" : "\n");
      if (step > 0 && step < 2 && now.height === item.height) steps.push(step);
      line = { y: item.y, height: item.height, end };
    } else {
      if (!/\s$/u.test(text.tail) && !/^\s/u.test(item.str) && item.x - now.end > Math.max(item.height, now.height) * 0.2 && !up) text.write(" ");
      line = { y: up ? now.y : item.y, height: up ? now.height : Math.max(now.height, item.height), end };
    }
    // A line that starts with a small raised number: the mark of a footnote below.
    const starts = /(?:^|\n)[^\S\n]*$/u.test(text.tail) || text.length === 0;
    const start = text.length;
    text.write(item.str);
    const bare = item.str.trim();
    if (up || (starts && /^\d{1,3}$/u.test(bare) && raisedStart(items, at)))
      raised.push({ start: start + item.str.indexOf(bare), end: start + item.str.indexOf(bare) + bare.length });
  }
  return words;
}

/** Whether what follows on the same line is larger and stands lower. */
function raisedStart(items: readonly Item[], at: number): boolean {
  const item = items[at];
  let next = items[at + 1];
  for (let behind = at + 2; next !== undefined && next.str.trim() === "" && behind < at + MOST_BLANKS; behind++) next = items[behind];
  return (
    item !== undefined &&
    next !== undefined &&
    next.height > item.height * 1.15 &&
    next.x > item.x &&
    item.y - next.y > item.height * 0.1 &&
    item.y - next.y < next.height
  );
}

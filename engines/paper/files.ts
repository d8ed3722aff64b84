/** The engine's own files, templates and fonts, by name and address: whoever starts a compiler reads them with `loadPaperFiles`, so that the engine itself does no I/O. */
import { PaperError } from "./errors.ts";
import { coverage, type Coverage } from "./glyphs.ts";

/** Typst sources: the templates and the look they share. Addresses are spelled out so that a bundler finds them. */
const sources = {
  "stijl.typ": new URL("./templates/stijl.typ", import.meta.url),
  "advies.typ": new URL("./templates/advies.typ", import.meta.url),
  "verstrekking.typ": new URL("./templates/verstrekking.typ", import.meta.url),
  "uitleg.typ": new URL("./templates/uitleg.typ", import.meta.url),
  "blokken.typ": new URL("./templates/blokken.typ", import.meta.url),
  "uitkomsten.typ": new URL("./templates/uitkomsten.typ", import.meta.url),
  "aangifte.typ": new URL("./templates/aangifte.typ", import.meta.url),
  "lopend.typ": new URL("./templates/lopend.typ", import.meta.url),
  "kamerbrief.typ": new URL("./templates/kamerbrief.typ", import.meta.url),
  "beslisnota.typ": new URL("./templates/beslisnota.typ", import.meta.url),
} as const;

/** Fonts in the order in which they are tried (fonts/README.md says where each comes from). */
const fonts = {
  "AtkinsonHyperlegibleNext-400.ttf": new URL("./fonts/AtkinsonHyperlegibleNext-400.ttf", import.meta.url),
  "AtkinsonHyperlegibleNext-600.ttf": new URL("./fonts/AtkinsonHyperlegibleNext-600.ttf", import.meta.url),
  "AtkinsonHyperlegibleNext-700.ttf": new URL("./fonts/AtkinsonHyperlegibleNext-700.ttf", import.meta.url),
  "Inter-400.ttf": new URL("./fonts/Inter-400.ttf", import.meta.url),
  "NotoEmoji-400.ttf": new URL("./fonts/NotoEmoji-400.ttf", import.meta.url),
} as const;

/** Name and address of every file a compiler needs. */
export const paperFileUrls: Readonly<Record<string, URL>> = { ...sources, ...fonts };

/** The engine's files, read: what both compilers start from. */
export interface PaperFiles {
  /** Typst source by file name. */
  readonly sources: ReadonlyMap<string, string>;
  /** TrueType bytes, in the order in which they are tried. */
  readonly fonts: readonly Uint8Array[];
  /** Which characters those fonts can show. */
  readonly covers: Coverage;
}

/**
 * Puts the engine's files together from their bytes by name.
 * @throws {PaperError} `file-missing`, `font-unreadable`
 */
export function paperFiles(bytes: ReadonlyMap<string, Uint8Array>): PaperFiles {
  const of = (name: string): Uint8Array => {
    const found = bytes.get(name);
    if (found === undefined)
      throw new PaperError("file-missing", `The file ${name} of the paper engine was not handed in; load all of paperFileUrls.`, { name });
    return found;
  };
  const typefaces = Object.keys(fonts).map((name) => ({ name, bytes: of(name) }));
  return {
    sources: new Map(Object.keys(sources).map((name) => [name, new TextDecoder("utf-8", { fatal: true }).decode(of(name))])),
    fonts: typefaces.map((typeface) => typeface.bytes),
    covers: coverage(typefaces),
  };
}

/**
 * Reads all files of the engine with the reader of this machine: `readFile` in Node, a `fetch` in a browser.
 * @throws {PaperError} `file-missing`, `font-unreadable`, and whatever `read` throws
 */
export async function loadPaperFiles(read: (url: URL) => Promise<Uint8Array>): Promise<PaperFiles> {
  const all = await Promise.all(Object.entries(paperFileUrls).map(async ([name, url]) => [name, await read(url)] as const));
  return paperFiles(new Map(all));
}

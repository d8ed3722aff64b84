/**
 * Says in a tagged PDF that it is PDF/UA-1, because Typst's browser build cannot: used by browser.ts only.
 *
 * [Note: an update, not a rewrite] The PDF stays byte for byte what Typst wrote; behind it come a new catalog (`DisplayDocTitle`, PDF/UA-1 §7.1) and a new XMP packet
 * (`pdfuaid:part`, §5) as an incremental update (ISO 32000-1 §7.5.6). Typst writes a classical cross-reference table and plain text for both objects; anything else is
 * refused, so a new Typst cannot pass here unseen.
 */
import { PaperError } from "./errors.ts";

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8", { fatal: true });

function unexpected(what: string): PaperError {
  return new PaperError("pdf-unexpected", `The compiler gave a PDF without ${what}; pin the version of typst-ts that docs/dependencies.md names.`, { what });
}

function found(match: RegExpExecArray | null, what: string): readonly string[] {
  if (match === null) throw unexpected(what);
  return match;
}

/** Text of one object that is not a stream, found through the cross-reference table at `table`. */
function objectAt(pdf: Uint8Array, table: number, number: number): { readonly offset: number; readonly head: string } {
  const start = latin1.decode(pdf.subarray(table, table + 40));
  const [header] = found(/^xref\n0 \d+\n/u.exec(start.replaceAll("\r\n", "\n")), "a single cross-reference table");
  const at = table + (header?.length ?? 0) + 20 * number;
  const [, digits] = found(/^(\d{10}) \d{5} n/u.exec(latin1.decode(pdf.subarray(at, at + 20))), `object ${number}`);
  const offset = Number(digits);
  const head = latin1.decode(pdf.subarray(offset, offset + 4096));
  if (!head.startsWith(`${number} 0 obj`)) throw unexpected(`object ${number} in its place`);
  return { offset, head };
}

/** The XMP packet with the PDF/UA identification in it. */
function identified(pdf: Uint8Array, metadata: { readonly offset: number; readonly head: string }): Uint8Array {
  const [, length] = found(/\/Length (\d+)\b/u.exec(metadata.head), "the length of its metadata");
  const start = metadata.offset + metadata.head.indexOf("stream\n") + "stream\n".length;
  const packet = utf8.decode(pdf.subarray(start, start + Number(length)));
  const parts = packet.split("</rdf:Description>");
  if (parts.length !== 2 || packet.includes("pdfuaid") || !/xmlns:pdf="[^"]+"/u.test(packet)) throw unexpected("the XMP packet that is known");
  const marked = packet
    .replace(/(xmlns:pdf="[^"]+")/u, `$1 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`)
    .replace("</rdf:Description>", "<pdfuaid:part>1</pdfuaid:part></rdf:Description>");
  return new TextEncoder().encode(marked);
}

/**
 * Adds the identification to a tagged PDF from Typst's browser build.
 * @returns the same bytes with an incremental update behind them; deterministic
 * @throws {PaperError} `pdf-unexpected`
 */
export function identifyPdfUa(pdf: Uint8Array): Uint8Array {
  const end = latin1.decode(pdf.subarray(-2048));
  const [, trailer, startxref] = found(/trailer\n<<\n?([\s\S]*?)\n?>>\nstartxref\n(\d+)\n%%EOF\s*$/u.exec(end), "the trailer that is known");
  const table = Number(startxref);
  const [, root] = found(/\/Root (\d+) 0 R/u.exec(trailer ?? ""), "a catalog");
  const catalogNumber = Number(root);
  const catalog = objectAt(pdf, table, catalogNumber).head.split("endobj")[0] ?? "";
  const [, meta] = found(/\/Metadata (\d+) 0 R/u.exec(catalog), "metadata");
  const metadataNumber = Number(meta);
  if (!/\/Marked true/u.test(catalog) || !/\/StructTreeRoot/u.test(catalog) || !/\/Lang \(/u.test(catalog)) throw unexpected("tags and a language");
  if (catalog.split("/ViewerPreferences <<").length !== 2 || catalog.includes("DisplayDocTitle")) throw unexpected("the viewer preferences that are known");

  const packet = identified(pdf, objectAt(pdf, table, metadataNumber));
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [pdf];
  let size = pdf.byteLength;
  const add = (chunk: Uint8Array): number => {
    const at = size;
    chunks.push(chunk);
    size += chunk.byteLength;
    return at;
  };
  const entry = (offset: number): string => `${String(offset).padStart(10, "0")} 00000 n\r\n`;

  if (pdf.at(-1) !== 0x0a) add(encoder.encode("\n"));
  const catalogAt = add(encoder.encode(`${catalog.trimEnd().replace("/ViewerPreferences <<", "/ViewerPreferences <<\n    /DisplayDocTitle true")}\nendobj\n`));
  const metadataAt = add(encoder.encode(`${metadataNumber} 0 obj\n<<\n  /Length ${packet.byteLength}\n  /Type /Metadata\n  /Subtype /XML\n>>\nstream\n`));
  add(packet);
  add(encoder.encode("\nendstream\nendobj\n"));
  const sections = [
    { number: catalogNumber, at: catalogAt },
    { number: metadataNumber, at: metadataAt },
  ].toSorted((a, b) => a.number - b.number);
  const tableAt = size;
  add(
    encoder.encode(
      `xref\n${sections.map(({ number, at }) => `${number} 1\n${entry(at)}`).join("")}trailer\n<<\n${trailer ?? ""}\n  /Prev ${table}\n>>\nstartxref\n${tableAt}\n%%EOF\n`,
    ),
  );

  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

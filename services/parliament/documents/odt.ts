/**
 * Running text as ODT, the open form Dutch government exchanges in: written by hand after OASIS OpenDocument 1.3 (part 2 packages, part 3 schema), because no kept library writes it.
 * Real styles and outline levels, lists, footnotes, bookmarks and links, a table head that comes back, Dutch as its language. Used by index.ts.
 */
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import { xmlText } from "./letters.ts";
import { columnShares, type Piece, type Running, type RunningBlock } from "./running-text.ts";

const namespaces = [
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
].join(" ");
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Words in an element: ODF takes white space together, so that spaces in a row and line ends have elements of their own (part 3, 6.1.2). */
const words = (text: string): string =>
  xmlText(text)
    .replaceAll(/^ | {2,}| $/gmu, (spaces) => (spaces.length === 1 ? "<text:s/>" : `<text:s text:c="${spaces.length}"/>`))
    .replaceAll("\n", "<text:line-break/>");

const styled = (name: string, inner: string): string => `<text:span text:style-name="${name}">${inner}</text:span>`;
const linked = (address: string, inner: string): string =>
  `<text:a xlink:type="simple" xlink:href="${xmlText(address)}" text:style-name="Internet_20_link">${inner}</text:a>`;

/** Counts the footnotes of one document. */
class Count {
  #last = 0;
  next(): number {
    return ++this.#last;
  }
}

function inline(pieces: readonly Piece[], notes: Count): string {
  return pieces
    .map((piece) => {
      if (piece.kind === "goto") return linked(`#${piece.target}`, words(piece.text));
      if (piece.kind === "note") {
        const number = notes.next();
        const link = piece.link === null ? "" : `<text:s/>${linked(piece.link, words(piece.link))}`;
        return `<text:note text:id="ftn${number}" text:note-class="footnote"><text:note-citation>${number}</text:note-citation><text:note-body><text:p text:style-name="Footnote">${words(piece.text)}${link}</text:p></text:note-body></text:note>`;
      }
      let inner = words(piece.text);
      if (piece.strong) inner = styled("Strong_20_Emphasis", inner);
      if (piece.emphasis) inner = styled("Emphasis", inner);
      return piece.link === null ? inner : linked(piece.link, inner);
    })
    .join("");
}

const paragraph = (style: string, inner: string): string => `<text:p text:style-name="${style}">${inner}</text:p>`;

function blockOf(block: RunningBlock, notes: Count, tables: Count): string {
  switch (block.kind) {
    case "heading": {
      const mark =
        block.anchor === null ? ["", ""] : [`<text:bookmark-start text:name="${block.anchor}"/>`, `<text:bookmark-end text:name="${block.anchor}"/>`];
      return `<text:h text:style-name="Heading_20_${block.level}" text:outline-level="${block.level}">${mark.join(words(block.text))}</text:h>`;
    }
    case "paragraph":
      return paragraph("Text_20_body", inline(block.pieces, notes));
    case "asked":
      return block.paragraphs.map((pieces) => paragraph("Asked", inline(pieces, notes))).join("");
    case "list":
      return `<text:list text:style-name="${block.ordered ? "Numbers" : "Bullets"}">${block.items
        .map((item) => `<text:list-item>${item.map((pieces) => paragraph("List_20_Paragraph", inline(pieces, notes))).join("")}</text:list-item>`)
        .join("")}</text:list>`;
    case "table": {
      const name = `Tabel${tables.next()}`;
      const row = (cells: readonly string[], cell: string, style: string): string =>
        `<table:table-row>${cells.map((text) => `<table:table-cell table:style-name="${cell}" office:value-type="string">${paragraph(style, words(text))}</table:table-cell>`).join("")}</table:table-row>`;
      return `${block.caption === "" ? "" : paragraph("Caption", words(block.caption))}<table:table table:name="${name}" table:style-name="Sheet">${columnShares(
        block.columns.length,
      )
        .map((share) => `<table:table-column table:style-name="Sheet.${Math.round(share * 1_000)}"/>`)
        .join(
          "",
        )}<table:table-header-rows>${row(block.columns, "Sheet.Head", "Table_20_Heading")}</table:table-header-rows>${block.rows.map((cells) => row(cells, "Sheet.Cell", "Table_20_Contents")).join("")}</table:table>${paragraph("Text_20_body", "")}`;
    }
    case "withheld":
      return paragraph("Withheld", styled("Strong_20_Emphasis", words(block.title))) + paragraph("Withheld", words(block.text));
    case "signature":
      return paragraph("Office", words(block.office)) + paragraph("Signature", words(block.name));
  }
}

/** A style for every width a column of these tables has. */
function columnWidths(blocks: Running["blocks"]): string {
  const shares = new Set(
    blocks.flatMap((block) => (block.kind === "table" ? columnShares(block.columns.length) : [])).map((share) => Math.round(share * 1_000)),
  );
  return [...shares]
    .map(
      (share) =>
        `<style:style style:name="Sheet.${share}" style:family="table-column"><style:table-column-properties style:column-width="${((158 * share) / 1_000).toFixed(2)}mm"/></style:style>`,
    )
    .join("");
}

function content({ document, purpose, to, facts, blocks }: Running): string {
  const notes = new Count();
  const tables = new Count();
  const body = [
    to.length === 0 ? "" : paragraph("Address", words(to.join("\n"))),
    ...facts.map(({ label, text }) => paragraph("Facts", `${styled("Fact_20_Label", words(label))}<text:tab/>${words(text)}`)),
    purpose === "" ? "" : paragraph("Purpose", words(purpose)),
    paragraph("Title", words(document.title)),
    ...blocks.map((block) => blockOf(block, notes, tables)),
  ].join("");
  return `${head}<office:document-content ${namespaces} office:version="1.3"><office:automatic-styles><style:style style:name="Sheet" style:family="table"><style:table-properties style:width="158mm" table:align="left"/></style:style>${columnWidths(blocks)}<style:style style:name="Sheet.Head" style:family="table-cell"><style:table-cell-properties fo:background-color="#e4efee" fo:border-bottom="0.9pt solid #0b5560" fo:padding="1.2mm"/></style:style><style:style style:name="Sheet.Cell" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.5pt solid #d9d5c9" fo:padding="1.2mm"/></style:style></office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
}

interface Look {
  readonly name: string;
  readonly shown?: string;
  readonly text?: string;
  readonly block?: string;
  readonly parent?: string;
  readonly level?: number;
}
const paragraphLook = ({ name, shown, text = "", block = "", parent = "Standard", level }: Look): string =>
  `<style:style style:name="${name}"${shown === undefined ? "" : ` style:display-name="${shown}"`} style:family="paragraph"${name === "Standard" ? "" : ` style:parent-style-name="${parent}"`}${level === undefined ? "" : ` style:default-outline-level="${level}"`} style:class="text"><style:paragraph-properties ${block}/><style:text-properties ${text}/></style:style>`;

const looks: readonly Look[] = [
  { name: "Standard" },
  { name: "Text_20_body", shown: "Text body", block: 'fo:margin-bottom="3mm"' },
  {
    name: "Title",
    text: 'fo:font-size="18pt" fo:font-weight="bold" fo:color="#07414a"',
    block: 'fo:margin-top="4mm" fo:margin-bottom="4mm" fo:line-height="110%" fo:keep-with-next="always"',
  },
  {
    name: "Heading_20_1",
    shown: "Heading 1",
    level: 1,
    text: 'fo:font-size="13pt" fo:font-weight="bold" fo:color="#07414a"',
    block: 'fo:margin-top="6mm" fo:margin-bottom="2.5mm" fo:keep-with-next="always"',
  },
  {
    name: "Heading_20_2",
    shown: "Heading 2",
    level: 2,
    text: 'fo:font-size="11.5pt" fo:font-weight="bold" fo:color="#07414a"',
    block: 'fo:margin-top="5mm" fo:margin-bottom="2mm" fo:keep-with-next="always"',
  },
  {
    name: "Heading_20_3",
    shown: "Heading 3",
    level: 3,
    text: 'fo:font-size="10.5pt" fo:font-weight="bold"',
    block: 'fo:margin-top="4mm" fo:margin-bottom="1.5mm" fo:keep-with-next="always"',
  },
  { name: "Address", block: 'fo:margin-bottom="8mm"' },
  { name: "Purpose", text: 'fo:font-weight="bold" fo:color="#0b5560"', block: 'fo:margin-top="5mm" fo:keep-with-next="always"' },
  {
    name: "Asked",
    block:
      'fo:margin-left="3mm" fo:margin-bottom="2mm" fo:padding="1.5mm" fo:border-left="2pt solid #767f88" fo:background-color="#f1efe8" fo:keep-together="always"',
  },
  { name: "Withheld", block: 'fo:margin-bottom="1mm" fo:padding="1mm" fo:background-color="#f1efe8"' },
  { name: "Office", block: 'fo:margin-top="8mm" fo:margin-bottom="20mm" fo:keep-with-next="always"' },
  { name: "Signature", block: 'fo:border-top="0.7pt solid #767f88" fo:padding-top="2mm" fo:margin-right="79mm" fo:margin-bottom="3mm"' },
  { name: "List_20_Paragraph", shown: "List Paragraph", block: 'fo:margin-bottom="2mm"' },
  { name: "Caption", text: 'fo:font-size="9.5pt" fo:font-weight="bold"', block: 'fo:margin-bottom="1.5mm" fo:keep-with-next="always"' },
  { name: "Table_20_Contents", shown: "Table Contents", text: 'fo:font-size="8.5pt"', block: 'fo:line-height="110%"' },
  { name: "Table_20_Heading", shown: "Table Heading", parent: "Table_20_Contents", text: 'fo:font-weight="bold" fo:color="#07414a"' },
  { name: "Footnote", text: 'fo:font-size="8.5pt"', block: 'fo:margin-left="5mm" fo:text-indent="-5mm" fo:line-height="110%"' },
  { name: "Header", text: 'fo:font-size="8.5pt" fo:font-weight="bold" fo:color="#633c00"', block: 'fo:text-align="end"' },
  { name: "Footer", text: 'fo:font-size="8.5pt" fo:color="#424d59"', block: 'fo:text-align="end"' },
];
const characters = [
  ["Strong_20_Emphasis", "Strong Emphasis", 'fo:font-weight="bold"'],
  ["Emphasis", "Emphasis", 'fo:font-style="italic"'],
  [
    "Internet_20_link",
    "Internet link",
    'fo:color="#0b5560" style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"',
  ],
  ["Fact_20_Label", "Fact Label", 'fo:font-weight="bold" fo:color="#424d59"'],
  ["Footnote_20_Symbol", "Footnote Symbol", ""],
  ["Footnote_20_anchor", "Footnote anchor", 'style:text-position="super 58%"'],
] as const;

/** Space for the sign of a list, and where its words begin. */
const indent = `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="7mm"/></style:list-level-properties>`;

function styles({ document, concept }: Running): string {
  const marks = [...(document.demonstration ? ["DEMONSTRATIE"] : []), ...(concept ? ["CONCEPT"] : [])].join(" · ");
  const facts = `<style:style style:name="Facts" style:family="paragraph" style:parent-style-name="Standard" style:class="text"><style:paragraph-properties fo:margin-left="42mm" fo:text-indent="-42mm" fo:margin-bottom="1mm"><style:tab-stops><style:tab-stop style:position="0mm"/></style:tab-stops></style:paragraph-properties></style:style>`;
  return `${head}<office:document-styles ${namespaces} office:version="1.3"><office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial, 'Liberation Sans', sans-serif" style:font-family-generic="swiss"/></office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="125%" fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Arial" fo:font-size="10.5pt" fo:language="nl" fo:country="NL" fo:color="#1b2430"/></style:default-style>${looks.map(paragraphLook).join("")}${facts}${characters.map(([name, shown, text]) => `<style:style style:name="${name}" style:display-name="${shown}" style:family="text"><style:text-properties ${text}/></style:style>`).join("")}<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">${indent}</text:list-level-style-bullet></text:list-style><text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">${indent}</text:list-level-style-number></text:list-style><text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol" text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" text:start-value="0" text:footnotes-position="page"/></office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" style:print-orientation="portrait" fo:margin-left="26mm" fo:margin-right="26mm" fo:margin-top="15mm" fo:margin-bottom="15mm"/><style:header-style><style:header-footer-properties fo:min-height="10mm" fo:margin-bottom="3mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="10mm" fo:margin-top="3mm"/></style:footer-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:header>${paragraph("Header", words(marks))}</style:header><style:footer>${paragraph("Footer", 'pagina <text:page-number text:select-page="current">1</text:page-number> van <text:page-count>1</text:page-count>')}</style:footer></style:master-page></office:master-styles></office:document-styles>`;
}

/** The day of the document is that of the file, so that the same text gives the same bytes. */
const meta = ({ document }: Running, author: string): string =>
  `${head}<office:document-meta ${namespaces} office:version="1.3"><office:meta><meta:generator>Rugdekking</meta:generator><dc:title>${xmlText(document.title)}</dc:title><dc:subject>${xmlText(document.reference)}</dc:subject><dc:creator>${xmlText(author)}</dc:creator><dc:language>nl-NL</dc:language><meta:creation-date>${document.date}T00:00:00</meta:creation-date><dc:date>${document.date}T00:00:00</dc:date></office:meta></office:document-meta>`;

const mimeType = "application/vnd.oasis.opendocument.text";
const manifest = `${head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mimeType}"/>${["content.xml", "styles.xml", "meta.xml"].map((name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`).join("")}</manifest:manifest>`;

/**
 * An ODT. The same text gives the same bytes.
 * @param author sender as the file's properties name it: an office, never a person
 */
export async function odtOf(running: Running, author: string): Promise<Uint8Array<ArrayBuffer>> {
  const plainEntry = { extendedTimestamp: false, dataDescriptor: false, lastModDate: new Date(2000, 0, 1) } as const;
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  // Part 2, 3.3: the first entry, stored, without extra field, says what the package is.
  await zip.add("mimetype", new TextReader(mimeType), { ...plainEntry, level: 0 });
  const entries = [
    ["content.xml", content(running)],
    ["styles.xml", styles(running)],
    ["meta.xml", meta(running, author)],
    ["META-INF/manifest.xml", manifest],
  ] as const;
  for (const [name, text] of entries) await zip.add(name, new TextReader(text), { ...plainEntry, level: 6 });
  return new Uint8Array(await zip.close());
}

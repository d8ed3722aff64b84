/** Running text as DOCX, for offices that write on in Word: real styles and headings, lists, footnotes, bookmarks and links, by the library `docx`. Used by index.ts. */
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  ExternalHyperlink,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  type IParagraphStyleOptions,
  InternalHyperlink,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from "docx";
import { literal } from "./letters.ts";
import { columnShares, type Piece, type Running, type RunningBlock } from "./running-text.ts";

const ink = "1B2430";
const accent = "07414A";
const soft = "424D59";
const well = "F1EFE8";
const edge = "767F88";
/** Free and common; Word and LibreOffice put their own sans-serif in its place where it is missing. */
const font = "Arial";

/** Footnotes of one document, in the order of their marks. */
class Footnotes {
  readonly #all: Record<string, { readonly children: readonly Paragraph[] }> = {};
  #count = 0;
  add(children: ParagraphChild[]): number {
    this.#count++;
    this.#all[String(this.#count)] = { children: [new Paragraph({ style: "FootnoteText", children })] };
    return this.#count;
  }
  get all(): Readonly<Record<string, { readonly children: readonly Paragraph[] }>> {
    return this.#all;
  }
}

/** Words as runs; a line end is a break. */
function runs(text: string, style: { readonly bold?: boolean; readonly italics?: boolean; readonly style?: string } = {}): TextRun[] {
  return literal(text)
    .split("\n")
    .map((line, at) => new TextRun({ ...style, text: line, ...(at === 0 ? {} : { break: 1 }) }));
}

function childrenOf(pieces: readonly Piece[], notes: Footnotes): ParagraphChild[] {
  return pieces.flatMap((piece): ParagraphChild[] => {
    if (piece.kind === "goto") return [new InternalHyperlink({ anchor: piece.target, children: runs(piece.text, { style: "Hyperlink" }) })];
    if (piece.kind === "note") {
      const link = piece.link === null ? [] : [new ExternalHyperlink({ link: piece.link, children: runs(piece.link, { style: "Hyperlink" }) })];
      return [new FootnoteReferenceRun(notes.add([...runs(` ${piece.text}${link.length === 0 ? "" : " "}`), ...link]))];
    }
    const style = { ...(piece.strong ? { bold: true } : {}), ...(piece.emphasis ? { italics: true } : {}) };
    if (piece.link === null) return runs(piece.text, style);
    return [new ExternalHyperlink({ link: piece.link, children: runs(piece.text, { ...style, style: "Hyperlink" }) })];
  });
}

const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
const none = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;
const noBorders = { top: none, bottom: none, left: none, right: none } as const;
const thin = { style: BorderStyle.SINGLE, size: 4, color: "D9D5C9" } as const;
/** Width of the words on a page, in twentieths of a point: A4 less its margins. */
const room = convertMillimetersToTwip(158);

function table({ columns, rows }: Extract<RunningBlock, { kind: "table" }>): Table {
  const widths = columnShares(columns.length).map((share) => Math.floor(room * share));
  const margins = { top: 60, bottom: 60, left: 80, right: 80 };
  const borders = { ...noBorders, bottom: thin };
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(
          (column, at) =>
            new TableCell({
              margins,
              borders,
              width: { size: widths[at] ?? 0, type: WidthType.DXA },
              shading: { type: ShadingType.CLEAR, fill: "E4EFEE", color: "auto" },
              children: [new Paragraph({ style: "TableHead", children: runs(column) })],
            }),
        ),
      }),
      ...rows.map(
        (cells) =>
          new TableRow({
            cantSplit: cells.join("").length < 900,
            children: cells.map(
              (cell, at) =>
                new TableCell({
                  margins,
                  borders,
                  width: { size: widths[at] ?? 0, type: WidthType.DXA },
                  children: [new Paragraph({ style: "TableText", children: runs(cell) })],
                }),
            ),
          }),
      ),
    ],
  });
}

/** The lists of one document: each numbered one counts from 1 again. */
class Lists {
  #count = 0;
  next(): number {
    return ++this.#count;
  }
}

function blockOf(block: RunningBlock, notes: Footnotes, lists: Lists): (Paragraph | Table)[] {
  switch (block.kind) {
    case "heading": {
      const words = runs(block.text);
      const heading = levels[block.level - 1] ?? HeadingLevel.HEADING_3;
      return [new Paragraph({ heading, children: block.anchor === null ? words : [new Bookmark({ id: block.anchor, children: words })] })];
    }
    case "paragraph":
      return [new Paragraph({ style: "BodyText", children: childrenOf(block.pieces, notes) })];
    case "asked":
      return block.paragraphs.map(
        (pieces, at) => new Paragraph({ style: "Asked", keepLines: true, keepNext: at < block.paragraphs.length - 1, children: childrenOf(pieces, notes) }),
      );
    case "list": {
      const instance = lists.next();
      const reference = block.ordered ? "numbers" : "bullets";
      return block.items.flatMap((item) =>
        item.map((pieces, at) =>
          at === 0
            ? new Paragraph({ style: "ListParagraph", numbering: { reference, level: 0, instance }, children: childrenOf(pieces, notes) })
            : new Paragraph({ style: "ListContinue", children: childrenOf(pieces, notes) }),
        ),
      );
    }
    case "table":
      return [
        ...(block.caption === "" ? [] : [new Paragraph({ style: "Caption", keepNext: true, children: runs(block.caption) })]),
        table(block),
        // Word wants a paragraph behind a table; as low as it can be, so that it never makes a page of its own.
        new Paragraph({ spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT }, children: [] }),
      ];
    case "withheld":
      return [
        new Paragraph({ style: "Withheld", keepNext: true, children: runs(block.title, { bold: true }) }),
        new Paragraph({ style: "Withheld", children: runs(block.text) }),
      ];
    case "signature":
      return [
        new Paragraph({ style: "BodyText", keepNext: true, spacing: { before: 480, after: 1200 }, children: runs(block.office) }),
        new Paragraph({
          style: "BodyText",
          border: { top: { style: BorderStyle.SINGLE, size: 6, color: edge, space: 6 } },
          indent: { right: room / 2 },
          children: runs(block.name),
        }),
      ];
  }
}

/** Name and value under each other: a paragraph each, the value behind a tab, so that a reader aloud hears them together. */
const factOf = ({ label, text }: Running["facts"][number]): Paragraph =>
  new Paragraph({
    style: "Facts",
    tabStops: [{ type: TabStopType.LEFT, position: 2_400 }],
    children: [new TextRun({ text: literal(label).replaceAll("\n", " "), style: "FactLabel" }), new TextRun({ text: "\t" }), ...runs(text)],
  });

const paragraphStyle = (
  id: string,
  name: string,
  run: NonNullable<IParagraphStyleOptions["run"]>,
  paragraph: NonNullable<IParagraphStyleOptions["paragraph"]>,
): IParagraphStyleOptions => ({ id, name, basedOn: "Normal", quickFormat: true, run, paragraph });

const styles = {
  default: {
    document: { run: { font, size: 21, color: ink, language: { value: "nl-NL" } }, paragraph: { spacing: { line: 290 } } },
    title: {
      run: { font, size: 36, bold: true, color: accent },
      paragraph: { spacing: { before: 240, after: 240, line: 260, lineRule: "auto" }, keepNext: true },
    },
    heading1: { run: { font, size: 26, bold: true, color: accent }, paragraph: { spacing: { before: 360, after: 140 }, keepNext: true } },
    heading2: { run: { font, size: 23, bold: true, color: accent }, paragraph: { spacing: { before: 280, after: 100 }, keepNext: true } },
    heading3: { run: { font, size: 21, bold: true, color: ink }, paragraph: { spacing: { before: 220, after: 80 }, keepNext: true } },
    hyperlink: { run: { color: "0B5560", underline: {} } },
    listParagraph: { paragraph: { spacing: { after: 100 } } },
    footnoteText: { run: { size: 17 }, paragraph: { spacing: { after: 40, line: 240 } } },
  },
  paragraphStyles: [
    paragraphStyle("BodyText", "Body Text", {}, { spacing: { after: 160 } }),
    paragraphStyle("Address", "Address", {}, { spacing: { after: 360 } }),
    paragraphStyle("Facts", "Facts", {}, { spacing: { after: 60 }, indent: { left: 2400, hanging: 2400 } }),
    paragraphStyle("Purpose", "Purpose", { bold: true, color: "0B5560" }, { spacing: { before: 280, after: 0 }, keepNext: true }),
    paragraphStyle(
      "Asked",
      "Asked",
      {},
      {
        spacing: { after: 120 },
        indent: { left: 170 },
        border: { left: { style: BorderStyle.SINGLE, size: 18, color: edge, space: 8 } },
        shading: { type: ShadingType.CLEAR, fill: well, color: "auto" },
      },
    ),
    paragraphStyle("Withheld", "Withheld", {}, { spacing: { after: 80 }, shading: { type: ShadingType.CLEAR, fill: well, color: "auto" } }),
    paragraphStyle("ListContinue", "List Continue", {}, { indent: { left: 400 }, spacing: { after: 100 } }),
    paragraphStyle("Caption", "caption", { bold: true, size: 19 }, { spacing: { after: 80 } }),
    paragraphStyle("TableHead", "Table Head", { bold: true, size: 17, color: accent }, { spacing: { line: 240 } }),
    paragraphStyle("TableText", "Table Text", { size: 17 }, { spacing: { line: 240 } }),
  ],
  characterStyles: [{ id: "FactLabel", name: "Fact Label", basedOn: "DefaultParagraphFont", run: { bold: true, color: soft } }],
} as const;

const level = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => [
  { level: 0, format, text, alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 400, hanging: 300 } } } },
];

/**
 * A DOCX. Opens in Word and LibreOffice with real headings, lists, footnotes and a table head that comes back on every page.
 * @param author sender as the file's properties name it: an office, never a person
 */
export async function docxOf(running: Running, author: string): Promise<Uint8Array<ArrayBuffer>> {
  const { document, concept, purpose, to, facts, blocks } = running;
  const notes = new Footnotes();
  const lists = new Lists();
  const marks = [...(document.demonstration ? ["DEMONSTRATIE"] : []), ...(concept ? ["CONCEPT"] : [])].join(" · ");
  const children = [
    ...(to.length === 0 ? [] : [new Paragraph({ style: "Address", children: runs(to.join("\n")) })]),
    ...facts.map(factOf),
    ...(purpose === "" ? [] : [new Paragraph({ style: "Purpose", children: runs(purpose) })]),
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(document.title) }),
    ...blocks.flatMap((block) => blockOf(block, notes, lists)),
  ];
  const foot = new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [new TextRun({ size: 17, color: soft, children: ["pagina ", PageNumber.CURRENT, " van ", PageNumber.TOTAL_PAGES] })],
  });
  const file = new Document({
    title: literal(document.title),
    subject: literal(document.reference),
    creator: literal(author),
    lastModifiedBy: literal(author),
    description: "",
    styles,
    numbering: {
      config: [
        { reference: "bullets", levels: level(LevelFormat.BULLET, "•") },
        { reference: "numbers", levels: level(LevelFormat.DECIMAL, "%1.") },
      ],
    },
    footnotes: notes.all,
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
            margin: {
              left: convertMillimetersToTwip(26),
              right: convertMillimetersToTwip(26),
              top: convertMillimetersToTwip(28),
              bottom: convertMillimetersToTwip(25),
            },
          },
        },
        ...(marks === ""
          ? {}
          : {
              headers: {
                default: new Header({
                  children: [
                    new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ text: marks, bold: true, size: 17, color: "633C00" })] }),
                  ],
                }),
              },
            }),
        footers: { default: new Footer({ children: [foot] }) },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

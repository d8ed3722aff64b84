/** The templates by name: which Typst file, which data, which pictures, and what the schema alone cannot say. Used by render.ts; index.ts hands out the names. */
import type { Static, TSchema } from "typebox";
import { AdviceData } from "./advice.ts";
import { type Block, ExplanationData } from "./blocks.ts";
import { ComplaintData, complaintQuestions } from "./complaint.ts";
import { FindingsData } from "./findings.ts";
import type { Picture } from "./parts.ts";
import { ProvisionData } from "./provision.ts";
import { type Piece, RunningData } from "./running.ts";

/** Something the schema cannot say, with the place (JSON pointer) where it is wrong. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

interface Template<S extends TSchema> {
  readonly file: string;
  readonly schema: S;
  /** Pictures the data names, in reading order. */
  readonly pictures: (data: Static<S>) => readonly Picture[];
  /** First thing that is wrong beyond the schema, or null. */
  readonly complaint: (data: Static<S>) => Complaint | null;
}

const template = <S extends TSchema>(given: Template<S>): Template<S> => given;

const isDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

/** First day anywhere in the data that no calendar has (30 February). */
function impossibleDay(value: unknown, path = ""): Complaint | null {
  if (typeof value === "string") {
    if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u.test(value) || isDay(value)) return null;
    return { path, message: "is a day that no calendar has" };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = impossibleDay(inner, `${path}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** First code that stands twice, or reference that leads nowhere. */
function looseCode(data: AdviceData): Complaint | null {
  for (const list of ["findings", "risks", "measures"] as const) {
    const seen = new Set<string>();
    for (const [at, { code }] of data[list].entries()) {
      if (seen.has(code)) return { path: `/${list}/${at}/code`, message: `stands twice (${code})` };
      seen.add(code);
    }
  }
  const findings = new Set(data.findings.map(({ code }) => code));
  for (const list of ["risks", "measures"] as const) {
    for (const [at, row] of data[list].entries()) {
      const loose = row.findings.find((code) => !findings.has(code));
      if (loose !== undefined) return { path: `/${list}/${at}/findings`, message: `names a finding that is not there (${loose})` };
    }
  }
  return null;
}

function costComplaint(rows: readonly { readonly costLow: number; readonly costHigh: number }[], path: string): Complaint | null {
  const at = rows.findIndex(({ costLow, costHigh }) => costLow > costHigh);
  return at < 0 ? null : { path: `${path}/${at}/costLow`, message: "is more than costHigh" };
}

function adviceComplaint(data: AdviceData): Complaint | null {
  if ((data.status === "adopted") !== (data.signature !== null)) {
    return { path: "/signature", message: "must be there for an adopted advice, and only then" };
  }
  if (data.document.version === null) return { path: "/document/version", message: "must be a number: an advice has a version" };
  return dutchOnly(data) ?? looseCode(data) ?? costComplaint(data.measures, "/measures") ?? impossibleDay(data);
}

function provisionComplaint(data: ProvisionData): Complaint | null {
  const sums = [data.lines.reduce((sum, line) => sum + line.costLow, 0), data.lines.reduce((sum, line) => sum + line.costHigh, 0)];
  if (data.totalLow !== sums[0] || data.totalHigh !== sums[1])
    return { path: "/totalLow", message: `and totalHigh must be the sums of the lines (${sums.join(" and ")})` };
  return dutchOnly(data) ?? costComplaint(data.lines, "/lines") ?? impossibleDay(data);
}

function explanationComplaint(data: { readonly document: ExplanationData["document"]; readonly blocks: readonly Block[] }): Complaint | null {
  let level = 0;
  for (const [at, block] of data.blocks.entries()) {
    if (block.kind === "heading") {
      if (block.level > level + 1) return { path: `/blocks/${at}/level`, message: `skips a heading level (${level} to ${block.level})` };
      level = block.level;
    } else if (block.kind === "table") {
      const row = block.rows.findIndex((cells) => cells.length !== block.columns.length);
      if (row >= 0) return { path: `/blocks/${at}/rows/${row}`, message: `must have ${block.columns.length} cells, one per column` };
    }
  }
  return impossibleDay(data.document);
}

/** First heading level that is skipped, place that stands twice or is led to in vain, or row of another length. */
function runningComplaint(data: RunningData): Complaint | null {
  const places = new Set<string>();
  const led: { readonly path: string; readonly target: string }[] = [];
  const follow = (pieces: readonly Piece[], path: string): void => {
    for (const [at, piece] of pieces.entries()) if (piece.kind === "goto") led.push({ path: `${path}/${at}/target`, target: piece.target });
  };
  let level = 0;
  for (const [at, block] of data.blocks.entries()) {
    const path = `/blocks/${at}`;
    if (block.kind === "heading") {
      if (block.level > level + 1) return { path: `${path}/level`, message: `skips a heading level (${level} to ${block.level})` };
      level = block.level;
      if (block.anchor !== null && places.has(block.anchor)) return { path: `${path}/anchor`, message: `stands twice (${block.anchor})` };
      if (block.anchor !== null) places.add(block.anchor);
    } else if (block.kind === "paragraph") follow(block.pieces, `${path}/pieces`);
    else if (block.kind === "asked") for (const [n, pieces] of block.paragraphs.entries()) follow(pieces, `${path}/paragraphs/${n}`);
    else if (block.kind === "list") {
      for (const [n, item] of block.items.entries()) for (const [m, pieces] of item.entries()) follow(pieces, `${path}/items/${n}/${m}`);
    } else if (block.kind === "table") {
      const row = block.rows.findIndex((cells) => cells.length !== block.columns.length);
      if (row >= 0) return { path: `${path}/rows/${row}`, message: `must have ${block.columns.length} cells, one per column` };
    }
  }
  const loose = led.find(({ target }) => !places.has(target));
  if (loose !== undefined) return { path: loose.path, message: `leads nowhere (${loose.target})` };
  return dutchOnly(data) ?? impossibleDay(data.document);
}

/** A template whose own words are Dutch cannot be tagged as English. */
const dutchOnly = (data: { readonly document: { readonly language?: "nl" | "en" } }): Complaint | null =>
  data.document.language === "en" ? { path: "/document/language", message: "must be nl: the words of this template are Dutch" } : null;

function complaintComplaint(data: ComplaintData): Complaint | null {
  const at = data.questions.findIndex(({ id }, place) => id !== complaintQuestions[place]);
  if (at >= 0) return { path: `/questions/${at}/id`, message: `must be ${complaintQuestions[at] ?? ""}: the seven W's stand once each, in order` };
  const seen = new Set<string>();
  for (const [place, { code }] of data.evidence.entries()) {
    if (seen.has(code)) return { path: `/evidence/${place}/code`, message: `stands twice (${code})` };
    seen.add(code);
  }
  return dutchOnly(data) ?? impossibleDay(data.document);
}

const picturesIn = (blocks: readonly Block[]): readonly Picture[] => blocks.flatMap((block) => (block.kind === "picture" ? [block.picture] : []));

/** Every template of this engine. */
export const templates = {
  advies: template({
    file: "advies.typ",
    schema: AdviceData,
    pictures: (data) => [...(data.house === null ? [] : [data.house]), ...data.findings.flatMap(({ photos }) => photos)],
    complaint: adviceComplaint,
  }),
  verstrekking: template({ file: "verstrekking.typ", schema: ProvisionData, pictures: () => [], complaint: provisionComplaint }),
  uitleg: template({ file: "uitleg.typ", schema: ExplanationData, pictures: ({ blocks }) => picturesIn(blocks), complaint: explanationComplaint }),
  aangifte: template({ file: "aangifte.typ", schema: ComplaintData, pictures: () => [], complaint: complaintComplaint }),
  uitkomsten: template({ file: "uitkomsten.typ", schema: FindingsData, pictures: ({ blocks }) => picturesIn(blocks), complaint: explanationComplaint }),
  kamerbrief: template({ file: "kamerbrief.typ", schema: RunningData, pictures: () => [], complaint: runningComplaint }),
  beslisnota: template({ file: "beslisnota.typ", schema: RunningData, pictures: () => [], complaint: runningComplaint }),
} as const;

/** Name of a template. */
export type TemplateName = keyof typeof templates;
/** Data that template takes. */
export type PaperData = { readonly [N in TemplateName]: Static<(typeof templates)[N]["schema"]> };

/** Looks inside a PDF with programs that did not make it (poppler, qpdf) for the tests of this engine: tags, reading order, catalog. Says plainly when a program is missing. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Type, { type Static } from "typebox";
import { Parse } from "typebox/value";

const runs = (program: string, flag: string): boolean => spawnSync(program, [flag]).error === undefined;
/** `npm test` sets `POPPLER_PATH` and `QPDF_PATH`; otherwise the programs are looked for on the PATH. */
const poppler = (program: string): string => {
  const folder = process.env["POPPLER_PATH"];
  return folder === undefined ? program : join(folder, program);
};
const qpdf = process.env["QPDF_PATH"] ?? "qpdf";

/** Why the PDF checks cannot run here; null when they can. */
export const missingPrograms: string | null = (() => {
  const missing = [
    ...(["pdfinfo", "pdftotext", "pdffonts"].some((program) => !runs(poppler(program), "-v")) ? ["poppler-utils"] : []),
    ...(runs(qpdf, "--version") ? [] : ["qpdf"]),
  ];
  return missing.length === 0 ? null : `${missing.join(" and ")} not installed`;
})();

function withFile<T>(pdf: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-paper-"));
  try {
    const path = join(folder, "paper.pdf");
    writeFileSync(path, pdf);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const output = (program: string, args: readonly string[]): string =>
  // Poppler grumbles that `Suspects` is a boolean, as ISO 32000-1 table 321 says it must be.
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 512 * 2 ** 20, stdio: ["ignore", "pipe", "ignore"] });

/** The text in reading order, as a person would copy it. */
export const textOf = (pdf: Uint8Array): string => withFile(pdf, (path) => output(poppler("pdftotext"), ["-enc", "UTF-8", path, "-"]));
/** The text in the order it was written in: a cell of a table is whole, where {@link textOf} reads line by line across the cells. */
export const writtenTextOf = (pdf: Uint8Array): string => withFile(pdf, (path) => output(poppler("pdftotext"), ["-raw", "-enc", "UTF-8", path, "-"]));
/** What `pdfinfo` says, by its own labels. */
export const infoOf = (pdf: Uint8Array): ReadonlyMap<string, string> =>
  new Map(
    withFile(pdf, (path) => output(poppler("pdfinfo"), [path]))
      .split("\n")
      .flatMap((line) => {
        const [, label, value] = /^([^:]+):\s*(.*)$/u.exec(line) ?? [];
        return label === undefined || value === undefined ? [] : [[label, value] as const];
      }),
  );
/** The XMP packet. */
export const metadataOf = (pdf: Uint8Array): string => withFile(pdf, (path) => output(poppler("pdfinfo"), ["-meta", path]));
/** The fonts: one line each, with "emb" and "uni" columns. */
export const fontsOf = (pdf: Uint8Array): readonly (readonly string[])[] =>
  withFile(pdf, (path) => output(poppler("pdffonts"), [path]))
    .split("\n")
    .slice(2)
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/u));
/** What qpdf says about the file's own grammar: exit code 0 and no warning, or its words. */
export function grammarOf(pdf: Uint8Array): string {
  return withFile(pdf, (path) => {
    const { status, stdout, stderr } = spawnSync(qpdf, ["--check", path], { encoding: "utf8" });
    return status === 0 ? "clean" : `${stdout}${stderr}`.replaceAll(path, "paper.pdf");
  });
}

const Objects = Type.Object({
  qpdf: Type.Tuple([
    Type.Unknown(),
    Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.Unknown()), stream: Type.Optional(Type.Object({ dict: Type.Unknown() })) })),
  ]),
});
/** Every object of the file by `obj:1 0 R`, and `trailer`. */
export class PdfObjects {
  readonly #objects: Static<typeof Objects>["qpdf"][1];

  constructor(pdf: Uint8Array) {
    this.#objects = Parse(Objects, JSON.parse(withFile(pdf, (path) => output(qpdf, ["--json=2", "--json-key=qpdf", "--json-stream-data=none", path])))).qpdf[1];
  }

  /** The value itself, or what a reference to it leads to. */
  get(value: unknown): unknown {
    if (typeof value !== "string" || !/^\d+ \d+ R$/u.test(value)) return value;
    const found = this.#objects[`obj:${value}`];
    return found?.value ?? found?.stream?.dict;
  }

  /** Follows names and indexes from the trailer. */
  at(...path: readonly (string | number)[]): unknown {
    let here: unknown = this.#objects["trailer"]?.value;
    for (const step of path) {
      const there = this.get(here);
      here = typeof there === "object" && there !== null ? Reflect.get(there, String(step)) : undefined;
    }
    return this.get(here);
  }
}

/** One element of the tag tree. */
export interface Tag {
  readonly type: string;
  readonly alt: string | null;
  readonly scope: string | null;
  readonly title: string | null;
  readonly children: readonly Tag[];
}

const text = (value: unknown): string | null => (typeof value === "string" ? value.replace(/^[ub]:/u, "") : null);

/** The tag tree from `StructTreeRoot` down; marked content and object references left out. */
export function tagsOf(objects: PdfObjects): Tag {
  const build = (value: unknown): Tag[] => {
    const node = objects.get(value);
    if (Array.isArray(node)) return node.flatMap(build);
    if (typeof node !== "object" || node === null) return [];
    const get = (name: string): unknown => objects.get(Reflect.get(node, name));
    const type = get("/S");
    if (typeof type !== "string") return [];
    const attributes = [get("/A")].flat().map((one: unknown) => objects.get(one));
    const scope = attributes.map((one) => (typeof one === "object" && one !== null ? Reflect.get(one, "/Scope") : undefined)).find((one) => one !== undefined);
    return [{ type: type.slice(1), alt: text(get("/Alt")), scope: text(scope), title: text(get("/T")), children: build(get("/K")) }];
  };
  return { type: "Root", alt: null, scope: null, title: null, children: build(objects.at("/Root", "/StructTreeRoot", "/K")) };
}

/** Every tag below this one, itself included, in reading order. */
export const flat = (tag: Tag): readonly Tag[] => [tag, ...tag.children.flatMap(flat)];

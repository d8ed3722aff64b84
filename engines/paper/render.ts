/** The one call of this engine: parses data and pictures, makes every character printable, lets a compiler set the paper. Used through index.ts and by worker.ts. */
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import { PaperError } from "./errors.ts";
import type { PaperFiles } from "./files.ts";
import { printable, type Coverage } from "./glyphs.ts";
import { withoutTraces } from "./jpeg.ts";
import type { Picture } from "./parts.ts";
import { pictureKind } from "./pictures.ts";
import { templates, type Complaint, type PaperData, type TemplateName } from "./templates.ts";

/** A Typst compiler of this machine; {@link browserCompiler} and {@link nodeCompiler} make one. */
export interface PaperCompiler {
  /** Fonts and templates it was started with. */
  readonly files: PaperFiles;
  /**
   * Sets one paper and forgets it again.
   * @param main name of the template file
   * @param inputs data and pictures by file name; the paper can read these and the engine's templates, nothing else
   * @returns a tagged PDF that says it is PDF/UA-1
   * @throws {PaperError} `compile-refused`, `compiler-unavailable`, `pdf-unexpected`
   */
  readonly compile: (main: string, inputs: ReadonlyMap<string, Uint8Array>) => Uint8Array;
}

/** Pictures by the name the data gives them: PNG, JPEG or SVG bytes. */
export type PaperAssets = Readonly<Record<string, Uint8Array>>;

/** Most bytes of data, as JSON. */
export const maxDataBytes = 4_000_000;
/** Most bytes of all pictures together. */
export const maxAssetBytes = 120_000_000;

/** These are compared or cut by the templates and are never text of a person. */
const verbatim = new Set(["asset", "digest", "kind", "domain", "ring", "provided", "who", "status", "seriousness", "likelihood", "link", "anchor", "target"]);

function printed(value: unknown, covers: Coverage, key = ""): unknown {
  if (typeof value === "string") return verbatim.has(key) ? value : printable(value, covers);
  if (Array.isArray(value)) return value.map((inner: unknown) => printed(inner, covers, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, printed(inner, covers, name)]));
}

function invalid(name: string, { path, message }: Complaint): PaperError {
  const place = path === "" ? "/" : path;
  return new PaperError("data-invalid", `The data for "${name}" is wrong at ${place}: it ${message}.`, { template: name, path: place });
}

function parsed<S extends TSchema>(name: string, schema: S, data: unknown): Static<S> {
  if (Check(schema, data)) return data;
  // The deepest place says most: in a union every branch complains about its own top.
  const [first] = Errors(schema, data).toSorted((a, b) => b.instancePath.split("/").length - a.instancePath.split("/").length);
  throw invalid(name, { path: first?.instancePath ?? "", message: first?.message ?? "does not have the template's form" });
}

function pictureInputs(pictures: readonly Picture[], assets: PaperAssets): { files: [string, Uint8Array][]; names: Record<string, string> } {
  const wanted = new Set(pictures.map(({ asset }) => asset));
  const given = new Map(Object.entries(assets));
  for (const name of given.keys()) {
    if (!wanted.has(name))
      throw new PaperError("asset-unused", `The picture "${name}" was handed in, but the data does not name it; leave it out or name it.`, { name });
  }
  const files: [string, Uint8Array][] = [];
  const names: Record<string, string> = {};
  let total = 0;
  for (const name of wanted) {
    const bytes = given.get(name);
    if (bytes === undefined)
      throw new PaperError("asset-missing", `The data names the picture "${name}", which was not handed in; add it to the assets.`, { name });
    total += bytes.byteLength;
    if (total > maxAssetBytes) {
      throw new PaperError("picture-too-large", `The pictures together have more than ${maxAssetBytes} bytes; scale them down.`, { bytes: total });
    }
    const kind = pictureKind(name, bytes);
    const file = `asset-${name}.${kind}`;
    names[name] = file;
    files.push([file, kind === "jpg" ? withoutTraces(bytes) : bytes]);
  }
  return { files, names };
}

function set<S extends TSchema>(
  compiler: PaperCompiler,
  name: string,
  template: {
    readonly file: string;
    readonly schema: S;
    readonly pictures: (data: Static<S>) => readonly Picture[];
    readonly complaint: (data: Static<S>) => Complaint | null;
  },
  given: unknown,
  assets: PaperAssets,
): Uint8Array {
  const data = parsed(name, template.schema, given);
  const complaint = template.complaint(data);
  if (complaint !== null) throw invalid(name, complaint);
  const { files, names } = pictureInputs(template.pictures(data), assets);
  const json = new TextEncoder().encode(JSON.stringify({ data: printed(data, compiler.files.covers), assets: names }));
  if (json.byteLength > maxDataBytes) {
    throw new PaperError("data-too-large", `The data for "${name}" has ${json.byteLength} bytes; shorten it to at most ${maxDataBytes}.`, {
      template: name,
      bytes: json.byteLength,
    });
  }
  return compiler.compile(template.file, new Map([["data.json", json], ...files]));
}

/**
 * Makes a paper: a tagged PDF (PDF/UA-1). The same input gives the same bytes on the same compiler.
 * @param compiler from `@rugdekking/paper/browser` or `@rugdekking/paper/node`
 * @param name which template
 * @param data what it says; checked against the template's schema, and set letter by letter: nothing in it is ever read as Typst
 * @param assets pictures by the name the data gives them, exactly those it names
 * @throws {PaperError} any code; see {@link PaperErrorCode}
 */
export function renderPaper<N extends TemplateName>(compiler: PaperCompiler, name: N, data: PaperData[N], assets: PaperAssets = {}): Uint8Array {
  return renderUnknown(compiler, name, data, assets);
}

/** {@link renderPaper} for what came over a wire: name and data are parsed here. */
export function renderUnknown(compiler: PaperCompiler, name: string, data: unknown, assets: PaperAssets): Uint8Array {
  switch (name) {
    case "advies":
      return set(compiler, name, templates.advies, data, assets);
    case "verstrekking":
      return set(compiler, name, templates.verstrekking, data, assets);
    case "uitleg":
      return set(compiler, name, templates.uitleg, data, assets);
    case "uitkomsten":
      return set(compiler, name, templates.uitkomsten, data, assets);
    case "aangifte":
      return set(compiler, name, templates.aangifte, data, assets);
    case "kamerbrief":
      return set(compiler, name, templates.kamerbrief, data, assets);
    case "beslisnota":
      return set(compiler, name, templates.beslisnota, data, assets);
    default:
      throw new PaperError("template-unknown", `There is no template "${name.slice(0, 40)}"; take one of ${Object.keys(templates).join(", ")}.`, {
        name: name.slice(0, 40),
      });
  }
}

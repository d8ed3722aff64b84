/** The compiler for Node: Typst as a native module, which also checks PDF/UA-1 and refuses what breaks it. For the command line and the tests; a browser never loads this file. */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { PaperError } from "./errors.ts";
import type { PaperFiles } from "./files.ts";
import type { PaperCompiler } from "./render.ts";

/** What we use of the native module. It takes any Uint8Array where its own types ask for a Node Buffer. */
interface Native {
  addSource(path: string, source: string): void;
  mapShadow(path: string, content: Uint8Array): void;
  resetShadow(): void;
  evictCache(age: number): void;
  fetchDiagnostics(error: NonNullable<ReturnType<Compiled["takeDiagnostics"]>>): unknown[];
  compile(options: { readonly mainFilePath: string }): Compiled;
  pdf(document: NonNullable<Compiled["result"]>, options: { readonly pdfStandard: string }): Uint8Array;
}
type Compiled = ReturnType<NodeCompiler["compile"]>;
interface Maker {
  create(options?: { workspace?: string; fontArgs?: ({ fontBlobs: Uint8Array[] } | { fontPaths: string[] })[] }): Native;
}

/** A folder that is not there: a paper finds only what is laid beside it in memory. */
const workspace = "/rugdekking-paper-has-no-folder";

const field = (item: unknown, name: string): unknown => (typeof item === "object" && item !== null ? Reflect.get(item, name) : undefined);

/** The compiler's complaints in one line: file, line and message. */
const complaints = (list: readonly unknown[]): string =>
  list
    .slice(0, 5)
    .map((item) => {
      const line = Number(field(field(field(item, "range"), "start"), "line")) + 1;
      const file = String(field(item, "path")).replace(`${workspace}/`, "");
      return `${file}${Number.isNaN(line) ? "" : ` line ${line}`}: ${String(field(item, "message"))}`;
    })
    .join("; ");

/** Makes a refusal of the compiler ours. Typst's messages name functions and files, not the text of the paper. */
function refused(main: string, why: string): PaperError {
  return new PaperError("compile-refused", `Typst did not set ${main}: ${why}. Mend the template, or hand in other pictures.`, { main, why });
}

/**
 * Starts the native compiler: 0.2 s, 52 MB of native code. Setting a paper blocks this thread.
 * @param files from `loadPaperFiles((url) => readFile(url))`
 * @throws {PaperError} `compiler-unavailable`
 */
export function nodeCompiler(files: PaperFiles): PaperCompiler {
  const maker: Maker = NodeCompiler;
  let native: Native;
  try {
    native = maker.create({ workspace, fontArgs: [{ fontBlobs: [...files.fonts] }] });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PaperError("compiler-unavailable", `The Typst compiler did not start (${why}). Run npm ci on this machine: it brings the build for its system.`);
  }
  return {
    files,
    compile: (main, inputs) => {
      try {
        for (const [name, source] of files.sources) native.addSource(`${workspace}/${name}`, source);
        for (const [name, bytes] of inputs) native.mapShadow(`${workspace}/${name}`, bytes);
        const compiled = native.compile({ mainFilePath: `${workspace}/${main}` });
        const { result } = compiled;
        if (result === null) {
          const diagnostics = compiled.takeDiagnostics();
          throw refused(main, diagnostics === null ? "no reason given" : complaints(native.fetchDiagnostics(diagnostics)));
        }
        try {
          return new Uint8Array(native.pdf(result, { pdfStandard: "ua-1" }));
        } catch (error) {
          throw refused(main, error instanceof Error ? error.message : String(error));
        }
      } finally {
        // Nothing of this paper stays: neither its files nor what the compiler remembers of earlier results.
        native.resetShadow();
        native.evictCache(0);
      }
    },
  };
}

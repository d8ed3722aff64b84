/** The compiler for browsers: Typst as WebAssembly, best started inside a worker (worker.ts). Node never loads this file. */
import startWasm, { TypstCompilerBuilder } from "@myriaddreamin/typst-ts-web-compiler";
import { PaperError } from "./errors.ts";
import type { PaperFiles } from "./files.ts";
import { identifyPdfUa } from "./pdfua.ts";
import type { PaperCompiler } from "./render.ts";
import { withoutEval } from "./without-eval.ts";

/** Where the compiler's WebAssembly comes from: an address (`@myriaddreamin/typst-ts-web-compiler/wasm`, as the bundler emits it), an answer, bytes or a module. */
export type WasmSource = URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/** The compiler's own number for "complaints as objects". */
const asObjects = 3;

const field = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined);

/** The compiler's complaints in one line: file, place and message. */
function complaints(answer: unknown): string {
  const list = field(answer, "diagnostics");
  if (!Array.isArray(list)) return "no reason given";
  return list
    .slice(0, 5)
    .map((item: unknown) => `${String(field(item, "path"))} ${String(field(item, "range"))}: ${String(field(item, "message"))}`)
    .join("; ");
}

/**
 * Starts the WebAssembly compiler: about a second, once (README.md has the figures). Setting a paper blocks the thread, so start it in a worker.
 * The page or worker needs `'wasm-unsafe-eval'` in the `script-src` of its content policy, and nothing more (see [Note: no eval]).
 * @param files from `loadPaperFiles((url) => fetch(url)…)`
 * @throws {PaperError} `compiler-unavailable`
 */
export async function browserCompiler(files: PaperFiles, wasm: WasmSource): Promise<PaperCompiler> {
  let typst: Awaited<ReturnType<TypstCompilerBuilder["build"]>>;
  try {
    await startWasm({ module_or_path: wasm });
    // It starts with an access model and package registry that refuse everything: a paper reads only what is laid beside it.
    const builder = withoutEval(() => new TypstCompilerBuilder());
    for (const font of files.fonts) await builder.add_raw_font(font);
    typst = await builder.build();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PaperError(
      "compiler-unavailable",
      `The document maker did not start (${why}). Reload the page; if it stays, this browser cannot run WebAssembly here.`,
      { why },
    );
  }
  return {
    files,
    compile: (main, inputs) => {
      try {
        for (const [name, source] of files.sources) typst.add_source(`/${name}`, source);
        for (const [name, bytes] of inputs) typst.map_shadow(`/${name}`, bytes);
        const answer: unknown = typst.compile(`/${main}`, null, "pdf", asObjects);
        const pdf = field(answer, "result");
        if (!(pdf instanceof Uint8Array)) {
          const why = complaints(answer);
          throw new PaperError("compile-refused", `Typst did not set ${main}: ${why}. Mend the template, or hand in other pictures.`, { main, why });
        }
        return identifyPdfUa(pdf);
      } finally {
        // The files go; the compiler's own memory of earlier results does not: ending the worker gives that back.
        typst.reset_shadow();
        typst.reset();
      }
    },
  };
}

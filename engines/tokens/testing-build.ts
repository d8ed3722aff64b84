/** The client's half as it is delivered: built and made small. For the tests of this engine. */
import { build } from "vite";

const folder = new URL(".", import.meta.url).pathname;

/** @returns the code of the one file a browser loads. */
export async function builtClient(): Promise<string> {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: true, target: "es2024", rolldownOptions: { input: `${folder}index.ts`, preserveEntrySignatures: "strict" } },
  });
  for (const built of Array.isArray(result) ? result : [result]) {
    if (!("output" in built)) throw new Error("the build gave a watcher instead of files");
    for (const file of built.output) if (file.type === "chunk" && file.isEntry) return file.code;
  }
  throw new Error("the build gave no file to begin with");
}

/** What progress is told against is what the compiler's file really holds. */
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { wasmBytes } from "./wasm.ts";

it("names the number of bytes of the compiler's WebAssembly", async () => {
  const file = new URL("../../node_modules/@myriaddreamin/typst-ts-web-compiler/pkg/typst_ts_web_compiler_bg.wasm", import.meta.url);
  expect((await stat(fileURLToPath(file))).size).toBe(wasmBytes);
});

/** Makes engines/triage/threats/matrix-code.ts from matrix.wat: `node tools/triage/assemble.ts`. The same text gives the same bytes; matrix.test.ts holds the two to each other. */
import { readFileSync, writeFileSync } from "node:fs";
import wabt from "wabt";

const threats = new URL("../../engines/triage/threats/", import.meta.url);

/** The bytes of matrix.wat, base64. */
export async function assembled(): Promise<string> {
  const text = readFileSync(new URL("matrix.wat", threats), "utf8");
  const read = (await wabt()).parseWat("matrix.wat", text, { simd: true });
  const { buffer } = read.toBinary({});
  return Buffer.from(buffer).toString("base64");
}

if (import.meta.main)
  writeFileSync(
    new URL("matrix-code.ts", threats),
    `/** Made by tools/triage/assemble.ts from matrix.wat; do not edit. WebAssembly, base64. Used by matrix.ts. */\nexport const matrixCode =\n  "${await assembled()}";\n`,
  );

/** What a hash costs whoever asks to be let in and whoever checks it: SHA-256 in WebAssembly and in script, beside Argon2id of 1 MiB. Run `node tools/bench/work.ts`; the choice that follows from it stands in docs/architecture.md. */
import { hash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { argon2id, createSHA256 } from "hash-wasm";

const message = new Uint8Array(64);
const view = new DataView(message.buffer);

/** Runs a step for about a second. @returns how often it ran in a second */
async function perSecond(step: (turn: number) => unknown, batch: number): Promise<number> {
  const begin = performance.now();
  let turns = 0;
  while (performance.now() - begin < 1_000) for (let one = 0; one < batch; one += 1) await step((turns += 1));
  return turns / ((performance.now() - begin) / 1_000);
}

/** The same without a promise for every hash, which costs more than the hash. */
function hashesPerSecond(step: () => void): number {
  const begin = performance.now();
  let turns = 0;
  while (performance.now() - begin < 1_000)
    for (let one = 0; one < 5_000; one += 1) {
      view.setUint32(60, (turns += 1));
      step();
    }
  return turns / ((performance.now() - begin) / 1_000);
}

const wasm = await createSHA256();
const figures = {
  "SHA-256, hash-wasm (a worker of the page)": hashesPerSecond(() => wasm.init().update(message).digest("binary")),
  "SHA-256, noble (where there is no WebAssembly)": hashesPerSecond(() => sha256(message)),
  "SHA-256, node:crypto (the server; an attacker without special hardware)": hashesPerSecond(() => hash("sha256", message, "buffer")),
  "Argon2id, 1 MiB, one pass, hash-wasm": await perSecond(
    async () =>
      await argon2id({
        password: message,
        salt: message.subarray(0, 16),
        iterations: 1,
        parallelism: 1,
        memorySize: 1_024,
        hashLength: 32,
        outputType: "binary",
      }),
    5,
  ),
};
for (const [what, rate] of Object.entries(figures))
  console.log(`${what.padEnd(74)} ${Math.round(rate).toLocaleString("en").padStart(12)} a second, ${(1e6 / rate).toFixed(1)} µs each`);

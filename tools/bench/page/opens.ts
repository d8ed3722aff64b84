/** Runs inside Chromium for worklist.ts: HPKE opens alone, in one thread, nothing around them. Built by that bench, served by nobody. */
import { generateSeed, handOver, sealKeyPair, takeOver } from "@rugdekking/seal";

/**
 * Hands a key over to one recipient `made` times and opens those hand-overs `count` times, one after another.
 * @returns milliseconds of the opening alone.
 */
async function openAlone(count: number, made: number): Promise<number> {
  const pair = await sealKeyPair(generateSeed());
  const context = { purpose: "dossier", subject: "bench", to: "bench" } as const;
  const sealed: string[] = [];
  for (let at = 0; at < made; at += 1) sealed.push(await handOver(generateSeed(), pair.publicKey, context));
  const began = performance.now();
  for (let at = 0; at < count; at += 1) await takeOver(sealed[at % made] ?? "", pair, context);
  return performance.now() - began;
}

Object.assign(globalThis, { benchOpenAlone: openAlone });

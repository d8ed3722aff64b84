/** Seals a fact to the research desk, equally long whatever is in it. Apart from deliver.ts, which loads it when something is sent and not before. */
import { generateDossierKey, handOver, sealJson, toBase64Url } from "@rugdekking/seal";
import { factBytes, sealedFactBytes, type FactBody, type SealedFact } from "#services/figures/contract/delivery.ts";
import type { Fact } from "#services/figures/contract/facts.ts";
import { Problem } from "#services/problem/index.ts";
import type { StatedQuarter } from "./quarters.ts";

/** Seals to the epoch of the quarter ([Note: One epoch of a quarter]). @throws {@link Problem} input-too-large. */
export async function sealFact({ desk, epoch, factPublicKey }: Pick<StatedQuarter, "desk" | "epoch" | "factPublicKey">, fact: Fact): Promise<SealedFact> {
  const body: FactBody = { version: 1, fact, fill: "" };
  const length = new TextEncoder().encode(JSON.stringify(body)).length;
  if (length > factBytes)
    throw new Problem("input-too-large", `The fact is ${length} bytes, at most ${factBytes}`, "A fact holds classes only; load the page again.");
  const id = crypto.randomUUID();
  const key = generateDossierKey();
  const sealed = await sealJson({ ...body, fill: " ".repeat(factBytes - length) }, key, { dossier: id, item: id, channel: "main" });
  if (sealed.length !== sealedFactBytes)
    throw new Problem("unavailable", "The sealed fact has an unforeseen length", "Tell whoever runs this server; nothing was sent.");
  return {
    id,
    key: await handOver(key, factPublicKey, { purpose: "fact", subject: id, to: `${desk}/${epoch}` }),
    sealed: toBase64Url(sealed),
  };
}

/** What the person chose to share in this scan, and an analysis may cite: their request, files they added, messages they wrote. Called by screens. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { presentRound } from "./round.ts";
import { readScan } from "./request.ts";
import type { ItemReference } from "#services/dossier/contract/index.ts";

/** One item, in a few of the person's own words. */
export interface SharedByHolder {
  readonly item: ItemReference;
  readonly kind: "request" | "evidence" | "message";
  readonly words: string;
  /** Dutch calendar day. */
  readonly on: string;
}

const short = (text: string): string => text.replaceAll(/\s+/gu, " ").trim().slice(0, 300);

/** Oldest first; an item without words (a request without reasons) is left out. @throws Problem role-forbidden, input-malformed. */
export async function sharedByHolder(handle: DossierHandle): Promise<SharedByHolder[]> {
  const found: SharedByHolder[] = [];
  for (const entry of presentRound(handle)) {
    const { header } = entry;
    if (header.author.role !== "office-holder" || !entry.readable) continue;
    if (header.kind !== "request" && header.kind !== "evidence" && header.kind !== "message") continue;
    const content = await readScan(handle, entry);
    const words =
      content.kind === "request"
        ? content.body.reasons
        : content.kind === "evidence"
          ? [content.body.note, ...content.body.attachments.map(({ name }) => name)].filter((part) => part.trim() !== "").join(" · ")
          : content.kind === "message"
            ? content.body.text
            : "";
    if (words.trim() !== "") found.push({ item: header.body, kind: header.kind, words: short(words), on: dutchDay(new Date(header.at)) });
  }
  return found;
}

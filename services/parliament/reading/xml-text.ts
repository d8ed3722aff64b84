/** A publication in XML (officiële bekendmakingen) as words: every element that holds words is a paragraph, but those inside a sentence. Called by index.ts when XML is no record. */
import type { Branch } from "./records.ts";
import { plainText, type SourceText } from "./source-text.ts";

/** Attributes are not words; a number of a footnote (`noot.nr`) stands before its words. */
export function textOfXml(root: Branch): SourceText {
  const lines: string[] = [];
  const pending: Branch[] = [root];
  for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
    if (branch.name === "noot") lines.push("Noot");
    if (typeof branch.value === "string" && branch.value !== "" && !branch.path.includes("/@")) lines.push(branch.value.replace(/\s+/gu, " "));
    pending.push(...branch.children.toReversed());
  }
  return { ...plainText(lines.join("\n\n")), wrapped: false };
}

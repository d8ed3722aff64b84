/**
 * A short advice that says nothing, for worker.ts alone: WebAssembly is translated where it is first used, so a paper that touches every part (contents, tables, matrices, drawing)
 * is set before anyone waits for theirs.
 */
import type { PaperAssets } from "./render.ts";
import type { PaperData } from "./templates.ts";

const words = "Een zin die niets zegt, met cijfers 0123456789, tekens en lange samengestelde woorden als veiligheidsadviseur. ".repeat(3);
const weighed = { seriousness: "low", likelihood: "possible" } as const;
const domains = ["wonen", "werk", "digitaal", "verplaatsen"] as const;

/** Pictures of {@link warmUp}. */
export const warmUpAssets: PaperAssets = {
  huis: new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 24"><rect width="40" height="24" fill="#eee"/><path d="M4 20V10l16-8 16 8v10z"/><text x="9" y="9">1</text></svg>`,
  ),
};

/** Data of the template `advies`. */
export const warmUp: PaperData["advies"] = {
  document: { title: "-", reference: "0", version: 1, date: "2000-01-01", marking: "-", demonstration: true },
  status: "adopted",
  subject: { name: "-", function: "-", organisation: "-", address: "-" },
  author: { name: "-", office: "-" },
  summary: words,
  grounds: words,
  threat: { history: words, localInformation: words, sources: [{ who: words, on: "2000-01-01" }], notAsked: words, conclusion: words },
  assessment: { visits: [{ on: "2000-01-01", present: words }], note: words },
  risks: domains.map((domain, n) => ({ code: `R${n}`, domain, scenario: words, findings: [`B${n}`], before: weighed, after: weighed })),
  sections: domains.map((domain) => ({ domain, title: "-", text: words })),
  findings: domains.map((domain, n) => ({
    code: `B${n}`,
    domain,
    ring: "shell",
    observation: words,
    seriousness: "high",
    photos: [{ asset: "huis", alt: "-", caption: "-" }],
  })),
  house: { asset: "huis", alt: "-", caption: "-" },
  measures: domains.map((domain, n) => ({
    code: `M${n}`,
    domain,
    what: words,
    why: words,
    findings: [`B${n}`],
    rule: "-",
    provided: "provided",
    costLow: 0,
    costHigh: 1_000,
    who: "employer",
    byWhen: "2000-01-01",
  })),
  remainingRisk: words,
  signature: { name: "-", office: "-", on: "2000-01-01", statement: words, signed: "-", digest: "0".repeat(64), keyId: "-", check: [words] },
  changes: { version: 1, date: "2000-01-01", items: [{ kind: "added", what: "-", note: words }] },
};

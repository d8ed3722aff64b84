/** How a verdict is told: the ordered checks, and the one thing that is wrong first. Shared by the rooms of verify. */

/** Every check, in the order in which it is made. */
export const checkIds = [
  "container",
  "index",
  "pin",
  "files",
  "signatures",
  "chain",
  "decisions",
  "receipts",
  "sealed",
  "key",
  "opens",
  "originals",
  "captures",
  "timestamps",
  "page",
] as const;
export type CheckId = (typeof checkIds)[number];

/** What each check asks, in English (the screens word it in Dutch by id). */
export const checkTitles: Readonly<Record<CheckId, string>> = {
  container: "the bundle can be read as a ZIP or folder",
  index: "bundle.json is whole and of a known version",
  pin: "the log and registrar are the pinned ones",
  files: "every listed file is there, unchanged, and nothing else",
  signatures: "every statement is signed by the person it names, in an office the registrar's rosters confirm",
  chain: "the entries follow each other without gap or change",
  decisions: "decisions name what they decide on and were not taken by its author",
  receipts: "every entry is in the log of the pinned key",
  sealed: "the sealed items are the ones their authors signed",
  key: "the key file is the one the items are sealed to",
  opens: "every item opens with the key",
  originals: "the readable files are what the sealed items hold",
  captures: "every capture record is the sealed one and is about its file",
  timestamps: "every time stamp is over its capture record and leads to a root that is believed",
  page: "the evidence page and the list of hashes say what was proven",
};

/** One line of the verdict. */
export interface CheckResult {
  readonly id: CheckId;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "not-checked";
  /** How much was checked, why not, or what is wrong. */
  readonly detail: string;
}

/** The first wrong thing. */
export interface FirstComplaint {
  readonly check: CheckId;
  /** File in the bundle that is to blame; null when it is the container itself. */
  readonly file: string | null;
  readonly what: string;
  readonly expected: string | null;
  readonly found: string | null;
  /** What whoever reads this can do. */
  readonly mend: string;
}

/** What there is to do about most of what can be wrong. */
const askAgain = "do not rely on this bundle; ask for it again and compare";

/** Whose roots a time stamp was judged by: those the caller gave, those of the pin, or only those that the bundle itself brought, which whoever made it may have made as well. */
export type JudgedBy = "given" | "pin" | "bundle";

/** A piece of evidence that the checks proved: which file, when it was taken in by the device's clock, and what an outside authority says of its time. */
export interface ProvenEvidence {
  /** Name as given. */
  readonly name: string;
  readonly size: number;
  /** SHA-256 of the original bytes, hexadecimal. */
  readonly sha256: string;
  readonly capturedAt: string;
  /** Number of the entry it came with. */
  readonly entry: number;
  /** The earliest stamp; null when there is none. */
  readonly stamp: { readonly at: string; readonly authority: string; readonly judgedBy: JudgedBy } | null;
}

/** A decision of the authority that the checks proved: who signed, in which office, for which desk, when, and over exactly what. */
export interface ProvenDecision {
  readonly kind: "adoption" | "return";
  /** Number of the entry that holds the decision. */
  readonly entry: number;
  readonly at: string;
  /** Name and office as the roster in force at that moment has them: the registrar's word, not the signer's. */
  readonly by: { readonly person: string; readonly name: string; readonly office: string };
  readonly desk: { readonly id: string; readonly name: string };
  /** The advice: its entry (null when this reader may not see it), item, and the digest (SHA-256, base64url) of its sealed bytes. */
  readonly advice: { readonly entry: number | null; readonly item: string; readonly digest: string };
}

/** What `verifyBundle` returns: never half, never thrown. */
export interface Verdict {
  /** No check failed. A check that was not made is in `checks` as `not-checked`; read them. */
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
  /** Decisions that stand, oldest first; empty unless every check that bears on them passed. */
  readonly decisions: readonly ProvenDecision[];
  /** Evidence whose record and stamps hold, in order; empty unless every check was made and passed. */
  readonly evidence: readonly ProvenEvidence[];
  readonly first: FirstComplaint | null;
}

/** Thrown inside verify when something is wrong; becomes {@link FirstComplaint}. */
export class Complaint extends Error {
  override readonly name = "Complaint";
  readonly file: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly mend: string;

  constructor(file: string | null, what: string, expected: string | null = null, found: string | null = null, mend = askAgain) {
    super(what);
    this.mend = mend;
    this.file = file;
    this.expected = expected;
    this.found = found;
  }
}

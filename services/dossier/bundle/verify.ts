/** Checks a bundle from front to back, offline, and names the first wrong thing. For the CLI, the browser's check page and tests. */
import { readAgeHeader } from "@rugdekking/seal";
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import type { EntryHeader } from "#services/dossier/contract/index.ts";
import { isSafeFileName } from "#services/file-name/index.ts";
import { type CheckId, type CheckResult, Complaint, type FirstComplaint, type ProvenDecision, type Verdict, checkIds, checkTitles } from "./complaint.ts";
import { type BundleReader, ContainerError, readWhole } from "./container.ts";
import { checkCaptures, checkPage, checkTimestamps, checkWording, judgedByOf, provenOf, type EvidenceToCheck, type OpenedBody } from "./evidence.ts";
import { BundleIndex, INDEX, KEY, PROTECTED_KEY, StatementFile } from "./format.ts";
import { type HashMaker, base64url, portableHash, watching } from "./hashing.ts";
import { openWithPassphrase, readIdentityFile } from "./identity.ts";
import { checkOpens, checkSealed, splitHeader } from "./items.ts";
import { checkReceipt } from "./receipts.ts";
import { type CheckedEntry, type Filed, checkChain, checkDecisions, checkSignatures, decisionsOf } from "./statements.ts";

export interface VerifyOptions {
  /** The log key and registrar from a place other than the bundle; null leaves `pin` not-checked and uses the bundle's own. */
  readonly pin: Pick<TrustAnchor, "log" | "registrar" | "timestampRoots" | "witnesses"> | null;
  /** Root certificates of time-stamp authorities, DER as base64url, from a place other than the bundle; before those of `pin`. Without either the bundle's own are believed; `timestamps` and each stamp's `judgedBy` say so. */
  readonly timestampRoots?: readonly string[] | null;
  /** Opens key.txt.age; null leaves `key`, `opens` and `originals` not-checked when the key is protected. */
  readonly passphrase?: string | null;
  /** A faster SHA-256 than the portable one. */
  readonly hash?: HashMaker;
  /** Called as bytes are read; `total` counts every pass. */
  readonly progress?: (done: number, total: number) => void;
}

const JSON_LIMIT = 16 * 1024 * 1024;

/** Parses a JSON file of the bundle. @throws {@link Complaint} */
async function readJson<S extends TSchema>(reader: BundleReader, name: string, schema: S, what: string): Promise<Static<S>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await readWhole(reader, name, JSON_LIMIT)));
  } catch (error) {
    if (error instanceof ContainerError) throw error;
    throw new Complaint(name, "the file is not JSON", what, null);
  }
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  throw new Complaint(name, `the file is not ${what}`, what, first === undefined ? null : `${first.instancePath || "/"} ${first.message}`);
}

/** SHA-256 of (original header ‖ payload) and its length, per item: what the author signed. */
export type SealedDigests = Map<string, { readonly digest: string; readonly size: number }>;

const firstOf = (check: CheckId, { file, message, expected, found, mend }: Complaint): FirstComplaint => ({
  check,
  file,
  what: message,
  expected,
  found,
  mend,
});

class Verification {
  readonly reader: BundleReader;
  readonly options: VerifyOptions;
  readonly hash: HashMaker;
  readonly results: CheckResult[] = [];
  first: FirstComplaint | null = null;
  #done = 0;
  total = 1;

  constructor(reader: BundleReader, options: VerifyOptions) {
    this.reader = reader;
    this.options = options;
    this.hash = options.hash ?? portableHash;
  }

  read(bytes: number): void {
    this.#done += bytes;
    this.options.progress?.(Math.min(this.#done, this.total), this.total);
  }

  /** Makes one check unless an earlier one failed. @returns what the check found, or null. */
  async check<T>(id: CheckId, make: () => Promise<{ detail: string; value: T; unmade?: boolean }>): Promise<T | null> {
    const title = checkTitles[id];
    if (this.first !== null) {
      this.results.push({ id, title, outcome: "not-checked", detail: "an earlier check failed" });
      return null;
    }
    try {
      const { detail, value, unmade } = await make();
      this.results.push({ id, title, outcome: unmade === true ? "not-checked" : "passed", detail });
      return value;
    } catch (error) {
      if (error instanceof Complaint) this.first = firstOf(id, error);
      else if (error instanceof ContainerError) this.first = firstOf(id, new Complaint(error.file, error.message));
      else throw error;
      this.results.push({ id, title, outcome: "failed", detail: error.message });
      return null;
    }
  }

  /** Hashes every listed file once; items also together with their original header. */
  async files(index: BundleIndex, names: readonly string[]): Promise<SealedDigests> {
    const listed = new Map(index.files.map((file) => [file.name, file]));
    if (listed.size !== index.files.length) throw new Complaint(INDEX, "a file is listed twice");
    // The page prints names in a command and people unpack them: a name may hold nothing that is more than a name.
    for (const name of listed.keys())
      if (!name.split("/").every(isSafeFileName))
        throw new Complaint(name, "the file has a name that no bundle of ours gives", "letters, digits, spaces and . _ -", name);
    for (const name of names)
      if (name !== INDEX && !listed.has(name))
        throw new Complaint(name, "the file does not belong to the bundle", "a file listed in bundle.json", "not listed");
    const present = new Set(names);
    for (const name of listed.keys()) if (!present.has(name)) throw new Complaint(name, "the file is missing", "present", "absent");
    const digests: SealedDigests = new Map();
    const headers = new Map(index.files.filter((file) => file.name.startsWith("headers/")).map((file) => [file.item, file.name]));
    for (const file of index.files) {
      const size = await this.reader.size(file.name);
      if (size !== file.size) throw new Complaint(file.name, "the file has another length than bundle.json says", `${file.size} bytes`, `${size} bytes`);
      let found = "";
      const stream = watching(await this.reader.open(file.name), this.hash, (sha256) => (found = sha256));
      const headerFile = file.name.startsWith("items/") ? headers.get(file.item) : undefined;
      if (headerFile !== undefined && file.item !== undefined) {
        const digest = await this.#digestWith(await readWhole(this.reader, headerFile, 64 * 1024), stream);
        if (digest !== null) digests.set(file.item, digest);
      } else for await (const piece of stream) this.read(piece.length);
      if (found !== file.sha256) throw new Complaint(file.name, "the file was changed: its SHA-256 is not the one in bundle.json", file.sha256, found);
    }
    return digests;
  }

  async #digestWith(original: Uint8Array, item: ReadableStream<Uint8Array>): Promise<{ digest: string; size: number } | null> {
    const { header, rest } = await splitHeader(item, readAgeHeader);
    if (header === null) {
      for await (const piece of rest) this.read(piece.length);
      return null;
    }
    const hash = this.hash();
    hash.update(original);
    let size = original.length;
    for await (const piece of rest) {
      hash.update(piece);
      size += piece.length;
      this.read(piece.length);
    }
    return { digest: base64url(hash.digest()), size };
  }
}

async function readStatements(reader: BundleReader, index: BundleIndex): Promise<readonly Filed[]> {
  const filed: Filed[] = [];
  for (const { name } of index.files.filter((file) => file.name.startsWith("statements/")).toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    filed.push({ file: name, statement: await readJson(reader, name, StatementFile, "a signed statement") });
  return filed;
}

async function checkReceipts(
  reader: BundleReader,
  index: BundleIndex,
  entries: readonly CheckedEntry[],
  { log, witnesses }: Pick<TrustAnchor, "log" | "witnesses">,
): Promise<string> {
  const names = new Set<string>();
  let before = 0;
  const bySeq = new Map(index.files.filter((file) => file.name.startsWith("receipts/")).map((file) => [file.seq, file.name]));
  for (const { header, hash, file } of entries) {
    const name = bySeq.get(header.seq);
    if (name === undefined) throw new Complaint(file, "the entry has no receipt", `a receipt for entry ${header.seq}`, "none");
    const { vouched } = await checkReceipt(new TextDecoder().decode(await readWhole(reader, name, 1024 * 1024)), hash, log, name, witnesses);
    if (vouched.state === "before") before += 1;
    for (const witness of vouched.witnesses) names.add(witness.name);
  }
  const seen = names.size === 0 ? "" : `, cosigned by ${[...names].join(", ")}`;
  return `${entries.length} receipts${seen}${before === 0 ? "" : `, ${before} of before witnesses were asked`}`;
}

/** The identity in the bundle; null when it is protected and no passphrase was given. */
async function readKey(reader: BundleReader, index: BundleIndex, passphrase: string | null): Promise<string | null> {
  const names = new Set(index.files.map((file) => file.name));
  let text: string;
  let file = KEY;
  if (names.has(KEY)) text = new TextDecoder().decode(await readWhole(reader, KEY, 64 * 1024));
  else if (names.has(PROTECTED_KEY)) {
    file = PROTECTED_KEY;
    if (passphrase === null) return null;
    const opened = await openWithPassphrase(await readWhole(reader, PROTECTED_KEY, 64 * 1024), passphrase);
    if (opened === null) throw new Complaint(PROTECTED_KEY, "the passphrase does not open the key file");
    text = opened;
  } else throw new Complaint(KEY, "there is no key file in the bundle", `${KEY} or ${PROTECTED_KEY}`, "neither");
  const identity = await readIdentityFile(text);
  if (identity === null) throw new Complaint(file, "the key file holds no age identity", "AGE-SECRET-KEY-1…", null);
  if (identity.recipient !== index.recipient) throw new Complaint(file, "the key is not the one the items are sealed to", index.recipient, identity.recipient);
  return identity.identity;
}

/**
 * Checks everything a bundle claims, in the order of {@link checkIds}; stops judging at the first thing that is wrong and lists the rest as not-checked.
 * Holds at most one small file and one piece of a stream in memory. Never throws for a wrong bundle; throws only what reading the device throws.
 */
export async function verifyBundle(open: () => Promise<BundleReader>, options: VerifyOptions): Promise<Verdict> {
  let reader: BundleReader;
  let names: readonly string[];
  try {
    reader = await open();
    names = await reader.names();
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error;
    const checks = checkIds.map((id): CheckResult => ({
      id,
      title: checkTitles[id],
      outcome: id === "container" ? "failed" : "not-checked",
      detail: id === "container" ? error.message : "an earlier check failed",
    }));
    return { ok: false, checks, decisions: [], evidence: [], first: firstOf("container", new Complaint(error.file, error.message)) };
  }
  const run = new Verification(reader, options);
  await run.check("container", async () => ({ detail: `${names.length} files`, value: null }));
  const index = await run.check("index", async () => {
    const value = await readJson(reader, INDEX, BundleIndex, "a bundle.json of a known version");
    checkWording(value);
    run.total = value.files.reduce((sum, file) => sum + file.size * (file.name.startsWith("items/") ? 2 : 1), 1);
    return { detail: `dossier ${value.dossier}, made ${value.madeAt}`, value };
  });
  if (index === null) {
    for (const id of checkIds.slice(2)) await run.check(id, async () => ({ detail: "", value: null }));
    return { ok: false, checks: run.results, decisions: [], evidence: [], first: run.first };
  }
  await run.check("pin", async () => checkPin(index, options.pin));
  const trust = options.pin ?? index.trust;
  const digests = await run.check("files", async () => ({ value: await run.files(index, names), detail: `${index.files.length} files` }));
  const statements = await run.check("signatures", async () => {
    const filed = await readStatements(reader, index);
    return { value: await checkSignatures(filed, index, trust.registrar), detail: `${filed.length} statements` };
  });
  const entries = statements?.entries ?? null;
  await run.check("chain", async () => ({ detail: checkChain(entries ?? [], index), value: null }));
  await run.check("decisions", async () => ({ detail: checkDecisions(entries ?? [], index), value: null }));
  await run.check("receipts", async () => ({ detail: await checkReceipts(reader, index, entries ?? [], trust), value: null }));
  const references = await run.check("sealed", async () => checkSealed(index, entries ?? [], digests ?? new Map()));
  const identity = await run.check("key", async () => {
    const value = await readKey(reader, index, options.passphrase ?? null);
    return value === null ? { value, detail: "the key file is protected and no passphrase was given", unmade: true } : { value, detail: index.recipient };
  });
  // What cannot be opened here does not touch who signed what: those checks are made by now.
  const decisions = (): readonly ProvenDecision[] => (run.first === null ? decisionsOf(entries ?? []) : []);
  if (identity === null && run.first === null) {
    for (const id of ["opens", "originals", "captures", "timestamps", "page"] as const)
      await run.check(id, async () => ({ detail: "the key file was not opened", value: null, unmade: true }));
    return { ok: true, checks: run.results, decisions: decisions(), evidence: [], first: null };
  }
  const opened = await run.check("opens", async () =>
    checkOpens({ reader, index, references: references ?? [], identity: identity ?? "", hash: run.hash, read: (bytes) => run.read(bytes) }),
  );
  await run.check("originals", async () => ({ detail: `${(await opened?.compare()) ?? 0} readable files`, value: null }));
  const bodies = opened?.bodies ?? [];
  const roots = judgedByOf(options.timestampRoots ?? null, options.pin?.timestampRoots ?? null, index.trust.timestampRoots ?? []);
  const toCheck: EvidenceToCheck = { reader, index, bodies, roots };
  const records = (await run.check("captures", async () => checkCaptures(toCheck))) ?? [];
  await run.check("timestamps", async () => checkTimestamps(toCheck, index.trust, records));
  await run.check("page", async () =>
    checkPage(reader, {
      index,
      bodies: inOrder(entries ?? [], bodies),
      grants: statements?.grants ?? [],
      consents: statements?.consents ?? [],
      desks: statements?.desks ?? new Map(),
    }),
  );
  const evidence = run.first === null ? provenOf(records, roots.judgedBy) : [];
  return { ok: run.first === null, checks: run.results, decisions: decisions(), evidence, first: run.first };
}

/** Every entry with its body, null where this reader holds no key to it. */
function inOrder(entries: readonly CheckedEntry[], opened: readonly OpenedBody[]): { readonly header: EntryHeader; readonly body: unknown }[] {
  const bodies = new Map(opened.map(({ entry, body }) => [entry.header.seq, body]));
  return entries.map(({ header }) => ({ header, body: bodies.get(header.seq) ?? null }));
}

function checkPin(index: BundleIndex, pin: VerifyOptions["pin"]): { detail: string; value: null; unmade?: boolean } {
  if (pin === null) return { detail: "no pinned key file was given, so the bundle's own log and registrar were believed", value: null, unmade: true };
  if (pin.log !== index.trust.log) throw new Complaint(INDEX, "the bundle comes from another log than the pinned one", pin.log, index.trust.log);
  if (pin.registrar !== index.trust.registrar)
    throw new Complaint(INDEX, "the bundle comes from another registrar than the pinned one", pin.registrar, index.trust.registrar);
  return { detail: pin.log.split("+")[0] ?? pin.log, value: null };
}

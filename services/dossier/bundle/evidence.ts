/** Checks the evidence of a bundle once its items were opened: capture records, time stamps, and the page about them. Only verify calls this. */
import { writeCertificates } from "@rugdekking/timestamp/certificates";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import { digestOfHex } from "#services/dossier/contract/hexadecimal.ts";
import { isRecordOf, recordBytes, type CaptureRecord } from "#services/dossier/contract/capture.ts";
import { Complaint, type JudgedBy, type ProvenEvidence } from "./complaint.ts";
import { type BundleReader, readWhole } from "./container.ts";
import { evidencePage, PAGE_VERSION } from "./evidence-page.ts";
import {
  BUNDLE_VERSION,
  type BundleFile,
  type BundleIndex,
  EVIDENCE_PAGE,
  FIRST_VERSION,
  INDEX,
  type NamedAttachment,
  ROOTS,
  SUMS,
  type ReadStamp,
  attachmentsOf,
  keptStampsOf,
} from "./format.ts";
import { base64url, fromBase64url } from "./hashing.ts";
import { type PageSource, pageFactsOf, sumsOf } from "./page-facts.ts";
import type { CheckedEntry } from "./statements.ts";

/** A body that opened, with the entry it belongs to. */
export interface OpenedBody {
  readonly entry: CheckedEntry;
  readonly body: unknown;
}

/** What these checks need. */
export interface EvidenceToCheck {
  readonly reader: BundleReader;
  readonly index: BundleIndex;
  /** In the order of the entries. */
  readonly bodies: readonly OpenedBody[];
  /** Roots to judge time stamps by, and whose they are; see {@link judgedByOf}. */
  readonly roots: { readonly judgedBy: JudgedBy; readonly certificates: readonly string[] };
}

/** A record that is what was sealed. */
export interface CheckedRecord {
  readonly entry: CheckedEntry;
  readonly attachment: NamedAttachment;
  readonly record: CaptureRecord;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly stamps: { readonly at: string; readonly authority: string }[];
}

/** The roots that go before: given ones, then those of the pin, then what the bundle itself brought. */
export function judgedByOf(given: readonly string[] | null, pinned: readonly string[] | null, own: readonly string[]): EvidenceToCheck["roots"] {
  if (given !== null) return { judgedBy: "given", certificates: given };
  return pinned === null ? { judgedBy: "bundle", certificates: own } : { judgedBy: "pin", certificates: pinned };
}

interface Outcome<T> {
  readonly detail: string;
  readonly value: T;
  readonly unmade?: boolean;
}

/** A capture record or a time stamp is small. Bytes. */
const SMALL = 128 * 1024;

const encoder = new TextEncoder();
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, place) => byte === b[place]);
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

const isFirstVersion = ({ format }: BundleIndex): boolean => format === FIRST_VERSION;
const before = "bundles of version 1 hold none";

/** Nobody is spared a check by calling a bundle older than it is: one of the first version has neither records nor stamps, not as files and not sealed. @throws {@link Complaint} */
function refuseNewer({ index: { files }, bodies }: EvidenceToCheck): void {
  const tooNew = (file: string): Complaint => new Complaint(file, "a bundle of version 1 does not hold this", BUNDLE_VERSION, FIRST_VERSION);
  const stray = files.find(({ name }) => name.startsWith("captures/") || name.startsWith("timestamps/") || name === EVIDENCE_PAGE || name === SUMS);
  if (stray !== undefined) throw tooNew(stray.name);
  for (const { entry, body } of bodies)
    if (entry.header.kind === "timestamp" || attachmentsOf(entry.header, body).some(({ capture }) => capture !== undefined)) throw tooNew(entry.file);
}

const filesIn = (index: BundleIndex, folder: string): BundleFile[] => index.files.filter(({ name }) => name.startsWith(folder));

/** Every sealed capture record has its file, byte for byte, and says of its file what the entry says. @throws {@link Complaint} */
export async function checkCaptures(given: EvidenceToCheck): Promise<Outcome<readonly CheckedRecord[]>> {
  const { reader, index, bodies } = given;
  if (isFirstVersion(index)) {
    refuseNewer(given);
    return { detail: before, value: [], unmade: true };
  }
  const files = new Map(filesIn(index, "captures/").map((file) => [file.item, file.name]));
  const records: CheckedRecord[] = [];
  for (const { entry, body } of bodies) {
    for (const attachment of attachmentsOf(entry.header, body)) {
      const { item, capture: record } = attachment;
      if (record === undefined) continue;
      const file = files.get(item);
      // A reader of single entries may have the words and not the file; then there is nothing to lay the record beside.
      if (file === undefined && index.view === "part") continue;
      if (file === undefined)
        throw new Complaint(`captures/ (${attachment.name})`, "the capture record of this file is missing", "a file in captures/", "none");
      files.delete(item);
      const content = recordBytes(record);
      if (!same(await readWhole(reader, file, SMALL), content))
        throw new Complaint(file, "the capture record is not the one that was sealed with the evidence", "the record in the sealed entry", "other content");
      if (isRecordOf(record, attachment)) {
        records.push({ entry, attachment, record, content, stamps: [] });
        continue;
      }
      if (record.size !== attachment.length)
        throw new Complaint(file, "the capture record is about a file of another length", `${record.size} bytes`, `${attachment.length} bytes`);
      throw new Complaint(file, "the file is not the one that was captured: its SHA-256 differs", digestOfHex(record.sha256), attachment.sha256);
    }
  }
  const [stray] = files.values();
  if (stray !== undefined) throw new Complaint(stray, "no entry holds this capture record");
  return { detail: `${records.length} records`, value: records };
}

/** What to do about a stamp that is refused, by the engine's code. */
const mends: Readonly<Partial<Record<string, string>>> = {
  "certificate-untrusted": "give the authority's own root with --timestamp-roots FILE.pem if you have it from the authority itself; else rely on the log alone",
  "certificate-expired": "the authority used a certificate that was not in force: ask the authority, and rely on the log alone until then",
};

async function checkStamp(stamp: ReadStamp, file: string, about: CheckedRecord, roots: readonly Uint8Array[]): Promise<void> {
  // Loaded where there is a stamp: whoever only makes a bundle, or checks one without, does not need the parser.
  const { TimestampError, verifyTimestamp } = await import("@rugdekking/timestamp");
  try {
    const found = await verifyTimestamp({ response: stamp.response, content: about.content, nonce: stamp.nonce, roots });
    if (found.at !== stamp.at || found.authority !== stamp.authority)
      throw new Complaint(
        file,
        "the entry tells another time or authority than the time stamp",
        `${found.at} ${found.authority}`,
        `${stamp.at} ${stamp.authority}`,
      );
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    throw new Complaint(file, `the time stamp does not hold: ${error.message}`, `a stamp over ${about.record.name}`, error.code, mends[error.code]);
  }
}

/** @throws {@link Complaint} */
function rootsOf(roots: readonly string[]): Uint8Array[] {
  return roots.map((root) => {
    const der = fromBase64url(root);
    if (der === null) throw new Complaint(INDEX, "a root of the time-stamp authority cannot be read", "a certificate in base64url", root);
    return der;
  });
}

/** Every stamp in the entries has its file, is over its record, and leads to a root. @throws {@link Complaint} */
export async function checkTimestamps(given: EvidenceToCheck, trust: TrustAnchor, records: readonly CheckedRecord[]): Promise<Outcome<null>> {
  const { reader, index, bodies } = given;
  if (isFirstVersion(index)) return { detail: before, value: null, unmade: true };
  const roots = rootsOf(given.roots.certificates);
  const byItem = new Map(records.map((record) => [record.attachment.item, record]));
  const files = Map.groupBy(
    filesIn(index, "timestamps/").filter(({ name }) => name !== ROOTS),
    ({ item }) => item ?? "",
  );
  let checked = 0;
  for (const { entry, body } of bodies) {
    const kept = keptStampsOf(entry.header, body);
    if (kept === null)
      throw new Complaint(entry.file, "the entry holds no time stamps, though its author signed it as one that does", "time stamps", "other content");
    for (const stamp of kept) {
      if (stamp === null) throw new Complaint(entry.file, "it holds a time stamp that cannot be read", "an answer and a nonce in base64url", "other text");
      const about = byItem.get(stamp.item);
      if (about === undefined) {
        if (index.view === "part") continue;
        throw new Complaint(entry.file, "it holds a time stamp over a file that no entry has", "a captured file", stamp.item);
      }
      const file = files.get(stamp.item)?.shift()?.name;
      if (file === undefined)
        throw new Complaint(`timestamps/ (${about.record.name})`, "the time stamp of this file is missing", "a file in timestamps/", "none");
      if (!same(await readWhole(reader, file, SMALL), stamp.response))
        throw new Complaint(file, "the time stamp is not the one that was sealed in the dossier", `the stamp of entry ${entry.header.seq}`, "other bytes");
      if (stamp.record !== (await sha256(about.content)))
        throw new Complaint(file, "the time stamp was asked over another capture record", await sha256(about.content), stamp.record);
      await checkStamp(stamp, file, about, roots);
      about.stamps.push({ at: stamp.at, authority: stamp.authority });
      checked++;
    }
  }
  const [stray] = [...files.values()].flat();
  if (stray !== undefined) throw new Complaint(stray.name, "no entry holds this time stamp");
  await checkRootsFile(reader, index, trust.timestampRoots ?? []);
  if (given.roots.judgedBy === "bundle" && checked > 0)
    return {
      detail: `${checked} stamps hold against the roots that the bundle itself names; whoever made it may have made these as well; give --timestamp-roots, or a --pin that holds roots`,
      value: null,
      unmade: true,
    };
  return { detail: `${checked} stamps`, value: null };
}

/** roots.pem is for people with openssl: it must be what bundle.json says. */
async function checkRootsFile(reader: BundleReader, index: BundleIndex, own: readonly string[]): Promise<void> {
  if (!index.files.some(({ name }) => name === ROOTS)) {
    if (own.length > 0) throw new Complaint(ROOTS, "the file with the authority's roots is missing", "the roots of bundle.json", "none");
    return;
  }
  if (!same(await readWhole(reader, ROOTS, 4 * SMALL), encoder.encode(writeCertificates(rootsOf(own)))))
    throw new Complaint(ROOTS, "the file holds other roots than bundle.json names", "the roots of bundle.json", "others");
}

/** The wording of the page has a number this program can know: a bundle without it, or with one from the future, would be spared the comparison. @throws {@link Complaint} */
export function checkWording({ format, page }: Pick<BundleIndex, "format" | "page">): void {
  if (format === FIRST_VERSION) {
    if (page !== undefined) throw new Complaint(INDEX, "a bundle of version 1 has no evidence page", "no number of its wording", String(page));
    return;
  }
  if (page === undefined) throw new Complaint(INDEX, "it does not say which wording the evidence page has", `a number up to ${PAGE_VERSION}`, "none");
  if (page > PAGE_VERSION)
    throw new Complaint(
      INDEX,
      "it says that the evidence page was worded by a later version of this program",
      `a number up to ${PAGE_VERSION}`,
      String(page),
      "check it with the newest version of this program; if that says the same, do not rely on this bundle",
    );
}

/** The page is the one this program writes of what was checked. @throws {@link Complaint} */
export async function checkPage(reader: BundleReader, source: PageSource & { readonly index: BundleIndex }): Promise<Outcome<null>> {
  const { index } = source;
  if (isFirstVersion(index)) return { detail: before, value: null, unmade: true };
  for (const name of [EVIDENCE_PAGE, SUMS])
    if (!index.files.some((file) => file.name === name)) throw new Complaint(name, "the file is missing", "present", "absent");
  if (!same(await readWhole(reader, SUMS, 64 * 1024 * 1024), encoder.encode(sumsOf(index.files))))
    throw new Complaint(SUMS, "the file lists other hashes than those of the readable files", "the hashes that were checked", "others");
  if (index.page !== PAGE_VERSION)
    return { detail: `${EVIDENCE_PAGE} was worded by an earlier version of this program; believe what stands here, not the page`, value: null, unmade: true };
  if (!same(await readWhole(reader, EVIDENCE_PAGE, 64 * 1024 * 1024), encoder.encode(evidencePage(pageFactsOf(source)))))
    throw new Complaint(
      EVIDENCE_PAGE,
      "the page says something else than what the signed entries prove",
      "the page made from them",
      "another page",
      "read what this check prints instead, and do not pass the page on",
    );
  return { detail: EVIDENCE_PAGE, value: null };
}

/** The evidence for the verdict, the earliest stamp of each. */
export const provenOf = (records: readonly CheckedRecord[], judgedBy: JudgedBy): ProvenEvidence[] =>
  records.map(({ entry, record, stamps }) => ({
    name: record.name,
    size: record.size,
    sha256: record.sha256,
    capturedAt: record.capturedAt,
    entry: entry.header.seq,
    stamp: stamps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).map((stamp) => ({ ...stamp, judgedBy }))[0] ?? null,
  }));

/** Makes the bundle a person takes away: everything they may read, readable, sealed and provable. For the CLI's export and the browser's download. */
import { cutTo, openJsonWithFileKey, openStreamWithFileKey, readAgeHeader, reheader } from "@rugdekking/seal";
import { readStatement } from "@rugdekking/seal/verify";
import { writeCertificates } from "@rugdekking/timestamp/certificates";
import { Parse } from "typebox/value";
import type { DeskView, Envelope, TrustAnchor } from "#services/directory/contract/index.ts";
import { recordBytes, type CaptureRecord } from "#services/dossier/contract/capture.ts";
import {
  ConsentPayload,
  type DossierView,
  EntryHeader,
  type EntryKind,
  type EntryView,
  GrantPayload,
  type ItemReference,
  type Receipt,
} from "#services/dossier/contract/index.ts";
import { safeFileName } from "#services/file-name/index.ts";
import { type BundleWriter, ContainerError, type Measured } from "./container.ts";
import { evidencePage, PAGE_VERSION } from "./evidence-page.ts";
import { explanation } from "./explanation.ts";
import { pageFactsOf, sumsOf } from "./page-facts.ts";
import {
  BUNDLE_VERSION,
  type BundleFile,
  type BundleIndex,
  EVIDENCE_PAGE,
  INDEX,
  KEY,
  type NamedAttachment,
  PROTECTED_KEY,
  READ_ME,
  ROOTS,
  SUMS,
  type StatementFile,
  attachmentsOf,
  number4,
  stampsOf,
} from "./format.ts";
import { type HashMaker, fromBase64url, hashOf, portableHash, watching } from "./hashing.ts";
import { type BundleIdentity, identityFile, newBundleIdentity, protectWithPassphrase } from "./identity.ts";
import { splitHeader } from "./items.ts";

/** Where a bundle's content comes from; the dossier client fills this in. */
export interface BundleSource {
  readonly dossier: DossierView;
  /** Person who takes it away. */
  readonly takenBy: string;
  /** Every entry the reader may see, in order of `seq`. */
  readonly entries: readonly EntryView[];
  /** The trust anchor the client pinned (never one just fetched). */
  readonly trust: TrustAnchor;
  /** Person cards of everyone who signed as a person: reporter, office-holder, the taker. */
  readonly cards: readonly Envelope[];
  /** Statements of every hand-over the reader may see: the chain of custody. */
  readonly handOvers: readonly Envelope[];
  /** Every desk a member of which signed, with its whole roster chain. */
  readonly desks: readonly DeskView[];
  receipt(seq: number): Promise<Receipt>;
  /** A fresh stream of a sealed attachment, from its first byte; called twice per attachment. */
  item(item: string): Promise<ReadableStream<Uint8Array>>;
  /** The age file key of one item, from its own header; null when this reader holds no key to it. */
  fileKey(header: Uint8Array, place: { readonly item: string; readonly kind: EntryKind; readonly answers: string | null }): Promise<Uint8Array | null>;
}

export interface BuildOptions {
  /** Puts the key file under a passphrase (key.txt.age); null writes key.txt. */
  readonly passphrase?: string | null;
  readonly hash?: HashMaker;
  /** Called as sealed and readable bytes are written. */
  readonly progress?: (done: number, total: number) => void;
  /** Moment of making, UTC. */
  readonly now?: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** What the server or the trust anchor gives as base64url. @throws {@link ContainerError} */
function bytesOf(text: string, what: string): Uint8Array {
  const bytes = fromBase64url(text);
  if (bytes === null) throw new ContainerError("container-broken", `${what} is not base64url; ask the server for it again`);
  return bytes;
}

/** Header of an entry from the server's answer; the reader of the bundle checks its signature. */
function headerUnverified(entry: EntryView): EntryHeader {
  return Parse(EntryHeader, JSON.parse(decoder.decode(bytesOf(entry.statement.payload, "a statement"))));
}

/** Puts bytes before a stream. */
function prefixed(first: Uint8Array, rest: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const source = rest.getReader();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(first),
      async pull(controller) {
        const { done, value } = await source.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

class Build {
  readonly source: BundleSource;
  readonly writer: BundleWriter;
  readonly options: BuildOptions;
  readonly identity: BundleIdentity;
  readonly hash: HashMaker;
  readonly files: BundleFile[] = [];
  readonly names = new Set<string>();
  /** Records that were written, by item. */
  readonly records = new Map<string, { readonly header: EntryHeader; readonly record: CaptureRecord }>();
  done = 0;
  total = 1;

  constructor(source: BundleSource, writer: BundleWriter, options: BuildOptions, identity: BundleIdentity) {
    this.source = source;
    this.writer = writer;
    this.options = options;
    this.identity = identity;
    this.hash = options.hash ?? portableHash;
  }

  async put(name: string, content: Uint8Array | Measured, more: Pick<BundleFile, "item" | "seq"> = {}): Promise<void> {
    if (content instanceof Uint8Array) {
      await this.writer.put(name, content);
      this.files.push({ name, size: content.length, sha256: hashOf(content, this.hash), ...more });
      this.#progress(content.length);
      return;
    }
    let sha256 = "";
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        this.#progress(piece.length);
        controller.enqueue(piece);
      },
    });
    const stream = watching(content.stream, this.hash, (found) => (sha256 = found)).pipeThrough(counting);
    await this.writer.put(name, { stream, size: content.size });
    this.files.push({ name, size: content.size, sha256, ...more });
  }

  #progress(bytes: number): void {
    this.done += bytes;
    this.options.progress?.(Math.min(this.done, this.total), this.total);
  }

  json(name: string, value: unknown, more: Pick<BundleFile, "item" | "seq"> = {}): Promise<void> {
    return this.put(name, encoder.encode(`${JSON.stringify(value, null, 2)}\n`), more);
  }

  /** A name in a folder of readable files that is not taken. */
  free(folder: "originals" | "captures" | "timestamps", prefix: string, name: string, ending = ""): string {
    const safe = safeFileName(name);
    let full = `${folder}/${prefix}-${safe}${ending}`;
    for (let n = 2; this.names.has(full.toLowerCase()); n++) full = `${folder}/${prefix}-${n}-${safe}${ending}`;
    this.names.add(full.toLowerCase());
    return full;
  }

  async statements(): Promise<void> {
    const { cards, desks, entries, dossier } = this.source;
    const all: StatementFile[] = [
      ...cards.map((envelope): StatementFile => ({ what: "person-card", envelope })),
      ...desks.flatMap(({ rosters }) => rosters.map((envelope): StatementFile => ({ what: "roster", envelope }))),
      ...entries.map(({ statement }): StatementFile => ({ what: "entry", envelope: statement })),
      ...dossier.consents.map(({ statement }): StatementFile => ({ what: "consent", envelope: statement })),
      ...this.source.handOvers.map((envelope): StatementFile => ({ what: "grant", envelope })),
    ];
    for (const [place, statement] of all.entries()) await this.json(`statements/${number4(place + 1)}.json`, statement);
  }

  /** Body of an entry: sealed, its header, and as readable JSON. @returns null when the reader holds no key to it. */
  async body(entry: EntryView, header: EntryHeader): Promise<unknown> {
    if (entry.body === null) return null;
    const sealed = bytesOf(entry.body, `the body of entry ${header.seq}`);
    const ageHeader = readAgeHeader(sealed);
    if (ageHeader === null) throw new ContainerError("container-broken", `the body of entry ${header.seq} is not an age file; ask the server for it again`);
    const fileKey = await this.source.fileKey(ageHeader, { item: header.body.item, kind: header.kind, answers: header.answers ?? null });
    if (fileKey === null) return null;
    const fresh = await reheader(ageHeader, fileKey, this.identity.recipient);
    const payload = sealed.subarray(ageHeader.length);
    const item = new Uint8Array(fresh.length + payload.length);
    item.set(fresh);
    item.set(payload, fresh.length);
    const name = header.body.item;
    await this.put(`headers/${name}.age-header`, ageHeader, { item: name, seq: header.seq });
    await this.put(`items/${name}.age`, item, { item: name, seq: header.seq });
    const value: unknown = await openJsonWithFileKey(sealed, fileKey);
    await this.json(this.free("originals", number4(header.seq), `${header.kind}.json`), value, { item: name, seq: header.seq });
    return value;
  }

  async attachment(header: EntryHeader, reference: ItemReference, named: NamedAttachment | null): Promise<void> {
    const { item } = reference;
    const first = await splitHeader(await this.source.item(item), readAgeHeader);
    if (first.header === null) throw new ContainerError("container-broken", `attachment ${item} is not an age file; ask the server for it again`);
    const ageHeader = first.header;
    const fileKey = await this.source.fileKey(ageHeader, { item, kind: header.kind, answers: header.answers ?? null });
    if (fileKey === null) {
      await first.rest.cancel();
      return;
    }
    const fresh = await reheader(ageHeader, fileKey, this.identity.recipient);
    await this.put(`headers/${item}.age-header`, ageHeader, { item, seq: header.seq });
    await this.put(
      `items/${item}.age`,
      { stream: prefixed(fresh, first.rest), size: reference.size - ageHeader.length + fresh.length },
      { item, seq: header.seq },
    );
    if (named === null) return;
    const open = await openStreamWithFileKey(await this.source.item(item), fileKey);
    await this.put(
      this.free("originals", number4(header.seq), named.name),
      { stream: open.pipeThrough(cutTo(named.length)), size: named.length },
      { item, seq: header.seq },
    );
    if (named.capture !== undefined) await this.capture(header, item, named.capture);
  }

  /** The record in its canonical form, byte for byte what was stamped. */
  async capture(header: EntryHeader, item: string, record: CaptureRecord): Promise<void> {
    await this.put(this.free("captures", number4(header.seq), record.name, ".json"), recordBytes(record), { item, seq: header.seq });
    this.records.set(item, { header, record });
  }

  /** Stamps under the name of the record they are over, and the roots to judge them by. */
  async timestamps(bodies: readonly { readonly header: EntryHeader; readonly body: unknown }[]): Promise<void> {
    for (const { header, body } of bodies) {
      for (const { item, response } of stampsOf(header, body)) {
        const about = this.records.get(item);
        if (about === undefined) continue;
        const name = this.free("timestamps", number4(about.header.seq), about.record.name, ".tsr");
        await this.put(name, response, { item, seq: header.seq });
      }
    }
    const roots = this.source.trust.timestampRoots;
    if (roots !== undefined) await this.put(ROOTS, encoder.encode(writeCertificates(roots.map((root) => bytesOf(root, "a root of the time-stamp authority")))));
  }
}

/**
 * Writes a whole bundle to `writer` and closes it. Streams: holds one piece of one attachment at a time. What the reader holds no key to is left out and `view` says `part`.
 * @returns the index as written to bundle.json.
 * @throws {@link ContainerError} when the server gave something that is no age file, or other than the signed length; SealError when an item does not open.
 */
export async function buildBundle(source: BundleSource, writer: BundleWriter, options: BuildOptions = {}): Promise<BundleIndex> {
  const madeAt = options.now ?? new Date().toISOString();
  const passphrase = options.passphrase ?? null;
  const identity = await newBundleIdentity();
  const build = new Build(source, writer, options, identity);
  const headers = source.entries.map((entry) => ({ entry, header: headerUnverified(entry) }));
  build.total = headers.reduce((sum, { header }) => [header.body, ...header.attachments].reduce((inner, { size }) => inner + 2 * size, sum), 1);
  await build.statements();
  for (const { header } of headers) {
    const { proof } = await source.receipt(header.seq);
    await build.put(`receipts/${number4(header.seq)}.tlog-proof`, encoder.encode(proof), { seq: header.seq });
  }
  const key = identityFile(identity, madeAt);
  await build.put(passphrase === null ? KEY : PROTECTED_KEY, passphrase === null ? encoder.encode(key) : await protectWithPassphrase(key, passphrase));
  const bodies: { readonly header: EntryHeader; readonly body: unknown }[] = [];
  for (const { entry, header } of headers) {
    const body = await build.body(entry, header);
    bodies.push({ header, body });
    const named = new Map(attachmentsOf(header, body).map((one) => [one.item, one]));
    for (const reference of header.attachments) await build.attachment(header, reference, named.get(reference.item) ?? null);
  }
  await build.timestamps(bodies);
  const sealed = new Set(build.files.filter(({ name }) => name.startsWith("items/")).map(({ item }) => item));
  const whole =
    headers.length === source.dossier.lastSeq && headers.every(({ header }) => [header.body, ...header.attachments].every(({ item }) => sealed.has(item)));
  const example = build.files.find(({ name }) => name.startsWith("items/"))?.name ?? "items/….age";
  await build.put(
    READ_ME,
    encoder.encode(
      explanation({ dossier: source.dossier.id, madeAt, protectedKey: passphrase !== null, whole, demonstration: source.trust.demonstration, example }),
    ),
  );
  const page = evidencePage(
    pageFactsOf({
      index: { dossier: source.dossier.id, madeAt, takenBy: source.takenBy, view: whole ? "whole" : "part", trust: source.trust, files: build.files },
      bodies,
      grants: source.handOvers.map((statement) => Parse(GrantPayload, readStatement(statement))),
      consents: source.dossier.consents.map(({ statement }) => Parse(ConsentPayload, readStatement(statement))),
      desks: new Map(source.desks.map(({ id, name }) => [id, name])),
    }),
  );
  await build.put(EVIDENCE_PAGE, encoder.encode(page));
  await build.put(SUMS, encoder.encode(sumsOf(build.files)));
  const index: BundleIndex = {
    format: BUNDLE_VERSION,
    dossier: source.dossier.id,
    kind: source.dossier.kind,
    organisation: source.dossier.organisation,
    phase: source.dossier.phase,
    view: whole ? "whole" : "part",
    lastSeq: source.dossier.lastSeq,
    takenBy: source.takenBy,
    madeAt,
    trust: source.trust,
    recipient: identity.recipient,
    page: PAGE_VERSION,
    files: build.files,
  };
  await writer.put(INDEX, encoder.encode(`${JSON.stringify(index, null, 2)}\n`));
  await writer.close();
  options.progress?.(build.total, build.total);
  return index;
}

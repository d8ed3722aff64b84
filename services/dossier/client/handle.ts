/** One opened dossier: chain checked, keys opened, bodies opened when asked for. Made by `openDossier`; screens and the sibling clients read and write through it. */
import { itemFileKey, openJson, openJsonWithFileKey, type ItemPlace } from "@rugdekking/seal";
import { digestOf, laterOf, readStatement, rostersInForce, type Roster, type RosterMember } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import Type, { type Static, type TSchema } from "typebox";
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import {
  DossierView,
  EntryView,
  HandOvers,
  Receipt,
  type Channel,
  type DossierKind,
  type EntryHeader,
  type GrantPayload,
  type ItemReference,
} from "#services/dossier/contract/index.ts";
import { channelOf, type Workflow } from "#services/dossier/workflow/define.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import { downloadAttachment, type ItemKey } from "./attachments.ts";
import { verifyChain, type AuthorKeys, type VerifiedEntry } from "./chain.ts";
import {
  answerChannel,
  answerKeyOf,
  fittingRing,
  joinRings,
  keyOfGranter,
  keyPairFor,
  openGrant,
  readGrantUnverified,
  verifyGrant,
  type KeyProbe,
  type KeyRing,
} from "./keys.ts";
import { verifyConsents, type SharedItem, type VerifiedConsent } from "./sharing.ts";

/** One entry as a reader may use it. The header is verified; the body opens on demand. */
export interface DossierEntry {
  readonly seq: number;
  /** Statement hash: what a receipt is about. */
  readonly hash: string;
  readonly header: EntryHeader;
  readonly signPublicKey: string;
  /** When the server took it in (its word; the log holds it to it). */
  readonly received: string;
  /** Name and office of the author as the signed roster has them; null for the owner. */
  readonly author: { readonly name: string; readonly office: string } | null;
  /** Whether the reader holds a key to the body. */
  readonly readable: boolean;
  readonly view: EntryView;
}

/** What {@link openDossier} and the handle need. */
export interface DossierParts {
  readonly session: Session;
  readonly id: string;
  readonly workflow: Workflow;
  readonly view: DossierView;
}

const EntriesPage = Type.Object({ entries: Type.Array(EntryView), next: Type.Union([Type.Integer(), Type.Null()]) });
const noKeys: KeyRing = { dossierKey: null, channels: new Map(), items: new Map() };

/**
 * Opens a dossier: fetches it, checks every entry and hand-over, opens what was handed to the reader.
 * @param workflows the tables, as wired by the app: `{ report, scan }`; a client of one kind gives its own only
 * @throws {@link Problem} not-found (also for a dossier of a kind whose table was not given), grant-ended, chain-broken, signature-invalid, unavailable.
 */
export async function openDossier(session: Session, id: string, workflows: Partial<Workflows>): Promise<DossierHandle> {
  const view = await readView(session, id);
  const workflow = workflows[view.kind];
  if (workflow === undefined) throw new Problem("not-found", `Dossier ${id} is of kind ${view.kind}`, "Open it from the page for that kind.");
  const handle = new DossierHandle({ session, id, workflow, view });
  await handle.refresh(view);
  return handle;
}

/** The dossiers of the signed-in person or guest, newest change last as the server orders them. @throws {@link Problem} session-missing. */
export const listDossiers = async (session: Session): Promise<DossierView[]> =>
  (await session.connection.get("/api/v1/dossiers", Type.Object({ dossiers: Type.Array(DossierView) }))).dossiers;

async function readView(session: Session, id: string): Promise<DossierView> {
  const view = await session.connection.get(`/api/v1/dossiers/${encodeURIComponent(id)}`, DossierView);
  if (view.id !== id) throw new Problem("signature-invalid", "The server answered with another dossier than was asked for", "Try again.");
  return view;
}

/**
 * Until when the party whose turn it is has, as the server counts it now: a house may set other terms than the table's. Null when no term runs, or when it could not be read: who was just told that their
 * dossier arrived must not see an error about a clock.
 */
export async function readDue(session: Session, id: string): Promise<string | null> {
  try {
    return (await readView(session, id)).term?.due ?? null;
  } catch {
    return null;
  }
}

/** An opened dossier. `refresh` brings in what is new; everything read from it was verified. */
export class DossierHandle {
  readonly session: Session;
  readonly id: string;
  readonly workflow: Workflow;
  #view: DossierView;
  #keys: KeyRing = noKeys;
  #entries: DossierEntry[] = [];
  #owner: AuthorKeys["owner"] = null;
  #consents: readonly VerifiedConsent[] = [];
  /** Item of a request -> key of its answers. */
  readonly #answerKeys = new Map<string, Uint8Array>();
  readonly #rosters = new Map<string, Promise<readonly Roster[]>>();

  constructor(parts: DossierParts) {
    this.session = parts.session;
    this.id = parts.id;
    this.workflow = parts.workflow;
    this.#view = parts.view;
  }

  get kind(): DossierKind {
    return this.#view.kind;
  }
  /** As the server last described it: phase, term, participants, allowed actions. */
  get view(): DossierView {
    return this.#view;
  }
  /** Verified entries in order. A channel or item reader sees only theirs. */
  get entries(): readonly DossierEntry[] {
    return this.#entries;
  }
  /** Whose dossier it is; null when the reader sees no entry of theirs. */
  get owner(): AuthorKeys["owner"] {
    return this.#owner;
  }
  /** True when the reader is the person whose dossier it is. */
  get mine(): boolean {
    return this.#view.roles.includes(this.workflow.owner);
  }
  /** What the reader holds. Keep it inside client code. */
  get keys(): KeyRing {
    return this.#keys;
  }
  /** Every consent, its signature checked against the owner's key. */
  get consents(): readonly VerifiedConsent[] {
    return this.#consents;
  }

  /** Newest entry of a kind, or null. */
  newest(kind: EntryHeader["kind"]): DossierEntry | null {
    return this.#entries.findLast((entry) => entry.header.kind === kind) ?? null;
  }

  /** Whether the server has something newer than what was read here. Asks for the view alone; nothing is opened. @throws {@link Problem} session-missing, grant-ended, unavailable. */
  async hasNews(): Promise<boolean> {
    const { lastSeq, phase } = await readView(this.session, this.id);
    return lastSeq > this.#view.lastSeq || phase !== this.#view.phase;
  }

  /**
   * Reads the dossier again, verifies what is new and opens new hand-overs.
   * @throws {@link Problem} chain-broken, signature-invalid, grant-ended, unavailable.
   */
  async refresh(fresh?: DossierView): Promise<void> {
    const view = fresh ?? (await readView(this.session, this.id));
    // Desks may have rotated since: who left or came counts from then on.
    this.#rosters.clear();
    const seen = view.grants.some(({ statement }) => readGrantUnverified(readStatement(statement), this.id).keys.scope === "dossier") ? "whole" : "parts";
    const views = await this.#fetchEntries(this.#entries.at(-1)?.seq ?? 0);
    const lastKnown = this.#entries.at(-1);
    const latest = this.#latest();
    const after = lastKnown === undefined || latest === null ? null : { seq: lastKnown.seq, hash: lastKnown.hash, latest };
    const own = view.roles.includes(this.workflow.owner) ? { person: this.session.person.person, signPublicKey: this.session.person.sign.publicKey } : null;
    const deskRosters = (desk: string): Promise<readonly Roster[]> => this.#deskRosters(desk);
    const { entries, owner } = await verifyChain(this.id, views, { owner: this.#owner ?? own, ownerRole: this.workflow.owner, deskRosters }, { after, seen });
    if (seen === "whole") this.#checkEnd(view, entries);
    this.#owner = owner;
    this.#view = view;
    this.#consents = owner === null ? [] : await verifyConsents(view, owner);
    this.#keys = await this.#openGrants(view, entries);
    const opened = await Promise.all(entries.map((entry) => this.#present(entry)));
    for (const { header } of entries) if (header.answers !== undefined) await this.answerKey(header.answers);
    this.#entries = [...this.#entries, ...opened].map((entry) => ({ ...entry, readable: this.#keyOf(entry) !== null && entry.view.body !== null }));
  }

  /**
   * Opens the body of an entry and parses it.
   * @throws {@link Problem} role-forbidden (no key), digest-mismatch, input-malformed; SealError when it does not open.
   */
  async readBody<S extends TSchema>(entry: DossierEntry, schema: S): Promise<Static<S>> {
    const { header, view } = entry;
    const key = this.#keyOf(entry);
    if (key === null || view.body === null) throw new Problem("role-forbidden", `You hold no key to entry ${entry.seq}`, "Ask the person whose dossier it is.");
    const sealed = await this.#sealedBody(header, view.body);
    const value: unknown =
      "channelKey" in key ? await openJson(sealed, key.channelKey, this.#placeOf(header, header.body.item)) : await openJsonWithFileKey(sealed, key.fileKey);
    return parseAnswer(schema, value, `the body of entry ${entry.seq}`);
  }

  /**
   * Opens the cover. Null when there is none or the reader holds no key to it.
   * @throws {@link Problem} input-malformed; SealError.
   */
  async readCover<S extends TSchema>(schema: S): Promise<Static<S> | null> {
    const { cover } = this.#view;
    const key = this.#keys.channels.get("main");
    if (cover === null || key === undefined) return null;
    return parseAnswer(schema, await openJson(base64urlnopad.decode(cover), key, coverPlace(this.id)), "the cover");
  }

  /** Streams an attachment of an entry, cut to its true length, digest checked at the end. @throws as `downloadAttachment`; {@link Problem} role-forbidden, not-found. */
  async readAttachment(
    entry: DossierEntry,
    note: AttachmentNote,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (received: number, total: number) => void } = {},
  ): Promise<ReadableStream<Uint8Array>> {
    const reference = entry.header.attachments.find(({ item }) => item === note.item);
    if (reference === undefined) throw new Problem("not-found", `Entry ${entry.seq} has no attachment ${note.item}`, "Read the dossier again.");
    const key = this.#itemKey(entry.header, note.item);
    if (key === null) throw new Problem("role-forbidden", `You hold no key to attachment ${note.item}`, "Ask the person whose dossier it is.");
    return downloadAttachment(this.session.connection, this.#placeOf(entry.header, note.item), reference, note.length, key, options);
  }

  /** Receipt of an entry, as the server gives it; check it with `checkReceipt`. @throws {@link Problem} not-found. */
  readReceipt(entry: DossierEntry): Promise<Receipt> {
    return this.session.connection.get(`/api/v1/dossiers/${this.id}/entries/${entry.seq}/receipt`, Receipt);
  }

  /**
   * Who handed keys to whom, oldest first, each checked against the key of the one who handed over.
   * @throws {@link Problem} signature-invalid, statement-mismatch, unavailable.
   */
  async readHandOvers(): Promise<readonly { readonly statement: Envelope; readonly payload: GrantPayload }[]> {
    const { handOvers } = await this.session.connection.get(`/api/v1/dossiers/${this.id}/hand-overs`, HandOvers);
    return Promise.all(
      handOvers.map(async (statement) => {
        const unverified = readGrantUnverified(readStatement(statement), this.id);
        return { statement, payload: await verifyGrant({ statement, sealed: {} }, this.id, await this.#keyOfGranter(unverified, this.#view, [])) };
      }),
    );
  }

  /** Channel an entry's contents are sealed under. */
  channelOf(header: EntryHeader): Channel {
    return channelOf(this.workflow, header.kind);
  }

  /**
   * Key under which what answers a request is sealed ([Note: Key of an answer]); null for a reader who neither holds the dossier key nor was told it with {@link learnAnswerKey}.
   * @param request item id of the request's body
   */
  async answerKey(request: string): Promise<Uint8Array | null> {
    const known = this.#answerKeys.get(request);
    if (known !== undefined || this.#keys.dossierKey === null) return known ?? null;
    const key = await answerKeyOf(this.#keys.dossierKey, request);
    this.#answerKeys.set(request, key);
    return key;
  }

  /** The age file key of one sealed item, from its own header; null when the reader holds no key to it. @param place the item, and kind and request of its entry */
  async fileKeyOf(
    header: Uint8Array,
    { item, kind, answers }: { readonly item: string; readonly kind: EntryHeader["kind"]; readonly answers: string | null },
  ): Promise<Uint8Array | null> {
    const channel = answers === null ? channelOf(this.workflow, kind) : answerChannel;
    const key = answers === null ? this.#keys.channels.get(channelOf(this.workflow, kind)) : await this.answerKey(answers);
    return key === undefined || key === null ? (this.#keys.items.get(item) ?? null) : itemFileKey(header, key, { dossier: this.id, item, channel });
  }

  /** Keeps the key a request carries, so that its answers open for whoever was asked. */
  learnAnswerKey(request: string, key: Uint8Array): void {
    this.#answerKeys.set(request, key);
    this.#entries = this.#entries.map((entry) => ({ ...entry, readable: this.#keyOf(entry) !== null && entry.view.body !== null }));
  }

  /** Every item of the dossier the reader can see a reference of, with its entry: what can be shared. */
  items(): { readonly entry: DossierEntry; readonly reference: ItemReference; readonly body: boolean }[] {
    return this.#entries.flatMap((entry) => [
      { entry, reference: entry.header.body, body: true },
      ...entry.header.attachments.map((reference) => ({ entry, reference, body: false })),
    ]);
  }

  /** Header bytes of items, to hand them over one by one. Fetches at most 4 kB per attachment. @throws {@link Problem} not-found. */
  async sharedItems(items: readonly string[]): Promise<SharedItem[]> {
    const known = this.items();
    return Promise.all(
      items.map(async (item) => {
        const found = known.find(({ reference }) => reference.item === item);
        if (found === undefined) throw new Problem("not-found", `This dossier has no item ${item}`, "Read the dossier again.");
        const { entry } = found;
        const header = found.body && entry.view.body !== null ? base64urlnopad.decode(entry.view.body) : await firstBytes(this.session, this.id, item);
        return { item, channel: this.channelOf(entry.header), header };
      }),
    );
  }

  #placeOf(header: EntryHeader, item: string): ItemPlace {
    return { dossier: this.id, item, channel: header.answers === undefined ? this.channelOf(header) : answerChannel };
  }

  #itemKey(header: EntryHeader, item: string): ItemKey | null {
    const channelKey = header.answers === undefined ? this.#keys.channels.get(this.channelOf(header)) : this.#answerKeys.get(header.answers);
    if (channelKey !== undefined) return { channelKey };
    const fileKey = this.#keys.items.get(item);
    return fileKey === undefined ? null : { fileKey };
  }

  #keyOf(entry: Pick<DossierEntry, "header">): ItemKey | null {
    return this.#itemKey(entry.header, entry.header.body.item);
  }

  async #fetchEntries(after: number): Promise<EntryView[]> {
    const all: EntryView[] = [];
    for (let from: number | null = after; from !== null;) {
      const page: Static<typeof EntriesPage> = await this.session.connection.get(`/api/v1/dossiers/${this.id}/entries?after=${from}&limit=100`, EntriesPage);
      all.push(...page.entries);
      if (page.next !== null && page.next <= from) throw new Problem("input-malformed", "The server's pages do not move on", "Try again.");
      from = page.next;
    }
    return all;
  }

  #checkEnd(view: DossierView, fresh: readonly VerifiedEntry[]): void {
    // What this reader has seen before can never be gone again.
    const seen = this.#entries.at(-1)?.seq ?? 0;
    if (view.lastSeq < seen)
      throw new Problem(
        "chain-broken",
        `The server shows ${view.lastSeq} entries where ${seen} were read before`,
        "Keep your receipts and tell whoever runs this server: entries are being hidden or were removed.",
      );
    const known = [...this.#entries, ...fresh].find(({ header }) => header.seq === view.lastSeq);
    if (known?.hash === view.lastHash) return;
    throw new Problem(
      "chain-broken",
      `The entries shown do not end with entry ${view.lastSeq} as the server describes it`,
      "Read again; keep your receipts and tell whoever runs this server if it stays.",
    );
  }

  /**
   * The time to state in a new statement: now, yet never before what it follows (the entries read, and the roster by which one signs), so that a clock that runs behind
   * makes nobody doubt it.
   */
  async statedTime(desk: string | null): Promise<string> {
    const roster = desk === null ? undefined : (await this.#deskRosters(desk)).at(-1);
    return laterOf(roster?.at ?? null, laterOf(this.#latest(), new Date().toISOString()));
  }

  /** Latest time an entry states, or null. */
  #latest(): string | null {
    return this.#entries.reduce<string | null>((latest, { header }) => laterOf(latest, header.at), null);
  }

  #deskRosters(desk: string): Promise<readonly Roster[]> {
    let rosters = this.#rosters.get(desk);
    if (rosters === undefined) {
      rosters = this.session.trust.desk(desk).then(({ history }) => history.map(({ roster }) => roster));
      this.#rosters.set(desk, rosters);
      rosters.catch(() => this.#rosters.delete(desk));
    }
    return rosters;
  }

  /** A person as the desk's roster at a moment has them, the newer one where two were in force; undefined when none has them. */
  async #memberAt(desk: string, person: string, at: string): Promise<RosterMember | undefined> {
    return rostersInForce(await this.#deskRosters(desk), at)
      .flatMap(({ members }) => members)
      .findLast((member) => member.person === person);
  }

  async #present(entry: VerifiedEntry): Promise<DossierEntry> {
    const { header } = entry;
    const member = header.author.desk === null ? undefined : await this.#memberAt(header.author.desk, header.author.person, header.at);
    const author = member === undefined ? null : { name: member.name, office: member.office };
    return {
      seq: header.seq,
      hash: entry.hash,
      header,
      signPublicKey: entry.signPublicKey,
      received: entry.view.received,
      author,
      readable: false,
      view: entry.view,
    };
  }

  async #openGrants(view: DossierView, fresh: readonly VerifiedEntry[]): Promise<KeyRing> {
    const rings: KeyRing[] = [];
    for (const grant of view.grants) {
      const unverified = readGrantUnverified(readStatement(grant.statement), this.id);
      const pair = await keyPairFor(this.session, unverified.to);
      if (pair === null) continue;
      const verified = await verifyGrant(grant, this.id, await this.#keyOfGranter(unverified, view, fresh));
      if (verified.until !== null && Date.parse(verified.until) <= Date.now()) continue;
      rings.push(await openGrant(verified, grant.sealed, pair));
    }
    const probes = await this.#probes(fresh);
    return joinRings(await Promise.all(rings.map((ring) => fittingRing(ring, this.id, probes))));
  }

  /** The first entry this reader was shown of each channel, to try keys on. See [Note: A key must open what is there]. */
  async #probes(fresh: readonly VerifiedEntry[]): Promise<KeyProbe[]> {
    const first = new Map<Channel, KeyProbe>();
    for (const { header, view } of [...this.#entries, ...fresh]) {
      const channel = this.channelOf(header);
      if (view.body === null || header.answers !== undefined || first.has(channel)) continue;
      first.set(channel, { item: header.body.item, channel, sealed: await this.#sealedBody(header, view.body) });
    }
    return [...first.values()];
  }

  /** The sealed body of an entry, held to the digest that was signed. @throws {@link Problem} digest-mismatch */
  async #sealedBody(header: EntryHeader, body: string): Promise<Uint8Array> {
    const sealed = base64urlnopad.decode(body);
    if (sealed.length === header.body.size && (await digestOf(sealed)) === header.body.digest) return sealed;
    throw new Problem("digest-mismatch", `The body of entry ${header.seq} is not the one that was signed`, "Do not rely on it; tell whoever runs this server.");
  }

  #keyOfGranter(grant: GrantPayload, view: DossierView, fresh: readonly VerifiedEntry[]): Promise<string> {
    const wroteFor = [...this.#entries, ...fresh].flatMap(({ header }) => (header.author.person === grant.by ? [header.author.desk] : []));
    const desks = [...wroteFor, ...view.participants.map((one) => one.desk)].filter((desk) => desk !== null);
    return keyOfGranter(grant, this.#owner, new Set(desks), (desk) => this.#deskRosters(desk));
  }
}

/** Where a dossier's cover is sealed: under the main channel, with the dossier's own id as item. */
export const coverPlace = (dossier: string): ItemPlace => ({ dossier, item: dossier, channel: "main" });

async function firstBytes(session: Session, dossier: string, item: string): Promise<Uint8Array> {
  const answer = await session.connection.request("GET", `/api/v1/dossiers/${dossier}/items/${item}`, { headers: { Range: "bytes=0-4095" } });
  return new Uint8Array(await answer.arrayBuffer());
}

/** A small dossier made by the real engines, and the ways to spoil its bundle; for the tests of this room. */
import { append, emptyLog, formatProof, generateNoteKey, leafBytes, openTree, parseSignerKey, signCheckpoint } from "@rugdekking/ledger";
import {
  generateDossierKey,
  itemFileKey,
  newDesk,
  newPerson,
  openPerson,
  type Person,
  sealJson,
  sealStream,
  signKeyPair,
  signStatement,
} from "@rugdekking/seal";
import { digestOf, type RosterMember, statementHash } from "@rugdekking/seal/verify";
import { v7 as uuidv7 } from "uuid";
import type { DeskFunction, DeskView, TrustAnchor } from "#services/directory/contract/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import type { CaptureRecord } from "#services/dossier/contract/capture.ts";
import { type DossierView, type EntryHeader, type EntryKind, type EntryView, statementTypes } from "#services/dossier/contract/index.ts";
import type { BundleSource } from "./build.ts";
import { type BundleIndex, INDEX } from "./format.ts";
import { hashOf, portableHash } from "./hashing.ts";

/** UTF-8, both ways. */
export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const toUrl = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** All bytes of a stream. */
export async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const memberOf = (person: Person, name: string): RosterMember => ({
  person: person.person,
  name,
  office: "demonstratie",
  lead: true,
  sealPublicKey: person.seal.publicKey,
  signPublicKey: person.sign.publicKey,
});

/** A registrar, a log and two desks with people. */
export interface World {
  readonly signerKey: string;
  readonly trust: TrustAnchor;
  readonly owner: Person;
  readonly expert: Person;
  readonly authority: Person;
  readonly desks: { readonly expert: DeskView; readonly authority: DeskView };
}

/** Someone with keys. */
export const person = async (): Promise<Person> => {
  const secrets = await newPerson();
  return openPerson(secrets, secrets.card);
};

/** Makes one. @param more of its trust anchor */
export async function makeWorld(more: Partial<TrustAnchor> = {}): Promise<World> {
  const note = await generateNoteKey("demo.example.nl/ledger");
  const registrar = await signKeyPair(crypto.getRandomValues(new Uint8Array(32)));
  const [owner, expert, authority] = await Promise.all([person(), person(), person()]);
  const desk = async (name: DeskFunction, members: readonly Person[]): Promise<DeskView> => {
    const id = uuidv7();
    const { rotation } = await newDesk({
      desk: id,
      organisation: "demo",
      name: `Demo ${name}`,
      function: name,
      members: members.map((one) => memberOf(one, "D. Demo")),
      registrar,
    });
    return { id, organisation: "demo", name: `Demo ${name}`, function: name, epoch: 1, rosters: [rotation.roster] };
  };
  return {
    signerKey: note.signerKey,
    trust: { log: note.verifierKey, registrar: registrar.publicKey, demonstration: true, ...more },
    owner,
    expert,
    authority,
    desks: { expert: await desk("expert-desk", [expert]), authority: await desk("authority", [authority, expert]) },
  };
}

/** One entry to make. */
export interface Step {
  readonly kind: EntryKind;
  readonly action: string | null;
  readonly by: Person;
  readonly role: EntryHeader["author"]["role"];
  readonly desk: string | null;
  /** Its body, or a function of what the files before it are called in the dossier. */
  readonly body: object | ((notes: readonly AttachmentNote[]) => Promise<object>);
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly capture?: CaptureRecord }[];
  readonly decidesLast?: EntryKind;
  /** Changes what the body says of attachments; `all` are those of the entries before it too. */
  readonly notes?: (own: readonly AttachmentNote[], all: readonly AttachmentNote[]) => readonly AttachmentNote[];
  readonly spoil?: (header: EntryHeader) => EntryHeader;
}

/** Seals, signs and logs a dossier as the client and server would. */
export async function makeSource(world: World, steps: readonly Step[]): Promise<BundleSource> {
  const dossier = uuidv7();
  const key = generateDossierKey();
  const items = new Map<string, Uint8Array>();
  const entries: EntryView[] = [];
  const headers: EntryHeader[] = [];
  const hashes: string[] = [];
  const all: AttachmentNote[] = [];
  const seal = async (bytes: Uint8Array): Promise<{ item: string; digest: string; size: number }> => {
    const item = uuidv7();
    const { stream } = await sealStream(new Blob([bytes.slice()]).stream(), bytes.length, key, { dossier, item, channel: "main" });
    const sealed = await collect(stream);
    items.set(item, sealed);
    return { item, digest: await digestOf(sealed), size: sealed.length };
  };
  for (const step of steps) {
    const attachments = [];
    const notes: AttachmentNote[] = [];
    for (const file of step.files ?? []) {
      const reference = await seal(file.bytes);
      attachments.push(reference);
      notes.push({
        item: reference.item,
        name: file.name,
        mediaType: "application/octet-stream",
        length: file.bytes.length,
        sha256: await digestOf(file.bytes),
        capturedAt: null,
        note: "",
        ...(file.capture === undefined ? {} : { capture: file.capture }),
      });
    }
    all.push(...notes);
    const said = typeof step.body === "function" ? await step.body(all) : step.body;
    const item = uuidv7();
    const body = await sealJson(
      step.kind === "timestamp" ? { version: 1, ...said } : { version: 1, ...said, attachments: step.notes?.(notes, all) ?? notes },
      key,
      {
        dossier,
        item,
        channel: "main",
      },
    );
    const decided = step.decidesLast === undefined ? undefined : headers.findLast(({ kind }) => kind === step.decidesLast)?.body;
    const plain: EntryHeader = {
      dossier,
      seq: entries.length + 1,
      previous: hashes.at(-1) ?? null,
      kind: step.kind,
      action: step.action,
      author: { person: step.by.person, role: step.role, desk: step.desk },
      at: new Date().toISOString(),
      ...(decided === undefined ? {} : { decides: decided }),
      body: { item, digest: await digestOf(body), size: body.length },
      attachments,
    };
    const header = step.spoil?.(plain) ?? plain;
    const statement = await signStatement(statementTypes.entry, header, step.by.sign);
    headers.push(header);
    hashes.push(await statementHash(statement));
    entries.push({ statement, body: toUrl(body), signPublicKey: step.by.sign.publicKey, received: plain.at, leaf: entries.length });
  }
  const consent = await signStatement(
    statementTypes.consent,
    {
      consent: uuidv7(),
      dossier,
      by: world.owner.person,
      to: { desk: world.desks.expert.id, role: "expert-desk" },
      purpose: "security-scan",
      scope: { everything: true },
      until: "2099-01-01T00:00:00.000Z",
      at: new Date().toISOString(),
    },
    world.owner.sign,
  );
  const grant = await signStatement(
    statementTypes.grant,
    {
      grant: uuidv7(),
      dossier,
      role: "office-holder",
      to: { person: world.owner.person },
      by: world.owner.person,
      keys: { scope: "dossier", digest: hashes[0] },
      consent: null,
      until: null,
      at: new Date().toISOString(),
    },
    world.owner.sign,
  );
  const proofs = await prove(world, hashes);
  const view: DossierView = {
    id: dossier,
    kind: "scan",
    organisation: "demo",
    phase: "adopted",
    opened: new Date().toISOString(),
    roles: ["office-holder"],
    actions: [],
    lastSeq: entries.length,
    lastHash: hashes.at(-1) ?? "",
    cover: null,
    term: null,
    termEvents: [],
    termLengths: {},
    participants: [],
    grants: [{ statement: grant, sealed: {} }],
    consents: [{ statement: consent, withdrawn: null }],
  };
  return {
    dossier: view,
    takenBy: world.owner.person,
    entries,
    trust: world.trust,
    cards: [world.owner.card],
    handOvers: [grant],
    desks: [world.desks.expert, world.desks.authority],
    receipt: async (seq) => ({ dossier, seq, entry: hashes[seq - 1] ?? "", proof: proofs[seq - 1] ?? "" }),
    item: async (item) => new Blob([(items.get(item) ?? new Uint8Array(0)).slice()]).stream(),
    fileKey: (header, { item }) => itemFileKey(header, key, { dossier, item, channel: "main" }),
  };
}

async function prove({ signerKey }: World, hashes: readonly string[]): Promise<string[]> {
  const grown = append(
    emptyLog,
    hashes.map((hash) => leafBytes("entry", hash)),
  );
  const tree = openTree(grown.size, { tile: async () => null }, grown.tiles);
  const checkpoint = await signCheckpoint(
    { origin: "demo.example.nl/ledger", size: grown.size, root: grown.root, extensions: [] },
    await parseSignerKey(signerKey),
  );
  return Promise.all(hashes.map(async (_, index) => formatProof({ index, hashes: await tree.inclusionProof(index), checkpoint, extra: null })));
}

/** bundle.json with the lengths and hashes of the files as they now are: what a forger would write. */
export function relisted(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const index: BundleIndex = JSON.parse(decode(files.get(INDEX) ?? new Uint8Array(0)));
  const list = index.files
    .filter(({ name }) => files.has(name))
    .map((file) => ({ ...file, size: files.get(file.name)?.length ?? 0, sha256: hashOf(files.get(file.name) ?? new Uint8Array(0), portableHash) }));
  return new Map(files).set(INDEX, encode(JSON.stringify({ ...index, files: list })));
}
/** The bytes with one bit turned, in the middle unless told otherwise. */
export const flipped = (bytes: Uint8Array, at = bytes.length >> 1): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

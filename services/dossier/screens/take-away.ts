/** Makes the file with everything a reader may read, in the browser. The dossier page calls it; the CLI's export makes the same. */
import { readStatement } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Check } from "typebox/value";
import type { Session } from "#services/directory/client/index.ts";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { buildBundle, zipWriter, type BundleSource } from "#services/dossier/bundle/index.ts";
import { fetchSealed, type DossierHandle } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";

async function cardOf(session: Session, person: string): Promise<Envelope> {
  if (person === session.person.person) return session.person.card;
  return (await session.connection.get(`/api/v1/persons/${encodeURIComponent(person)}/card`, Type.Object({ card: Envelope }))).card;
}

/** Who a consent or hand-over says it is by; only decides whose card goes along, the reader of the file checks the signature. */
function signerUnverified(statement: Envelope): string {
  const payload = readStatement(statement);
  if (Check(Type.Object({ by: Uuid }), payload)) return payload.by;
  throw new Problem("input-malformed", "A consent or hand-over of this dossier names nobody", "Tell whoever runs this server.");
}

async function sourceOf(handle: DossierHandle): Promise<BundleSource> {
  const { session, view, entries } = handle;
  const signers = [...view.consents, ...view.grants].map(({ statement }) => signerUnverified(statement));
  const persons = new Set([...entries.filter(({ header }) => header.author.desk === null).map(({ header }) => header.author.person), ...signers]);
  const desks = new Set([...entries.map(({ header }) => header.author.desk), ...view.participants.map(({ desk }) => desk)].filter((desk) => desk !== null));
  return {
    dossier: view,
    takenBy: session.person.person,
    entries: entries.map((entry) => entry.view),
    trust: await session.trust.anchor(),
    cards: await Promise.all([...persons].map((person) => cardOf(session, person))),
    handOvers: (await handle.readHandOvers()).map(({ statement }) => statement),
    desks: await Promise.all([...desks].map(async (desk) => (await session.trust.desk(desk)).view)),
    receipt: async (seq) => {
      const entry = entries.find((one) => one.seq === seq);
      if (entry === undefined) throw new Problem("not-found", `This dossier has no entry ${seq}`, "Read the dossier again.");
      return await handle.readReceipt(entry);
    },
    item: (item) => fetchSealed(session.connection, handle.id, item),
    fileKey: async (header, place) => await handle.fileKeyOf(header, place),
  };
}

/**
 * Builds the ZIP. The browser keeps its pieces as Blobs, on disk where it can.
 * @param progress bytes written, of all there will be
 * @throws {@link Problem} what reading the dossier throws; nothing is saved then.
 */
export async function takeAway(handle: DossierHandle, progress: (done: number, total: number) => void): Promise<Blob> {
  const pieces: Blob[] = [];
  let waiting: BlobPart[] = [];
  let held = 0;
  const flush = (): void => {
    pieces.push(new Blob(waiting));
    waiting = [];
    held = 0;
  };
  const writer = zipWriter(async (bytes) => {
    waiting.push(new Uint8Array(bytes));
    held += bytes.length;
    if (held > 8_000_000) flush();
  });
  await buildBundle(await sourceOf(handle), writer, { passphrase: null, progress });
  flush();
  return new Blob(pieces, { type: "application/zip" });
}

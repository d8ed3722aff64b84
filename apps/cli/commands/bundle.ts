/** `rugdekking export`, `export-all` and `verify`: take everything away, and check it without us. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readCertificates, TimestampError } from "@rugdekking/timestamp/certificates";
import { readStatement } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Check } from "typebox/value";
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import {
  bundleAt,
  bundleTarget,
  closeBundle,
  exists,
  fileTrouble,
  isFileError,
  nodeHash,
  type OpenBundle,
  readSecret,
  readText,
  removeUnfinished,
} from "#apps/cli/files.ts";
import { pinOf } from "#apps/cli/pin.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import type { Session } from "#services/directory/client/index.ts";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { buildBundle, type BundleIndex, type BundleSource, verifyBundle } from "#services/dossier/bundle/index.ts";
import { fetchSealed } from "#services/dossier/client/attachments.ts";
import { type DossierHandle, listDossiers, openDossier } from "#services/dossier/client/handle.ts";
import { readWorklist } from "#services/dossier/client/worklist.ts";
import { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

async function cardOf(session: Session, person: string): Promise<Envelope> {
  if (person === session.person.person) return session.person.card;
  return (await session.connection.get(`/api/v1/persons/${encodeURIComponent(person)}/card`, Type.Object({ card: Envelope }))).card;
}

/** Who a consent or hand-over says it is by; only decides whose card goes along, the bundle's reader checks the signature. */
function signerUnverified(statement: Envelope): string {
  const payload = readStatement(statement);
  if (Check(Type.Object({ by: Uuid }), payload)) return payload.by;
  throw new CommandError("a consent or hand-over of this dossier names nobody", "tell whoever runs this server", 2);
}

/** Everything an opened dossier gives its reader, as the bundle wants it. */
export async function sourceOf(handle: DossierHandle): Promise<BundleSource> {
  const { session, view, entries } = handle;
  const consenting = [...view.consents, ...view.grants].map(({ statement }) => signerUnverified(statement));
  const persons = new Set([...entries.filter(({ header }) => header.author.desk === null).map(({ header }) => header.author.person), ...consenting]);
  const desks = new Set([...entries.map(({ header }) => header.author.desk), ...view.participants.map(({ desk }) => desk)].filter((desk) => desk !== null));
  return {
    dossier: view,
    takenBy: session.person.person,
    entries: entries.map((entry) => entry.view),
    trust: await session.trust.anchor(),
    cards: await Promise.all([...persons].map((person) => cardOf(session, person))),
    handOvers: (await handle.readHandOvers()).map(({ statement }) => statement),
    desks: await Promise.all([...desks].map(async (desk) => (await session.trust.desk(desk)).view)),
    receipt: (seq) => session.connection.get(`/api/v1/dossiers/${handle.id}/entries/${seq}/receipt`, Receipt),
    item: (item) => fetchSealed(session.connection, handle.id, item),
    fileKey: async (header, place) => await handle.fileKeyOf(header, place),
  };
}

interface TakenAway {
  readonly index: BundleIndex;
  readonly entries: number;
}

/** Writes one dossier's bundle; what was begun is taken away again when it fails. */
async function takeAway(call: Call, session: Session, dossier: string, out: string, passphrase: string | null): Promise<TakenAway> {
  const source = await sourceOf(await openDossier(session, dossier, workflows));
  const writer = await bundleTarget(out);
  const bar = call.screen.progress("export");
  try {
    const index = await buildBundle(source, writer, { passphrase, hash: nodeHash, progress: (done, total) => bar.at(done, total) });
    return { index, entries: source.entries.length };
  } catch (error) {
    await writer.discard();
    throw isFileError(error) ? fileTrouble(out, error) : error;
  } finally {
    bar.end();
  }
}

async function exportDossier(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const passphrase = await passphraseOf(call);
  const { index, entries } = await takeAway(call, await signIn(call), call.at(0), out, passphrase);
  call.screen.answer(
    { out, dossier: index.dossier, view: index.view, entries, files: index.files.length, key: passphrase === null ? "key.txt" : "key.txt.age" },
    `Wrote ${out}: ${entries} entries, ${index.files.length} files${index.view === "part" ? " (only what you may read)" : ""}.\nWhoever has it can read it${passphrase === null ? "" : "s originals; the key is behind your passphrase"}. Check it with: rugdekking verify ${out}`,
  );
  return 0;
}

async function passphraseOf(call: Call): Promise<string | null> {
  const lockFile = call.text("bundle-passphrase-file");
  return lockFile === null ? null : await readSecret(lockFile, "passphrase");
}

/** What someone can open: their own dossiers and those of their desks, or of the one desk that is named. */
async function* allOf(session: Session, desk: string | null): AsyncGenerator<string> {
  const told = new Set<string>();
  const fresh = (id: string): boolean => told.size < told.add(id).size;
  if (desk === null) for (const { id } of await listDossiers(session)) if (fresh(id)) yield id;
  for (const one of desk === null ? session.desks : [desk])
    for await (const { lines } of readWorklist(session, one, { pageSize: 100 })) for (const { id } of lines) if (fresh(id)) yield id;
}

/** A dossier after another, so that one that cannot be opened keeps no other back; what an earlier attempt finished is left as it is. */
async function exportAll(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const passphrase = await passphraseOf(call);
  const session = await signIn(call);
  try {
    await mkdir(out, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw isFileError(error) ? fileTrouble(out, error) : error;
  }
  const dossiers: { readonly dossier: string; readonly file: string; readonly outcome: "taken" | "there-already" | "failed"; readonly why: string | null }[] =
    [];
  for await (const dossier of allOf(session, call.text("desk"))) {
    const file = join(out, `${dossier}.zip`);
    const tell = (outcome: (typeof dossiers)[number]["outcome"], why: string | null = null): void => void dossiers.push({ dossier, file, outcome, why });
    if (await exists(file)) {
      tell("there-already");
      continue;
    }
    try {
      await removeUnfinished(file);
      await takeAway(call, session, dossier, file, passphrase);
      tell("taken");
    } catch (error) {
      // A disk that is full, a server that is away or a session that is over concerns all the others too.
      if (!(error instanceof Problem) || error.code === "unavailable" || error.code === "session-missing") throw error;
      tell("failed", error.message);
    }
  }
  const count = (of: string): number => dossiers.filter(({ outcome }) => outcome === of).length;
  const failed = dossiers.filter(({ outcome }) => outcome === "failed");
  call.screen.answer(
    { out, dossiers },
    [
      `${count("taken")} dossiers taken away to ${out}, ${count("there-already")} were there already, ${failed.length} failed.`,
      ...failed.map(({ dossier, why }) => `${dossier}  ${oneLine(why ?? "")}`),
      "Check each with: rugdekking verify FILE",
    ].join("\n"),
  );
  return failed.length === 0 ? 0 : 1;
}

/** Root certificates of time-stamp authorities that the caller has from elsewhere; null when none were named. */
async function rootsOf(call: Call): Promise<string[] | null> {
  const path = call.text("timestamp-roots");
  if (path === null) return null;
  try {
    return readCertificates(await readText(path)).map((der) => Buffer.from(der).toString("base64url"));
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    throw new CommandError(`${path}: ${error.message}`, "give a PEM file with the root certificate of the time-stamp authority");
  }
}

async function verify(call: Call): Promise<ExitCode> {
  const path = call.at(0);
  const pin = await pinOf(call);
  const lockFile = call.text("bundle-passphrase-file");
  const passphrase = lockFile === null ? null : await readSecret(lockFile, "passphrase");
  const roots = await rootsOf(call);
  const bar = call.screen.progress("verify");
  let opened: OpenBundle | null = null;
  const verdict = await verifyBundle(async () => (opened = await bundleAt(path)), {
    pin,
    passphrase,
    timestampRoots: roots,
    hash: nodeHash,
    progress: (done, total) => bar.at(done, total),
  });
  bar.end();
  await closeBundle(opened);
  const marks = { passed: "ok  ", failed: "FOUT", "not-checked": "-   " } as const;
  const rows = verdict.checks.map(({ outcome, title, detail }) => `${marks[outcome]} ${title} (${detail})`);
  for (const { kind, by, desk, at, advice } of verdict.decisions)
    rows.push(
      `     ${kind === "adoption" ? "Adopted" : "Returned"} by ${oneLine(by.name)}, ${oneLine(by.office)}, for ${oneLine(desk.name)} on ${at.slice(0, 10)}: advice ${advice.entry === null ? "that this reader may not see" : `in entry ${advice.entry}`}, SHA-256 ${Buffer.from(advice.digest, "base64url").toString("hex")}`,
    );
  for (const { name, sha256, capturedAt, entry, stamp } of verdict.evidence)
    rows.push(
      `     ${oneLine(name)}, entry ${entry}: taken in ${capturedAt} by the device's clock, ${stamp === null ? "no time stamp" : `time stamp ${stamp.at} of ${oneLine(stamp.authority)}${stamp.judgedBy === "bundle" ? " (judged only by roots that the bundle itself brought)" : ""}`}, SHA-256 ${sha256}`,
    );
  const { first } = verdict;
  call.screen.answer(
    verdict,
    [...rows, first === null ? `The bundle is whole${pin === null ? ", as far as its own keys go; give --pin FILE to check it against yours" : ""}.` : ""]
      .filter((row) => row !== "")
      .join("\n"),
  );
  if (first === null) return 0;
  const differs = first.expected === null && first.found === null ? "" : ` (expected ${first.expected ?? "?"}, found ${first.found ?? "?"})`;
  throw new CommandError(`${path}: ${first.file === null ? "" : `${first.file}: `}${first.what}${differs}`, first.mend);
}

/** Taking away and checking. */
export const bundleCommands: readonly Command[] = [
  {
    name: "export",
    about: "take a dossier away: readable, sealed and provable, as a folder or .zip",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      out: { value: "PATH", about: "new folder, or new file ending in .zip" },
      "bundle-passphrase-file": { value: "FILE", about: "put the bundle's key under this passphrase" },
    },
    example: "rugdekking export 0199b1c4-1111-7222-8333-444455556666 --out dossier.zip --as demo.wethouder@example.nl --passphrase-file wachtzin.txt",
    run: exportDossier,
  },
  {
    name: "export-all",
    about: "take every dossier away that you or your desks can open, each as a .zip; broken off, it goes on where it was",
    takes: "",
    options: {
      ...signedIn,
      out: { value: "FOLDER", about: "where they go; may hold those of an earlier attempt" },
      desk: { value: "DESK", about: "those of this desk only" },
      "bundle-passphrase-file": { value: "FILE", about: "put the key of every bundle under this passphrase" },
    },
    example: "rugdekking export-all --out dossiers --as demo.adviseur@example.nl --passphrase-file wachtzin.txt",
    run: exportAll,
  },
  {
    name: "verify",
    about: "check a bundle from front to back, offline; names the first wrong thing",
    takes: "BUNDLE",
    options: {
      ...connected,
      pin: { value: "FILE", about: "pinned keys (JSON with log, registrar and the roots of the time-stamp authority)" },
      "timestamp-roots": { value: "FILE", about: "PEM file with root certificates of time-stamp authorities, instead of those pinned" },
      "bundle-passphrase-file": { value: "FILE", about: "opens key.txt.age" },
    },
    example: "rugdekking verify dossier.zip --pin sleutels.json",
    run: verify,
  },
];

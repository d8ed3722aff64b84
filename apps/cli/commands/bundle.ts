/** `rugdekking export` and `verify`: take everything away, and check it without us. */
import { readCertificates, TimestampError } from "@rugdekking/timestamp/certificates";
import { readStatement } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Check } from "typebox/value";
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { bundleAt, bundleTarget, closeBundle, fileTrouble, isFileError, nodeHash, type OpenBundle, readSecret, readText } from "#apps/cli/files.ts";
import { pinOf } from "#apps/cli/pin.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import type { Session } from "#services/directory/client/index.ts";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { buildBundle, type BundleIndex, type BundleSource, verifyBundle } from "#services/dossier/bundle/index.ts";
import { fetchSealed } from "#services/dossier/client/attachments.ts";
import { type DossierHandle, openDossier } from "#services/dossier/client/handle.ts";
import { Receipt } from "#services/dossier/contract/index.ts";

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

async function exportDossier(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const lockFile = call.text("bundle-passphrase-file");
  const passphrase = lockFile === null ? null : await readSecret(lockFile, "passphrase");
  const session = await signIn(call);
  const handle = await openDossier(session, call.at(0), workflows);
  const source = await sourceOf(handle);
  const writer = await bundleTarget(out);
  const bar = call.screen.progress("export");
  let index: BundleIndex;
  try {
    index = await buildBundle(source, writer, { passphrase, hash: nodeHash, progress: (done, total) => bar.at(done, total) });
  } catch (error) {
    await writer.discard();
    throw isFileError(error) ? fileTrouble(out, error) : error;
  }
  bar.end();
  call.screen.answer(
    {
      out,
      dossier: index.dossier,
      view: index.view,
      entries: source.entries.length,
      files: index.files.length,
      key: passphrase === null ? "key.txt" : "key.txt.age",
    },
    `Wrote ${out}: ${source.entries.length} entries, ${index.files.length} files${index.view === "part" ? " (only what you may read)" : ""}.\nWhoever has it can read it${passphrase === null ? "" : "s originals; the key is behind your passphrase"}. Check it with: rugdekking verify ${out}`,
  );
  return 0;
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

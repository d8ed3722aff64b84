/** `rugdekking dossier …`, `message`, `evidence`, `receipt`, `consent …`: what everyone who has part in a dossier does with it. */
import { basename, extname } from "node:path";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { localFile, readText, writeNew, writeStream } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import type { Session } from "#services/directory/client/index.ts";
import {
  append,
  type AttachmentSource,
  captureFile,
  type CaptureFacts,
  type DossierEntry,
  type DossierHandle,
  listDossiers,
  openDossier,
  stampEvidence,
  type StampOutcome,
  uploadAll,
  type UploadOptions,
  withdrawConsent,
} from "#services/dossier/client/index.ts";
import type { DossierKind, DossierView, ItemReference, Receipt } from "#services/dossier/contract/index.ts";
import { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { Problem } from "#services/problem/index.ts";
import { sendMessage } from "#services/reporting/client/index.ts";
import { setBodies } from "#services/parliament/contract/set.ts";
import { reportBodies } from "#services/reporting/contract/index.ts";
import { scanBodies } from "#services/scanning/contract/index.ts";
import { signalBodies } from "#services/signalling/contract/index.ts";
import { helpBodies } from "#services/support/contract/index.ts";
import Type, { type TSchema } from "typebox";
import { Check } from "typebox/value";

const mediaTypes: Readonly<Record<string, string>> = {
  ".eml": "message/rfc822",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".pdf": "application/pdf",
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".m4a": "audio/mp4",
  ".ogg": "audio/ogg",
  ".txt": "text/plain",
  ".json": "application/json",
};

/**
 * Files on disk as attachments, each with its capture record: read once here to be hashed, and once more when it is sealed ([Note: Hash at capture]).
 * @throws {@link CommandError} naming the one that is not there.
 */
export async function attachmentsFrom(paths: readonly string[], from: NonNullable<CaptureFacts["from"]> = {}): Promise<AttachmentSource[]> {
  const files = await Promise.all(paths.map((path) => localFile(path)));
  const sources: AttachmentSource[] = [];
  for (const file of files) {
    const name = basename(file.path);
    const modified = file.modified.toISOString();
    sources.push({
      name,
      mediaType: mediaTypes[extname(file.path).toLowerCase()] ?? "application/octet-stream",
      bytes: { stream: lazily(() => file.stream()), size: file.size },
      capturedAt: modified,
      note: "",
      capture: await captureFile({ open: () => file.stream(), size: file.size }, { name, how: "file", modifiedAt: modified, from }),
    });
  }
  return sources;
}

/** Asks the time stamps of what was just sent, where this server asks an authority, and says in one line how it went. What cannot be had now is asked for later; nothing fails by it. */
export async function askStamps(call: Call, handle: DossierHandle, whose: "own" | "all" = "own"): Promise<StampOutcome | null> {
  if ((await handle.session.trust.anchor()).timestampRoots === undefined) return null;
  let outcome: StampOutcome;
  try {
    outcome = await stampEvidence(handle, whose);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    call.screen.note(`Time stamps: not now (${error.message}). Your evidence is safe; ask again with: rugdekking timestamp ${handle.id}`);
    return null;
  }
  if (outcome.kept > 0) call.screen.note(`Time stamps: ${outcome.kept} asked, checked and kept.`);
  if (outcome.waiting > 0)
    call.screen.note(
      `Time stamps: ${outcome.waiting} ${outcome.waiting === 1 ? "file waits" : "files wait"} (${outcome.problem?.message ?? "no answer"}). Your evidence is safe; ask again with: rugdekking timestamp ${handle.id}`,
    );
  return outcome;
}

async function timestamp(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const outcome = await askStamps(call, handle, "all");
  if (outcome === null)
    throw new CommandError("this server asks no time-stamp authority", "its operator can name one: rugdekking start --timestamp-authority URL");
  call.screen.answer(
    { kept: outcome.kept, waiting: outcome.waiting },
    outcome.kept + outcome.waiting === 0 ? "Every file with a capture record has its time stamp." : `${outcome.kept} kept, ${outcome.waiting} still waiting.`,
  );
  return outcome.waiting === 0 ? 0 : 2;
}

/** A stream that opens its file only when the first byte is asked for: many files do not mean many open handles. */
function lazily(open: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= (await open()).getReader();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Uploads files into an open dossier; empty in, empty out. */
async function uploadFiles(
  handle: DossierHandle,
  attachments: readonly AttachmentSource[],
  options: UploadOptions,
): Promise<{ references: ItemReference[]; notes: AttachmentNote[] }> {
  if (attachments.length === 0) return { references: [], notes: [] };
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new CommandError(`you hold no key to the files of dossier ${handle.id}`, "ask the person whose dossier it is");
  return uploadAll(handle.session.connection, { dossier: handle.id, channel: "main" }, attachments, key, options);
}

/** Text of a call: `--words "…"` or `--words-file FILE`. @throws {@link CommandError} when neither is given. */
export async function wordsOf(call: Call): Promise<string> {
  const path = call.text("words-file");
  return path === null ? call.need("words") : readText(path);
}

/** Options for {@link wordsOf}. */
export const worded = {
  words: { value: "TEXT", about: "the text" },
  "words-file": { value: "FILE", about: "or a file with the text, so that it is not in the shell's history" },
} as const;

/** Says what was accepted. */
export function acknowledge(call: Call, handle: DossierHandle, receipt: Receipt, what: string): ExitCode {
  call.screen.answer(
    { receipt, phase: handle.view.phase },
    `${what}: entry ${receipt.seq} of dossier ${receipt.dossier}, now ${handle.view.phase}. Its receipt was checked against the pinned log.`,
  );
  return 0;
}

/** Signs in and opens the dossier a call names first. */
export async function openNamed(call: Call): Promise<{ readonly session: Session; readonly handle: DossierHandle }> {
  const session = await signIn(call);
  return { session, handle: await openDossier(session, call.at(0), workflows) };
}

const describe = (view: DossierView): string =>
  `${view.id}  ${view.kind.padEnd(7)}${view.phase.padEnd(11)}${view.term === null ? "" : `${view.term.name} due ${view.term.due}${view.term.overdue ? " OVERDUE" : ""}, waits for ${view.term.waitsFor}`}`;

async function list(call: Call): Promise<ExitCode> {
  const dossiers = await listDossiers(await signIn(call));
  call.screen.answer(
    { dossiers: dossiers.map(({ id, kind, phase, opened, term }) => ({ id, kind, phase, opened, term })) },
    dossiers.length === 0 ? "You have no dossiers here." : dossiers.map(describe).join("\n"),
  );
  return 0;
}

/** Schemas of the bodies that entries of a kind may carry, by kind of dossier. */
const bodiesOf: Readonly<Record<DossierKind, Readonly<Partial<Record<string, TSchema>>>>> = {
  report: reportBodies,
  scan: scanBodies,
  signal: signalBodies,
  help: helpBodies,
  "question-set": setBodies,
};

/** The schema of an entry's body; null when this version does not know the kind. */
const schemaOf = (handle: DossierHandle, entry: DossierEntry): TSchema | null => bodiesOf[handle.kind][entry.header.kind] ?? null;

async function show(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const entries = [];
  for (const entry of handle.entries) {
    const schema = schemaOf(handle, entry);
    const body: unknown = entry.readable && schema !== null ? await handle.readBody(entry, schema) : null;
    entries.push({
      seq: entry.seq,
      kind: entry.header.kind,
      action: entry.header.action,
      role: entry.header.author.role,
      person: entry.header.author.person,
      author: entry.author,
      at: entry.header.at,
      body: entry.header.body.item,
      attachments: entry.header.attachments.map(({ item }) => item),
      content: body,
    });
  }
  const { id, kind, phase, organisation, roles, actions, term, lastSeq } = handle.view;
  const rows = entries.map(
    (entry) =>
      `${String(entry.seq).padStart(4)}  ${entry.at}  ${entry.kind}${entry.action === null ? "" : ` (${entry.action})`} by ${entry.author === null ? entry.role : oneLine(`${entry.author.name}, ${entry.author.office}`)}\n${entry.content === null ? "      (you hold no key to this)" : JSON.stringify(entry.content, null, 2).replace(/^/gm, "      ")}`,
  );
  call.screen.answer(
    { id, kind, phase, organisation, roles, actions, term, lastSeq, entries },
    [describe(handle.view), `you are ${roles.join(", ")}; you may ${actions.join(", ") || "only read"}`, ...rows].join("\n"),
  );
  return 0;
}

async function message(call: Call): Promise<ExitCode> {
  const text = await wordsOf(call);
  const attachments = await attachmentsFrom(call.positionals.slice(1));
  const { handle } = await openNamed(call);
  const bar = call.screen.progress("upload");
  const options = { onProgress: (sent: number, total: number) => bar.at(sent, total) };
  let receipt: Receipt;
  if (handle.kind === "report") receipt = await sendMessage(handle, text, { attachments, ...options });
  else {
    const { references, notes } = await uploadFiles(handle, attachments, options);
    receipt = await append(handle, { kind: "message", body: { version: 1, text, attachments: notes }, attachments: references });
  }
  bar.end();
  if (attachments.length > 0 && handle.kind === "report") await askStamps(call, handle);
  return acknowledge(call, handle, receipt, "Sent");
}

async function evidence(call: Call): Promise<ExitCode> {
  const attachments = await attachmentsFrom(call.positionals.slice(1), {
    url: call.text("from-url"),
    account: call.text("from-account"),
    platform: call.text("from-platform"),
  });
  const { handle } = await openNamed(call);
  const bar = call.screen.progress("upload");
  const { references, notes } = await uploadFiles(handle, attachments, { onProgress: (sent, total) => bar.at(sent, total) });
  bar.end();
  const receipt = await append(handle, { kind: "evidence", body: { version: 1, note: call.text("words") ?? "", attachments: notes }, attachments: references });
  if (handle.kind === "report") await askStamps(call, handle);
  return acknowledge(call, handle, receipt, "Added");
}

async function withdraw(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  return acknowledge(
    call,
    handle,
    await append(handle, { kind: "withdrawal", action: "withdraw", body: { version: 1, reason: call.text("words") ?? "" } }),
    "Withdrawn",
  );
}

const entryNumbered = (handle: DossierHandle, text: string | null): DossierEntry => {
  const entry = text === null ? handle.entries.at(-1) : handle.entries.find(({ seq }) => String(seq) === text);
  if (entry !== undefined) return entry;
  throw new CommandError(`dossier ${handle.id} has no entry ${text ?? "at all"} that you may read`, "see rugdekking dossier show");
};

async function receipt(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const found = await handle.readReceipt(entryNumbered(handle, call.text("entry")));
  const out = call.text("out");
  if (out !== null) await writeNew(out, `${JSON.stringify(found, null, 2)}\n`);
  call.screen.answer(
    found,
    out === null ? found.proof : `Receipt of entry ${found.seq} is in ${out}; check it with: rugdekking ledger check ${out} --pin FILE`,
  );
  return 0;
}

/** A body that names files. */
const Annotated = Type.Object({ attachments: Type.Array(AttachmentNote) });

async function download(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const { handle } = await openNamed(call);
  const wanted = call.at(1);
  for (const entry of handle.entries) {
    const schema = schemaOf(handle, entry);
    if (schema === null || !entry.readable || !entry.header.attachments.some(({ item }) => item === wanted)) continue;
    const body: unknown = await handle.readBody(entry, schema);
    const note = Check(Annotated, body) ? body.attachments.find(({ item }) => item === wanted) : undefined;
    if (note === undefined) break;
    const bar = call.screen.progress("download");
    await writeStream(out, await handle.readAttachment(entry, note, { onProgress: (done, total) => bar.at(done, total) }));
    bar.end();
    call.screen.answer(
      { out, name: note.name, length: note.length, sha256: note.sha256 },
      `Wrote ${out} (${oneLine(note.name)}, ${note.length} bytes); it is the file that was signed.`,
    );
    return 0;
  }
  throw new CommandError(`dossier ${handle.id} has no attachment ${wanted} that you may read`, "see rugdekking dossier show");
}

async function consents(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const rows = handle.consents.map(({ hash, to, purpose, scope, until, withdrawn }) => ({ consent: hash, to, purpose, scope, until, withdrawn }));
  call.screen.answer(
    { consents: rows },
    rows.length === 0
      ? "There are no consents."
      : rows
          .map(
            (row) =>
              `${row.consent}  ${row.purpose} to ${row.to.role} ${row.to.desk} until ${row.until}${row.withdrawn === null ? "" : `, withdrawn ${row.withdrawn}`}`,
          )
          .join("\n"),
  );
  return 0;
}

async function withdrawOne(call: Call): Promise<ExitCode> {
  const { session, handle } = await openNamed(call);
  await withdrawConsent(session, handle.id, call.at(1));
  call.screen.answer({ withdrawn: call.at(1) }, "Withdrawn: the server refuses from now on what rested on it. What was read before cannot be unread.");
  return 0;
}

const example = "0199b1c4-1111-7222-8333-444455556666";
/** Commands around a dossier, whatever its kind. */
export const dossierCommands: readonly Command[] = [
  {
    name: "dossier list",
    about: "list your own dossiers",
    takes: "",
    options: signedIn,
    example: "rugdekking dossier list --as demo.wethouder@example.nl --passphrase-file wachtzin.txt",
    run: list,
  },
  {
    name: "dossier show",
    about: "show a dossier: every entry you may read, signatures and chain checked",
    takes: "DOSSIER",
    options: signedIn,
    example: `rugdekking dossier show ${example} --receipt-file boncode.txt`,
    run: show,
  },
  {
    name: "dossier withdraw",
    about: "end your own dossier",
    takes: "DOSSIER",
    options: { ...signedIn, words: { value: "TEXT", about: "why, if you want to say" } },
    example: `rugdekking dossier withdraw ${example} --as demo.wethouder@example.nl`,
    run: withdraw,
  },
  {
    name: "message",
    about: "write a message, with files if needed",
    takes: "DOSSIER [FILE...]",
    options: { ...signedIn, ...worded },
    example: `rugdekking message ${example} --words "Wij bellen u vanavond." --as demo.adviseur@example.nl`,
    run: message,
  },
  {
    name: "upload",
    about: "add files as evidence",
    takes: "DOSSIER FILE...",
    options: {
      ...signedIn,
      words: { value: "TEXT", about: "what it is" },
      "from-url": { value: "URL", about: "where it was found, for the capture record; nobody checks it" },
      "from-account": { value: "NAME", about: "whose account it came from, as far as you know" },
      "from-platform": { value: "NAME", about: "platform or app it came from" },
    },
    example: `rugdekking upload ${example} filmpje.mp4 bericht.eml --receipt-file boncode.txt`,
    run: evidence,
  },
  {
    name: "timestamp",
    about: "ask the time stamps that evidence still waits for",
    takes: "DOSSIER",
    options: signedIn,
    example: `rugdekking timestamp ${example} --receipt-file boncode.txt`,
    run: timestamp,
  },
  {
    name: "download",
    about: "fetch and open one attachment",
    takes: "DOSSIER ITEM",
    options: { ...signedIn, out: { value: "FILE", about: "new file" } },
    example: `rugdekking download ${example} 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --out foto.png --as demo.adviseur@example.nl`,
    run: download,
  },
  {
    name: "receipt",
    about: "fetch the receipt of an entry (the last one unless --entry)",
    takes: "DOSSIER",
    options: { ...signedIn, entry: { value: "NUMBER", about: "number of the entry" }, out: { value: "FILE", about: "new file for the receipt" } },
    example: `rugdekking receipt ${example} --entry 1 --out bon-0001.json --receipt-file boncode.txt`,
    run: receipt,
  },
  {
    name: "consent list",
    about: "show who may see what, and until when",
    takes: "DOSSIER",
    options: signedIn,
    example: `rugdekking consent list ${example} --as demo.wethouder@example.nl`,
    run: consents,
  },
  {
    name: "consent withdraw",
    about: "end a consent",
    takes: "DOSSIER CONSENT",
    options: signedIn,
    example: `rugdekking consent withdraw ${example} 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU --as demo.wethouder@example.nl`,
    run: withdrawOne,
  },
];

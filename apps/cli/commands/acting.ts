/** `rugdekking prepare` and `rugdekking paper`: what is made ready in a report, and its documents as tagged PDF or as text to copy. Nothing is sent to police, platform or register. */
import type { PaperToSet } from "#services/dossier/client/index.ts";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { loadPaperFiles, PaperError, renderPaper, type TemplateName } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { bodyFrom } from "#apps/cli/body.ts";
import { acknowledge, openNamed } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { writeNew, writeStream } from "#apps/cli/files.ts";
import { shielding } from "#registers/shielding/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { complaintGaps, letterDocument, noticeDocument, noticeGaps, type ReadyDocument } from "#services/reporting/acting/index.ts";
import { prepare, preparationsOf } from "#services/reporting/client/index.ts";
import { complaintPaperOf, readyPaper } from "#services/reporting/client/papers/index.ts";
import { PreparationBody } from "#services/reporting/contract/preparation.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import Type from "typebox";

/** A document by the word a person types. */
const kinds = ["aangifte", "melding", "brief"] as const;

const line = Type.String({ maxLength: 2_000 });
/** What a letter is filled with; every field may be left out. */
const Letter = Type.Object(
  {
    name: line,
    function: line,
    organisation: line,
    reply: line,
    delegate: line,
    home: line,
    number: line,
    pages: Type.Array(line, { maxItems: 50 }),
    reason: Type.String({ maxLength: 8_000 }),
    /** Only who says so was threatened. */
    threatened: Type.Boolean(),
    receiver: line,
  },
  { additionalProperties: false },
);
const noFacts = {
  name: "",
  function: "",
  organisation: "",
  reply: "",
  delegate: "",
  home: "",
  number: "",
  pages: [],
  reason: "",
  threatened: false,
  receiver: "",
};

interface Ready {
  readonly document: ReadyDocument;
  readonly named: boolean;
  readonly missing: readonly string[];
}

async function notice(call: Call, handle: DossierHandle): Promise<Ready> {
  const { notices } = await preparationsOf(handle);
  const named = call.text("notice");
  const found = named === null ? [...notices.values()].at(-1) : notices.get(named);
  if (found === undefined)
    throw new CommandError(
      named === null ? "this dossier has no notice to a platform" : `this dossier has no notice ${named}`,
      notices.size === 0 ? "make one ready with rugdekking prepare" : `name one with --notice: ${[...notices.keys()].join(", ")}`,
    );
  return { document: noticeDocument(found, call.choice("language", ["nl", "en"], "nl")), named: true, missing: noticeGaps(found) };
}

async function letter(call: Call): Promise<Ready> {
  const named = call.need("step");
  const step = shielding.steps.find(({ id }) => id === named);
  const withLetter = shielding.steps.filter((one) => one.letter !== null).map(({ id }) => id);
  if (step === undefined || step.letter === null)
    throw new CommandError(`there is no letter for step ${JSON.stringify(named)}`, `choose ${withLetter.join(", ")}`);
  const facts = call.text("facts") === null ? noFacts : { ...noFacts, ...(await bodyFrom(call.need("facts"), Type.Partial(Letter), {})) };
  const language = call.choice("language", ["nl", "en"], "nl");
  return { document: letterDocument(step.letter, { ...facts, date: dutchDay(new Date()) }, language), named: false, missing: [] };
}

async function write<N extends TemplateName>(call: Call, { template, data, assets }: PaperToSet<N>, missing: readonly string[]): Promise<ExitCode> {
  const out = call.need("out");
  const kind = call.need("kind");
  let pdf: Uint8Array;
  try {
    pdf = renderPaper(nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url)))), template, data, assets);
  } catch (error) {
    if (error instanceof PaperError) throw new CommandError(`${kind}: ${error.message}`, "mend what it names, then try again");
    throw error;
  }
  await writeStream(out, new Blob([new Uint8Array(pdf)]).stream());
  return said(call, { bytes: pdf.byteLength, missing }, `${pdf.byteLength} bytes, tagged PDF (PDF/UA-1)`);
}

function said(call: Call, made: { readonly bytes: number; readonly missing: readonly string[] }, what: string): ExitCode {
  const { bytes, missing } = made;
  const [out, kind] = [call.need("out"), call.need("kind")];
  call.screen.answer(
    { out, kind, bytes, missing },
    `Wrote ${out}: ${kind}, ${what}. Nothing was sent.${missing.length === 0 ? "" : ` Not filled in: ${missing.join(", ")}.`}`,
  );
  return 0;
}

async function paper(call: Call): Promise<ExitCode> {
  const kind = call.choice("kind", kinds);
  const out = call.need("out");
  const { handle } = await openNamed(call);
  if (handle.kind !== "report") throw new CommandError(`dossier ${handle.id} is a ${handle.kind}`, "take a report; a scan has rugdekking scan paper");
  if (kind === "aangifte") {
    const { complaint } = await preparationsOf(handle);
    if (complaint === null) throw new CommandError("no facts for a complaint were made ready in this dossier", "make them ready with rugdekking prepare");
    return await write(call, await complaintPaperOf(handle, complaint), complaintGaps(complaint));
  }
  const { document, named, missing } = kind === "melding" ? await notice(call, handle) : await letter(call);
  if (extname(out) !== ".txt") return await write(call, await readyPaper(handle, document, { fileName: out, named }), missing);
  const text = `${document.subject}\n\n${document.text}\n`;
  await writeNew(out, text);
  return said(call, { bytes: Buffer.byteLength(text), missing }, `${Buffer.byteLength(text)} bytes of text to copy`);
}

async function makeReady(call: Call): Promise<ExitCode> {
  const body = await bodyFrom(call.need("body"), PreparationBody, { version: 1 });
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await prepare(handle, body), "Kept, sealed; nothing was sent");
}

const example = "0199b1c4-1111-7222-8333-444455556666";
/** Making ready, and its documents. */
export const actingCommands: readonly Command[] = [
  {
    name: "prepare",
    about: "keep something made ready in a report: facts for a complaint, a notice to a platform, a shielding step",
    takes: "DOSSIER",
    options: { ...signedIn, body: { value: "FILE", about: "JSON: type complaint, platform-notice or shielding, with its fields" } },
    example: `rugdekking prepare ${example} --body aangifte.json --as demo.adviseur@example.nl --passphrase-file wachtzin.txt`,
    run: makeReady,
  },
  {
    name: "paper",
    about: "make a document of a report: facts for a complaint, notice to a platform, shielding letter; nothing is sent",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      kind: { value: "KIND", about: kinds.join(", ") },
      out: { value: "FILE", about: "new file ending in .pdf, or in .txt for the text of a notice or letter" },
      notice: { value: "ID", about: "with melding: which one (the newest)" },
      step: { value: "STEP", about: `with brief: ${shielding.steps.flatMap(({ id, letter: has }) => (has === null ? [] : [id])).join(", ")}` },
      facts: { value: "FILE", about: "with brief: JSON with name, function, organisation, reply, delegate, home, number, pages, reason, receiver" },
      language: { value: "LANGUAGE", about: "with melding and brief: nl or en" },
    },
    example: `rugdekking paper ${example} --kind aangifte --out aangifte.pdf --as demo.adviseur@example.nl --passphrase-file wachtzin.txt`,
    run: paper,
  },
];

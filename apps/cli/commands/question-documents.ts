/** `rugdekking question note` and `question letter`: the documents of a set from JSON (a note also as it was published), for use without a dossier. Everything happens in this process; nothing leaves the machine. */
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { loadPaperFiles, PaperError, renderPaper } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import { type Call, type Command, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble, localFile, writeStream } from "#apps/cli/files.ts";
import {
  AnswerLetter,
  DecisionNoteDraft,
  letterDocx,
  letterOdt,
  letterPaper,
  noteDocx,
  noteFromReading,
  noteOdt,
  notePaper,
  type PaperToSet,
  publicNote,
  PublicNoteError,
} from "#services/parliament/documents/index.ts";
import { MAX_BYTES, readQuestions, troubleWordsEnglish as troubleWords } from "#services/parliament/reading/index.ts";

const forms = [".pdf", ".docx", ".odt"] as const;
type Form = (typeof forms)[number];

function formOf(call: Call): { readonly out: string; readonly form: Form } {
  const out = call.need("out");
  const form = forms.find((one) => one === extname(out).toLowerCase());
  if (form === undefined) throw new CommandError(`--out ${out} has no form this command makes`, `end it in ${forms.join(", ")}`);
  return { out, form };
}

/** Site of the figures, checked; null when none was given. */
function siteOf(call: Call): string | null {
  const site = call.text("site");
  if (site !== null && !(URL.canParse(site) && new URL(site).protocol === "https:"))
    throw new CommandError(`--site ${site} is no https address`, "for example: https://rugdekking.example");
  return site;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const { size } = await localFile(path);
  if (size > MAX_BYTES) throw new CommandError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MiB`, "name the file of one document");
  try {
    return await readFile(path);
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

/** The JSON in a file as what it should be; says where it is not. Null when it is no JSON at all. */
function jsonOf<S extends TSchema>(path: string, bytes: Uint8Array, schema: S, what: string): Static<S> | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value).toSorted((a, b) => b.instancePath.split("/").length - a.instancePath.split("/").length);
  throw new CommandError(
    `${path} is no ${what}: at ${first?.instancePath === undefined || first.instancePath === "" ? "/" : first.instancePath} it ${first?.message ?? "has another form"}`,
    "see services/parliament/documents/model.ts for the form",
  );
}

async function pdfOf(paper: PaperToSet<"kamerbrief"> | PaperToSet<"beslisnota">): Promise<Uint8Array> {
  const compiler = nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url))));
  try {
    return renderPaper(compiler, paper.template, paper.data);
  } catch (error) {
    if (error instanceof PaperError) throw new CommandError(error.message, "mend what it names, then try again");
    throw error;
  }
}

async function written(call: Call, out: string, what: string, bytes: Uint8Array): Promise<ExitCode> {
  await writeStream(out, new Blob([new Uint8Array(bytes)]).stream());
  call.screen.answer({ out, bytes: bytes.byteLength }, `Wrote ${out}: ${what}, ${bytes.byteLength} bytes.`);
  return 0;
}

async function letter(call: Call): Promise<ExitCode> {
  const path = call.at(0);
  const { out, form } = formOf(call);
  const settings = { site: siteOf(call) };
  const model = jsonOf(path, await bytesOf(path), AnswerLetter, "answer letter");
  if (model === null) throw new CommandError(`${path} holds no JSON`, "give an answer letter as JSON");
  const bytes =
    form === ".pdf" ? await pdfOf(letterPaper(model, settings)) : form === ".docx" ? await letterDocx(model, settings) : await letterOdt(model, settings);
  return await written(call, out, "answer letter", bytes);
}

/** A draft out of JSON, or out of a note as it was published. */
async function draftOf(path: string): Promise<DecisionNoteDraft> {
  const bytes = await bytesOf(path);
  const model = jsonOf(path, bytes, DecisionNoteDraft, "decision note");
  if (model !== null) return model;
  const { dossier } = await readQuestions({ name: basename(path), bytes });
  const wrong = dossier.troubles.find(({ weight }) => weight === "wrong");
  if (wrong !== undefined)
    throw new CommandError(
      `${path}, ${troubleWords.place(wrong.place)}: ${troubleWords[wrong.code](wrong.about)}`,
      "mend the file, or make a draft of it as JSON",
    );
  if (dossier.note === undefined) throw new CommandError(`${path} is no decision note`, "give a draft as JSON, or a note as txt, html or pdf");
  // What has no place in a draft would be lost in silence.
  if (dossier.unplaced.length > 0)
    throw new CommandError(`${path} has ${dossier.unplaced.length} lines that have no place in a note`, "see rugdekking question read");
  return noteFromReading(dossier.note, { reference: dossier.reference, concept: false });
}

async function note(call: Call): Promise<ExitCode> {
  const { out, form } = formOf(call);
  const settings = { site: siteOf(call) };
  const draft = await draftOf(call.at(0));
  let made: Parameters<typeof notePaper>[0] = draft;
  if (call.flag("public")) {
    try {
      made = publicNote(draft, { madeBy: call.need("made-by"), checkedBy: call.need("checked-by"), mayStand: call.list("may-stand") });
    } catch (error) {
      if (error instanceof PublicNoteError)
        throw new CommandError(
          error.message,
          error.code === "same-person" ? "name another person with --checked-by" : "or say with --may-stand that it is no official's",
        );
      throw error;
    }
  }
  const bytes = form === ".pdf" ? await pdfOf(notePaper(made, settings)) : form === ".docx" ? await noteDocx(made, settings) : await noteOdt(made, settings);
  return await written(call, out, call.flag("public") ? "decision note, public version" : "decision note", bytes);
}

const shared = {
  out: { value: "FILE", about: "new file ending in .pdf (tagged, PDF/UA-1), .docx or .odt" },
  site: { value: "URL", about: "https address of the site where cited figures stand (without it their path is printed)" },
} as const;

/** Documents of a set. */
export const questionDocumentCommands: readonly Command[] = [
  {
    name: "question letter",
    about: "make the answer letter from JSON: tagged PDF, DOCX or ODT, on this machine",
    takes: "FILE",
    options: shared,
    example: "rugdekking question letter brief.json --out brief.docx --site https://rugdekking.example",
    run: letter,
  },
  {
    name: "question note",
    about: "make the decision note from JSON or from a published note, with --public the version without names: tagged PDF, DOCX or ODT, on this machine",
    takes: "FILE",
    options: {
      ...shared,
      public: { value: null, about: "the public version: no officials, no lines of contact, nothing withheld" },
      "made-by": { value: "WHO", about: "who made the public version" },
      "checked-by": { value: "WHO", about: "who looked it over; must be someone else" },
      "may-stand": { value: "WORDS", about: "a name, address or number that is not an official's, exactly as it stands", multiple: true },
    },
    example: "rugdekking question note nota.json --out nota.pdf --public --made-by a.bakker --checked-by b.visser",
    run: note,
  },
];

/** A note that is read, drafted, set and read again is the same note: the invented one of the tree, and the real one where it lies beside it (`RUGDEKKING_PARLIAMENT`). */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadPaperFiles, renderPaper, type PaperCompiler } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { Check } from "typebox/value";
import { beforeAll, describe, expect, it } from "vitest";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { askedFrom, DecisionNoteDraft, noteFromReading, notePaper } from "./index.ts";

let compiler: PaperCompiler;
beforeAll(async () => {
  compiler = nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url))));
});

const folder = process.env["RUGDEKKING_PARLIAMENT"] ?? fileURLToPath(new URL("../../../../shared/data/parliament", import.meta.url));
const sample = fileURLToPath(new URL("../reading/samples/beslisnota.txt", import.meta.url));

describe.each([
  ["invented", sample],
  ["published", `${folder}/beslisnota-2026Z00186.txt`],
])("the %s note", (which, path) => {
  it.skipIf(!existsSync(path))("comes out of its own PDF with every part, point, question and line of the head", async () => {
    const { dossier } = await readQuestions({ name: path, bytes: readFileSync(path) });
    if (dossier.note === undefined) throw new Error("no note");
    const draft = noteFromReading(dossier.note, { reference: dossier.reference, concept: false });
    expect(Check(DecisionNoteDraft, draft)).toBe(true);
    const { template, data } = notePaper(draft, { site: null });
    const again = (await readQuestions({ name: "nota.pdf", bytes: renderPaper(compiler, template, data) })).dossier;
    expect(again.troubles).toEqual([]);
    expect(again.unplaced).toEqual([]);
    if (again.note === undefined) throw new Error("no note in the PDF");
    expect(noteFromReading(again.note, { reference: again.reference, concept: false })).toEqual(draft);
    expect(again.note.questions).toEqual(dossier.note.questions);
    for (const field of ["reference", "received", "due", "members", "addressees", "subject", "source"] as const) expect(again[field]).toEqual(dossier[field]);
    // The published one has no day and one kind of bullet, so that it is the same to the letter.
    if (which === "published") expect(again.note).toEqual(dossier.note);
  });
});

describe("a read question", () => {
  it("keeps its words, parts and the footnotes its marks stand for", () => {
    const question = {
      number: 2,
      label: "Vraag 2",
      text: "Klopt dit? En dat?",
      parts: [{ label: null, text: "Klopt dit?" }],
      marks: [
        { mark: "1", at: 10 },
        { mark: "9", at: 18 },
      ],
      refersTo: [],
    };
    expect(askedFrom(question, [{ mark: "1", text: "Bron (verzonnen).", label: "1" }])).toEqual({
      number: 2,
      text: question.text,
      parts: question.parts,
      notes: [{ at: 10, text: "Bron (verzonnen)." }],
    });
  });
});

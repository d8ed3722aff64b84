/** LibreOffice opens what we write and sets it as PDF, and the reading room finds the same note in that. A nightly proof, skipped with a word where LibreOffice is not installed. Everything is invented, but for the published note where it lies beside the tree. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { letterDocx, letterOdt, noteDocx, noteFromReading, noteOdt } from "./index.ts";
import { demonstrationLetter } from "./testing-documents.ts";

const missing = spawnSync("soffice", ["--version"]).error === undefined ? null : "LibreOffice (libreoffice-writer) is not installed";
const folder = mkdtempSync(join(tmpdir(), "rugdekking-office-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The PDF that LibreOffice makes of a document. */
function asPdf(name: string, bytes: Uint8Array): Uint8Array {
  writeFileSync(join(folder, name), bytes);
  const { status, stderr } = spawnSync(
    "soffice",
    ["--headless", `-env:UserInstallation=file://${folder}/profile`, "--convert-to", "pdf", "--outdir", folder, join(folder, name)],
    { encoding: "utf8", timeout: 120_000 },
  );
  expect([status, existsSync(join(folder, name.replace(/\.[a-z]+$/u, ".pdf"))), status === 0 ? "" : stderr]).toEqual([0, true, ""]);
  const pdf = readFileSync(join(folder, name.replace(/\.[a-z]+$/u, ".pdf")));
  rmSync(join(folder, name.replace(/\.[a-z]+$/u, ".pdf")));
  return pdf;
}

const beside = process.env["RUGDEKKING_PARLIAMENT"] ?? fileURLToPath(new URL("../../../../shared/data/parliament", import.meta.url));
const published = `${beside}/beslisnota-2026Z00186.txt`;
const path = existsSync(published) ? published : fileURLToPath(new URL("../reading/samples/beslisnota.txt", import.meta.url));

describe.skipIf(missing !== null)(`LibreOffice (${missing ?? "looks"})`, () => {
  it.each(["docx", "odt"] as const)(
    "opens a note as %s and shows the same note",
    async (form) => {
      const { dossier } = await readQuestions({ name: path, bytes: readFileSync(path) });
      if (dossier.note === undefined) throw new Error("no note");
      const draft = noteFromReading(dossier.note, { reference: dossier.reference, concept: false });
      const bytes = form === "docx" ? await noteDocx(draft, { site: null }) : await noteOdt(draft, { site: null });
      const again = (await readQuestions({ name: "nota.pdf", bytes: asPdf(`nota.${form}`, bytes) })).dossier;
      expect(again.unplaced).toEqual([]);
      if (again.note === undefined) throw new Error("no note in the PDF");
      expect(noteFromReading(again.note, { reference: again.reference, concept: false })).toEqual(draft);
    },
    180_000,
  );

  it.each(["docx", "odt"] as const)(
    "opens a letter as %s and shows its questions, answers and footnotes",
    async (form) => {
      const settings = { site: "https://rugdekking.example" };
      const bytes = form === "docx" ? await letterDocx(demonstrationLetter, settings) : await letterOdt(demonstrationLetter, settings);
      const { dossier, text } = await readQuestions({ name: "brief.pdf", bytes: asPdf(`brief.${form}`, bytes) });
      expect(dossier.questions.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(dossier.answers.map(({ numbers }) => numbers)).toEqual([[1], [2, 3], [4]]);
      expect(text.replaceAll(/\s/gu, "")).toContain("tussen42%en48%(met95%zekerheid)");
    },
    180_000,
  );
});

/** `rugdekking question note` and `question letter` as scripts meet them: three forms, the public version, what is refused. Everything is invented. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { demonstrationLetter, demonstrationNote, paragraph } from "#services/parliament/documents/testing-documents.ts";
import { main } from "./rugdekking.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-documents-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
writeFileSync(at("brief.json"), JSON.stringify(demonstrationLetter));
writeFileSync(at("nota.json"), JSON.stringify(demonstrationNote));

async function run(...line: readonly string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  let [out, err] = ["", ""];
  const exit = await main(["question", ...line], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    bar: false,
    pipe: { input: Readable.from([]), size: null, write: async () => {}, settle: async () => {} },
  });
  return { exit, out, err };
}

describe("rugdekking question letter and question note", () => {
  it("make all three forms", async () => {
    for (const what of ["letter", "note"] as const)
      for (const [form, opens] of [
        ["pdf", "%PDF-"],
        ["docx", "PK"],
        ["odt", "PK"],
      ] as const) {
        const to = at(`${what}.${form}`);
        const { exit, err } = await run(what, at(what === "letter" ? "brief.json" : "nota.json"), "--out", to, "--site", "https://rugdekking.example");
        expect([exit, err]).toEqual([0, ""]);
        expect(readFileSync(to, "latin1").startsWith(opens)).toBe(true);
      }
  });

  it("takes a note as it was published", async () => {
    const sample = fileURLToPath(new URL("../../services/parliament/reading/samples/beslisnota.txt", import.meta.url));
    expect((await run("note", sample, "--out", at("gelezen.odt"))).exit).toBe(0);
  });

  it("makes a public version for two people, and none for one or with a name in it", async () => {
    const two = ["--public", "--made-by", "a.bakker", "--checked-by", "b.visser"];
    expect((await run("note", at("nota.json"), "--out", at("openbaar.odt"), ...two)).exit).toBe(0);
    const one = await run("note", at("nota.json"), "--out", at("een.odt"), "--public", "--made-by", "a", "--checked-by", "a");
    expect([one.exit, one.err.includes("must differ"), existsSync(at("een.odt"))]).toEqual([1, true, false]);
    writeFileSync(
      at("naam.json"),
      JSON.stringify({
        ...demonstrationNote,
        sections: [{ section: "core", heading: "Kern", text: [paragraph("Bel mevrouw Van den Berg-Öztürk.")], points: [], withheld: null }],
      }),
    );
    const named = await run("note", at("naam.json"), "--out", at("naam.odt"), ...two);
    expect([named.exit, existsSync(at("naam.odt"))]).toEqual([1, false]);
    expect(named.err).toContain("name at /sections/0/text/0/content, character");
    expect(named.err).not.toContain("Berg");
  });

  it.each([
    ["another form", ["letter", "brief.json", "--out", "x.txt"], "has no form"],
    ["a letter that is none", ["letter", "nota.json", "--out", "x.pdf"], "is no answer letter"],
    ["a note that is none", ["note", "brief.json", "--out", "x.pdf"], "is no decision note"],
    ["a site without https", ["letter", "brief.json", "--out", "x.pdf", "--site", "http://a.example"], "is no https address"],
  ] as const)("refuses %s", async (_what, [what, file, ...rest], says) => {
    const { exit, err } = await run(what, at(file), ...rest.map((word) => (word.startsWith("x.") ? at(word) : word)));
    expect(exit).toBe(1);
    expect(err).toContain(says);
  });
});

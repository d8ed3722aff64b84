/** `rugdekking question read` as scripts meet it (design section 6): the dossier on stdout, what is wrong on stderr, exit codes. All sets invented. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Parse } from "typebox/value";
import { afterAll, describe, expect, it } from "vitest";
import { ReadDossier } from "#services/parliament/contract/dossier.ts";
import { main } from "./rugdekking.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-question-"));
afterAll(() => rmSync(folder, { recursive: true }));
const sample = (name: string): string => fileURLToPath(new URL(`../../services/parliament/reading/samples/${name}`, import.meta.url));

async function run(line: readonly string[], input = ""): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  let [out, err] = ["", ""];
  const exit = await main(["question", "read", ...line], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    bar: false,
    pipe: { input: Readable.from([Buffer.from(input)]), size: null, write: async () => {}, settle: async () => {} },
  });
  return { exit, out, err };
}

describe("rugdekking question read", () => {
  it("gives the fields of the contract, by their names there, with and without --json", async () => {
    for (const more of [[], ["--json"]]) {
      const { exit, out, err } = await run([sample("vragen.txt"), ...more]);
      expect([exit, err]).toEqual([0, ""]);
      const dossier = Parse(ReadDossier, JSON.parse(out));
      for (const name of ["reference", "received", "due", "members", "addressees", "source", "questions"] as const) expect(dossier[name]).not.toBeNull();
      expect(dossier.questions.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(dossier).not.toHaveProperty("note");
    }
    expect(Parse(ReadDossier, JSON.parse((await run([sample("beslisnota.txt")])).out)).note?.sections).toHaveLength(9);
  });
  it("says in one line each what a person must mend, keeps what was read, and ends with 1", async () => {
    const { exit, out, err } = await run([sample("nummers.txt")]);
    expect(exit).toBe(1);
    expect(Parse(ReadDossier, JSON.parse(out)).questions).toHaveLength(4);
    const lines = err.trimEnd().split("\n");
    expect(lines[0]).toBe(`rugdekking: ${sample("nummers.txt")}, line 8: question 2 is missing before this one; add it or renumber (number-missing)`);
    expect(lines.at(-1)).toBe(`1 line could not be placed; see "unplaced"`);
    expect((await run([sample("gescand.pdf")])).err).toContain("it holds pictures of pages (1) and no text (a scan); ask for the digital original");
    expect((await run([sample("twee-sets.txt")])).err).toContain("line 10: a second set starts here (2026Z99904)");
  });
  it("tells it as JSON with --json", async () => {
    const { err } = await run([sample("twee-sets.txt"), "--json"]);
    expect(
      err
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([{ code: "two-sets", place: { line: 10, page: null, path: null }, about: "2026Z99904" }]);
  });
  it("reads standard input, and shows where each stretch went when asked", async () => {
    const { out } = await run(["-", "--places"], "Vraag 1\nKlopt dit?\n");
    const read: unknown = JSON.parse(out);
    expect(read).toMatchObject({
      questions: [{ number: 1, text: "Klopt dit?" }],
      reading: {
        form: "txt",
        text: "Vraag 1\nKlopt dit?\n",
        places: [
          { field: "/questions/0/label", start: 0, end: 7, dropped: false },
          { field: "/questions/0/text", start: 8, end: 18, dropped: false },
        ],
      },
    });
  });
  it("does not let the words of a file steer a terminal", async () => {
    const path = join(folder, "\u001b[2Jx.txt");
    writeFileSync(path, "Vraag 1\n\u001b[2JKlopt dit?\n\nVraag 1\nEn dit?\n");
    const { err, out } = await run([path]);
    expect(err).not.toContain("\u001b");
    expect(out).not.toContain("\u001b");
  });
  it("names a file that is not there", async () => {
    const { exit, err } = await run([join(folder, "weg.txt")]);
    expect(exit).not.toBe(0);
    expect(err).toContain("weg.txt");
  });
});

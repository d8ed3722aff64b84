/** `rugdekking monitor publish` and what follows it, by command: files that stand alone, papers that are tagged, nothing remembered wrongly. Run by vitest only. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "#apps/cli/rugdekking.ts";
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { inventedStrata, inventedWave } from "#services/monitor/publication/testing-answers.ts";

let folder: string;
const publisher = [
  "--publisher",
  "Onderzoeksteam",
  "--publisher-id",
  "https://example.nl/id",
  "--contact",
  "onderzoek@example.nl",
  "--site",
  "https://example.nl/m/",
];

async function call(...line: string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  let [out, err] = ["", ""];
  const exit = await main(line, { out: (text) => void (out += text), err: (text) => void (err += text), bar: false });
  return { exit, out, err };
}
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-publish-"));
  const questionnaire = await loadQuestionnaire("monitor", 1);
  if (questionnaire === null) throw new Error("no questionnaire");
  // A handful of factsheets is enough here.
  const strata = inventedStrata().filter(
    ({ key }) => (key.function === "raadslid" && key.province === "utrecht") || ["burgemeester", "statenlid"].includes(key.function),
  );
  await writeFile(at("answers.json"), JSON.stringify(inventedWave(questionnaire, 9, undefined, strata)));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

describe("rugdekking monitor publish", () => {
  it("writes tables, codebook, metadata, charts, factsheets and report, and remembers them", { timeout: 120_000 }, async () => {
    const { exit, out } = await call(
      "monitor",
      "publish",
      at("answers.json"),
      "--out",
      at("pub"),
      "--earlier",
      at("earlier.json"),
      "--first",
      "--on",
      "2026-12-17",
      ...publisher,
    );
    expect([exit, out]).toEqual([0, expect.stringContaining("For the desk alone")]);
    const files = await readdir(at("pub"));
    for (const name of [
      "publication.json",
      "tabel-alle.csv",
      "tabel-province.csv",
      "codeboek.csv",
      "catalogus.jsonld",
      "rapport.pdf",
      "function-burgemeester.pdf",
      "province-utrecht.pdf",
    ])
      expect(files).toContain(name);
    const pdf = (await readFile(at("pub/province-utrecht.pdf"))).toString("latin1");
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf).toContain("<pdfuaid:part>1</pdfuaid:part>");
    for (const chart of await readdir(at("pub/grafieken"))) expect(await readFile(at(`pub/grafieken/${chart}`), "utf8")).toMatch(/^<svg [^>]*role="img"/u);
    // No answer of anyone leaves the file of answers.
    expect(await readFile(at("pub/publication.json"), "utf8")).not.toContain('"answers"');
  });
  it("will not publish without its memory, nor begin a second one", async () => {
    const again = ["--on", "2026-12-18", ...publisher];
    const fresh = await call("monitor", "publish", at("answers.json"), "--out", at("pub2"), "--earlier", at("nothing.json"), ...again);
    expect([fresh.exit, fresh.err]).toEqual([1, expect.stringContaining("nothing.json is not there")]);
    const second = await call("monitor", "publish", at("answers.json"), "--out", at("pub2"), "--earlier", at("earlier.json"), "--first", ...again);
    expect([second.exit, second.err]).toEqual([1, expect.stringContaining("leave --first out")]);
  });
  it("says a figure as it is cited, and lays an invented publication where the server hands it out", async () => {
    const cited = await call("monitor", "cite", at("pub/publication.json"), "monitor-2026-1/any_aggression/alle");
    expect(cited.out).toMatch(/ongeveer \d+ van de 100 \(tussen \d+ en \d+\)[\s\S]*sha-256 [\w-]{43}/u);
    const placed = await call("monitor", "place", at("pub"), "--data", at("data"));
    expect(placed.exit).toBe(0);
    expect(JSON.parse(await readFile(at("data/publications/lijst.json"), "utf8"))).toEqual({ version: 1, publications: ["monitor-2026-1"] });
  });
  it("compares leaving from a file of terms of office", async () => {
    const rows = Array.from({ length: 400 }, (_, n) => `${1 + (n % 4)},${n % 3 === 0 ? 1 : 0},${n % 2}`);
    await writeFile(at("terms.csv"), `jaren,gestopt,agressie\n${rows.join("\n")}\n`);
    const { exit, out } = await call("monitor", "leaving", at("terms.csv"), "--exit", "jaren", "--left", "gestopt", "--met", "agressie");
    expect([exit, out]).toEqual([0, expect.stringMatching(/kansverhouding om in een periode te stoppen is [\d,]+ \(tussen/u)]);
  });
});

/** `rugdekking monitor publish` and what follows it, by command: files that stand alone, papers that are tagged, nothing remembered wrongly. Run by vitest only. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
    expect((await readdir(at("data/publications/monitor-2026-1"), { recursive: true })).toSorted()).toEqual(
      (await readdir(at("pub"), { recursive: true })).toSorted(),
    );
  });
  it.each([
    ["a file more", async (dir: string) => await writeFile(join(dir, "antwoorden.json"), "{}"), "antwoorden.json is not in inhoud.json"],
    ["a hidden file more", async (dir: string) => await writeFile(join(dir, "grafieken/.kladje"), ""), ".kladje is not in inhoud.json"],
    [
      "another table",
      async (dir: string) => await writeFile(join(dir, "tabel-alle.csv"), "figure\r\n"),
      "tabel-alle.csv is another file than inhoud.json says",
    ],
    ["a paper less", async (dir: string) => await rm(join(dir, "rapport.pdf")), "rapport.pdf is not there"],
  ])("lays out nothing of a folder with %s", async (_, change, message) => {
    const changed = await mkdtemp(at("changed-"));
    await cp(at("pub"), changed, { recursive: true });
    await change(changed);
    const { exit, err } = await call("monitor", "place", changed, "--data", at("data-changed"));
    expect([exit, err]).toEqual([1, expect.stringContaining(message)]);
    await expect(readdir(at("data-changed"))).rejects.toThrow();
  });
  it("takes laying out up again after it was cut off, and never changes what is out", async () => {
    const place = async (dir = at("pub")) => await call("monitor", "place", dir, "--data", at("data-cut"));
    const root = at("data-cut/publications");
    const list = async (): Promise<unknown> => JSON.parse(await readFile(join(root, "lijst.json"), "utf8"));
    // Cut off while the copy was made.
    await mkdir(join(root, ".monitor-2026-1.unfinished/grafieken"), { recursive: true });
    await writeFile(join(root, ".monitor-2026-1.unfinished/publication.json"), '{"half');
    expect((await place()).exit).toBe(0);
    expect((await readdir(root)).toSorted()).toEqual(["lijst.json", "monitor-2026-1"]);
    // Cut off before the list was written.
    await rm(join(root, "lijst.json"));
    expect((await place()).exit).toBe(0);
    expect(await list()).toEqual({ version: 1, publications: ["monitor-2026-1"] });
    // Other bytes under the same name.
    await writeFile(join(root, "monitor-2026-1/tabel-alle.csv"), "figure\r\n");
    const other = await place();
    expect([other.exit, other.err]).toEqual([1, expect.stringContaining("exists already, with other files")]);
    await writeFile(join(root, "lijst.json"), '{"version":1,');
    const broken = await place();
    expect([broken.exit, broken.err]).toEqual([1, expect.stringContaining("lijst.json is no list of publications")]);
  });
  it("takes publishing up again when it was cut off after it was remembered, and names what is in the way when before", async () => {
    const publish = async (earlier: string): ReturnType<typeof call> =>
      await call("monitor", "publish", at("answers.json"), "--out", at("cut"), "--earlier", at(earlier), "--on", "2026-12-17", ...publisher);
    await cp(at("pub"), at(".cut.unfinished"), { recursive: true });
    const nothing = { version: 1, guard: { version: 1, publications: [] }, atoms: [], answers: {} };
    await writeFile(at("before.json"), JSON.stringify(nothing));
    const before = await publish("before.json");
    expect([before.exit, before.err]).toEqual([1, expect.stringContaining(".cut.unfinished is there, of a run that was cut off")]);
    const after = await publish("earlier.json");
    expect([after.exit, after.out]).toEqual([0, expect.stringContaining("monitor-2026-1, made and remembered")]);
    expect((await readdir(at("cut"))).length).toBe((await readdir(at("pub"))).length);
  });
  it("compares leaving from a file of terms of office", async () => {
    const rows = Array.from({ length: 400 }, (_, n) => `${1 + (n % 4)},${n % 3 === 0 ? 1 : 0},${n % 2}`);
    await writeFile(at("terms.csv"), `jaren,gestopt,agressie\n${rows.join("\n")}\n`);
    const { exit, out } = await call("monitor", "leaving", at("terms.csv"), "--exit", "jaren", "--left", "gestopt", "--met", "agressie");
    expect([exit, out]).toEqual([0, expect.stringMatching(/kansverhouding om in een periode te stoppen is [\d,]+ \(tussen/u)]);
  });
});

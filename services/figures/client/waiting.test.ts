/** When facts leave, and what a device keeps of them. Run by vitest only. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { memoryDraftStore } from "#services/dossier/client/drafts.ts";
import { timesOf } from "#services/figures/contract/delivery.ts";
import { monthsOf, quarterOf } from "#services/figures/contract/facts.ts";
import { fileDraftStore } from "./kept-file.ts";
import { KeptFacts, quarterAt, sendMoment, whole, type KeptFact } from "./waiting.ts";

const hour = 3_600_000;

it("knows quarters by Dutch clocks, in summer and in winter, and gives what waits three days after the end", () => {
  expect(timesOf("2026-q4")).toEqual({
    opens: new Date("2026-09-30T22:00:00Z"),
    closes: new Date("2026-12-31T23:00:00Z"),
    ends: new Date("2027-01-03T23:00:00Z"),
  });
  expect(timesOf("2027-q1").opens).toEqual(timesOf("2026-q4").closes);
  for (const quarter of ["2026-q1", "2026-q2", "2026-q3", "2026-q4"]) for (const month of monthsOf(quarter)) expect(quarterOf(month)).toBe(quarter);
  expect(quarterAt(Date.parse("2026-12-31T23:00:00Z"))).toBe("2027-q1");
  expect(quarterAt(Date.parse("2026-12-31T22:59:59Z"))).toBe("2026-q4");
});

it("draws a moment between one hour and two days later, never past what the quarter takes", () => {
  const now = Date.parse("2026-11-10T12:00:00Z");
  expect([0, 0.5, 1].map((random) => (Date.parse(sendMoment("2026-q4", now, random)) - now) / hour)).toEqual([1, 24.5, 48]);
  const late = timesOf("2026-q4").ends.getTime() - 10 * hour;
  expect([0, 1].map((random) => (Date.parse(sendMoment("2026-q4", late, random)) - late) / hour)).toEqual([1, 9]);
});

it("states the month and, where the kind has one, a province of the register", () => {
  const now = Date.parse("2026-11-30T23:30:00Z");
  expect(whole({ version: 1, kind: "scan-requested", function: "province" }, "pv26", now)).toEqual({
    version: 1,
    kind: "scan-requested",
    month: "2026-12",
    province: "pv26",
    function: "province",
  });
  expect(whole({ version: 1, kind: "scan-requested", function: "other" }, "somewhere", now)).toMatchObject({ province: null });
  expect(whole({ version: 1, kind: "help-given", outcome: "helped", by: null }, "pv26", now)).not.toHaveProperty("province");
});

const folder = mkdtempSync(join(tmpdir(), "rugdekking-facts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["memory", memoryDraftStore()],
  ["a folder", fileDraftStore(join(folder, "facts"))],
])("keeps in %s what it can read back, and nothing of a quarter that is over", async (_where, store) => {
  const kept = new KeptFacts(() => Promise.resolve(store));
  const fact: KeptFact = {
    state: "asking",
    dossier: crypto.randomUUID(),
    person: "p",
    quarter: "2026-q4",
    fact: { version: 1, kind: "help-given", month: "2026-11", outcome: "helped", by: null },
    prepared: null,
  };
  await kept.write("one", fact);
  await store.write("old", { ...fact, state: "sent" });
  const now = Date.parse("2026-11-10T12:00:00Z");
  expect([...(await kept.all(now))]).toEqual([["one", fact]]);
  expect(await store.names()).toEqual(["one"]);
  expect((await kept.all(timesOf("2026-q4").ends.getTime())).size).toBe(0);
});

it("seals what lies in a folder, for its owner alone, and takes the key along with the last", async () => {
  const place = join(folder, "sealed");
  const store = fileDraftStore(place);
  const kept = new KeptFacts(() => Promise.resolve(store));
  await store.write("one", { word: "VERZONNEN-woord" });
  await store.write("two", { word: "VERZONNEN-woord" });
  for (const file of readdirSync(place)) {
    expect(readFileSync(join(place, file)).includes("VERZONNEN")).toBe(false);
    expect(statSync(join(place, file)).mode & 0o777).toBe(0o600);
  }
  // Bound to its name: swapped, it does not open.
  copyFileSync(join(place, "one.fact"), join(place, "two.fact"));
  expect([await store.read("one"), await store.read("two")]).toEqual([{ word: "VERZONNEN-woord" }, null]);
  await kept.remove("one");
  expect(existsSync(join(place, "key"))).toBe(true);
  await kept.remove("two");
  expect(existsSync(place)).toBe(false);
});

/**
 * A first entry arrived and its answer did not: the second try must find the dossier that stands, and a guest must keep the code to it. And after sending, the promise is the house's own. Real server, real keys; only
 * the answer is thrown away on its way back.
 */
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateReceiptCode } from "@rugdekking/seal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAsGuest } from "#services/directory/client/index.ts";
import { prepareDossier, readDue, type PreparedDossier } from "#services/dossier/client/index.ts";
import { askHelp, openHelp, readHelp, type AskedHelp } from "#services/support/client/index.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
/** How many answers to an opening still get lost. */
let losing = 0;
/** Bodies of openings, as they left. */
const posted: string[] = [];

beforeAll(async () => {
  const terms = join(tmpdir(), `rugdekking-terms-${process.pid}.json`);
  await writeFile(terms, JSON.stringify({ "help-take-up": { length: { workingDays: 3 }, acute: { hours: 7 } } }));
  stage = await openStage({
    settings: { terms },
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (init?.method !== "POST" || !String(input).endsWith("/api/v1/dossiers")) return answer;
      posted.push(typeof init.body === "string" ? init.body : "");
      if (losing === 0) return answer;
      losing -= 1;
      await answer.body?.cancel();
      throw new TypeError("the line went");
    },
  });
}, 120_000);
afterAll(async () => {
  await stage.close();
});

/** Every try of one send is lost: the client tries four times by itself. */
const allTries = 4;
const ask = async (words: string, code: string, prepared: PreparedDossier): Promise<AskedHelp> => {
  const { connection, trust } = stage.connect();
  return await askHelp(connection, {
    as: { guest: true, receiptCode: code },
    trust,
    desk: stage.company.desks.support,
    request: {
      words,
      answers: { seeker: null, situations: [], phase: null },
      name: "",
      organisationName: "",
      acute: true,
      contact: { how: "here", reach: "", wishes: "" },
    },
    prepared,
  });
};
const wordsIn = async (code: string, dossier: string): Promise<unknown> => {
  const { connection, trust } = stage.connect();
  const handle = await openHelp(await signInAsGuest(connection, { trust, device: "test", receiptCode: code }), dossier);
  const [first] = handle.entries;
  return first === undefined ? null : (await readHelp(handle, first)).body;
};

describe("a lost answer", () => {
  test("the same words again are the same bytes, and give the receipt and the code", async () => {
    const [code, prepared] = [generateReceiptCode(), prepareDossier()];
    losing = allTries;
    posted.length = 0;
    await expect(ask("demo: een keer", code, prepared)).rejects.toMatchObject({ code: "unavailable" });
    const asked = await ask("demo: een keer", code, prepared);
    expect(asked).toMatchObject({ dossier: prepared.dossier, receiptCode: code, earlier: false, receipt: { seq: 1 } });
    expect(new Set(posted).size).toBe(1);
    expect(prepared.unanswered).toHaveLength(1);
  }, 60_000);

  test("words changed after the cut: the dossier that stands is found, with its code, and that it holds the earlier words is said", async () => {
    const [code, prepared] = [generateReceiptCode(), prepareDossier()];
    losing = allTries;
    await expect(ask("demo: eerst", code, prepared)).rejects.toMatchObject({ code: "unavailable" });
    const asked = await ask("demo: later", code, prepared);
    expect(asked).toMatchObject({ dossier: prepared.dossier, receiptCode: code, earlier: true });
    expect(await wordsIn(code, asked.dossier)).toMatchObject({ words: "demo: eerst" });
  }, 60_000);

  test("an id that somebody else took stays refused", async () => {
    const prepared = prepareDossier();
    await ask("demo: van een ander", generateReceiptCode(), prepared);
    await expect(ask("demo: van mij", generateReceiptCode(), { ...prepared, unanswered: [] })).rejects.toMatchObject({ code: "already-there" });
  });
});

test("after sending, the moment shown is the one this house set, and null without a line", async () => {
  const { connection, trust } = stage.connect();
  const code = generateReceiptCode();
  const { dossier } = await ask("demo: wanneer", code, prepareDossier());
  const session = await signInAsGuest(connection, { trust, device: "test", receiptCode: code });
  const due = await readDue(session, dossier);
  // Seven hours by this house; the table says one.
  expect(Date.parse(due ?? "") - Date.now()).toBeGreaterThan(6 * 3_600_000);
  expect(await readDue(session, prepareDossier().dossier)).toBeNull();
}, 60_000);

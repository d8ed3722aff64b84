/** The server's clock jumps a day ahead and an hour back under sessions, terms, tokens and the log: people are let in or told to sign in, entries keep their order, the log only grows, and nothing answers with an error nobody foresaw. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspectHouse } from "#apps/server/inspect.ts";
import { steadyClock } from "#apps/server/steady-clock.ts";
import { signInAsGuest, type Session } from "#services/directory/client/index.ts";
import { checkReceipt, readWorklist } from "#services/dossier/client/index.ts";
import { followLog } from "#services/ledger/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, sendMessage, type FiledReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { watchAnswers } from "./served-house.ts";
import { openStage, type TestStage } from "./stage.ts";

const hour = 3_600_000;
let shift = 0;
let backs = 0;
let stage: TestStage;
const answers = watchAnswers();
const unforeseen: string[] = [];

beforeAll(async () => {
  // The very clock a house runs by, on a machine whose clock this test sets.
  const clock = steadyClock(() => (backs += 1), { wall: () => Date.now() + shift, monotonic: () => performance.now() });
  stage = await openStage({ fetch: answers.fetch, extras: { clock, unforeseen: ({ route, name }) => unforeseen.push(`${route} ${name}`) } });
}, 120_000);
afterAll(async () => {
  await stage.close();
});

async function file(words: string): Promise<FiledReport> {
  const { connection, trust } = stage.connect();
  return await fileReport(connection, {
    as: { guest: true },
    trust,
    desk: stage.company.desks.safety,
    report: reportDraft((field) => `${words} ${field}`),
    backOff: [],
  });
}
async function followUp({ dossier, receiptCode }: FiledReport, words: string): Promise<void> {
  const { connection, trust } = stage.connect();
  const session = await signInAsGuest(connection, { trust, device: "test", receiptCode: receiptCode ?? "" });
  await sendMessage(await openReport(session, dossier), words);
}
/** Goes on with a session, or is told to sign in again: nothing in between. */
async function look(session: Session): Promise<"goes on" | "signs in again"> {
  try {
    for await (const page of readWorklist(session, stage.company.desks.safety)) return page.lines.length >= 0 ? "goes on" : "signs in again";
    return "goes on";
  } catch (error) {
    if (error instanceof Problem && (error.code === "session-expired" || error.code === "session-missing")) return "signs in again";
    throw error;
  }
}

test("a day ahead, right again, and an hour back", async () => {
  const { log } = await stage.connect().trust.anchor();
  const enter = await stage.enrol("nieuw@demostad.example.nl");
  const before = await file("vooraf");
  let { signed } = await followLog(stage.house.url, log, null);

  shift = 24 * hour;
  const dayAhead = await file("een dag vooruit");
  await followUp(before, "demo: een dag vooruit");
  await stage.house.terms();
  await stage.house.sweep();
  await stage.house.erasures();
  const ahead = await enter();
  expect(await look(stage.company.safety)).toMatch(/goes on|signs in again/u);
  ({ signed } = await followLog(stage.house.url, log, signed));

  shift = 0;
  await followUp(dayAhead, "demo: weer goed");
  await followUp(before, "demo: weer goed");
  expect(ahead.person.person).toBe((await enter()).person.person);
  const right = await file("weer goed");
  await stage.house.terms();
  ({ signed } = await followLog(stage.house.url, log, signed));
  expect(backs).toBe(0);

  shift = -hour;
  const hourBack = await file("een uur terug");
  await followUp(right, "demo: een uur terug");
  await followUp(hourBack, "demo: een uur terug");
  await enter();
  await stage.house.terms();
  await stage.house.sweep();
  await followLog(stage.house.url, log, signed);
  expect(backs).toBeGreaterThan(0);

  shift = 0;
  const anchor = await stage.connect().trust.anchor();
  for (const filed of [before, dayAhead, right, hourBack]) {
    await checkReceipt(filed.receipt, anchor);
    const { connection, trust } = stage.connect();
    const session = await signInAsGuest(connection, { trust, device: "test", receiptCode: filed.receiptCode ?? "" });
    const { entries } = await openReport(session, filed.dossier);
    expect(entries.map(({ header: { seq } }) => seq)).toEqual(entries.map((_, place) => place + 1));
    const stated = entries.map(({ header: { at } }) => Date.parse(at));
    for (let place = 1; place < stated.length; place += 1) expect(stated[place] ?? 0).toBeGreaterThanOrEqual((stated[place - 1] ?? 0) - 5 * 60_000);
  }
  expect((await inspectHouse(stage.database.db, log)).faults).toEqual([]);
  expect(answers.bad).toEqual([]);
  expect(unforeseen).toEqual([]);
}, 120_000);

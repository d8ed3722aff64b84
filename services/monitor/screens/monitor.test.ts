/** Holds the respondent's pages to what they may not load: the numbers of the help block are those of registers/provisions, and a client is there only when one was given. Run by vitest only. */
import { expect, it } from "vitest";
import { provisions } from "#registers/provisions/index.ts";
import type { MonitorClient } from "#services/monitor/client/monitor-client.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { monitorRefusals } from "#services/monitor/client/monitor-client.ts";
import { contacts } from "./contacts.ts";
import { en } from "./en.ts";
import { writeMonitorUntil } from "./language.ts";
import { fy } from "./fy.ts";
import { monitorClient, setMonitorClient } from "./monitor-client-maker.ts";
import { nl } from "./nl.ts";
import { sendWaiting } from "./send.ts";

it("shows the numbers the register of provisions has", () => {
  const phone = (id: string): unknown => [...provisions.values()].find((one) => one.id === id)?.phone;
  expect({ emergency: phone("emergency"), team: phone("support-team"), police: phone("police") }).toEqual(contacts);
});

it("has words for every refusal, in three languages", () => {
  for (const words of [nl, en, fy]) expect(Object.keys(words.refusals).toSorted()).toEqual([...monitorRefusals].toSorted());
});

it("says the anonymity in four sentences, in three languages", () => {
  for (const { start } of [nl, en, fy]) expect(start.sentences).toHaveLength(4);
});

it("says the last day, and the time where the day goes on after it", () => {
  expect(writeMonitorUntil("nl", "2026-12-18T23:00:00Z")).toBe("vrijdag 18 december");
  expect(writeMonitorUntil("nl", "2026-12-18T13:00:00Z")).toBe("vrijdag 18 december 13:59");
  expect(writeMonitorUntil("en", "2026-12-18T23:00:00Z", "with-year")).toBe("18 December 2026");
});

it("knows no client until the app gives one", async () => {
  await expect(monitorClient()).rejects.toThrow("No client of the Monitor was set");
  const none = async (): Promise<never> => await Promise.reject(new Error("not asked here"));
  const client: MonitorClient = { openWave: none, prepareToken: none, collectToken: none, answer: none };
  setMonitorClient(async () => client);
  expect(await monitorClient()).toBe(client);
});

it("says that the page is too old for a questionnaire of after it, and sends nothing", async () => {
  const asked: unknown[] = [];
  const none = async (): Promise<never> => await Promise.reject(new Error("not asked here"));
  const answer: MonitorClient["answer"] = async (_token, record) => {
    asked.push(record);
    return "accepted";
  };
  setMonitorClient(async () => ({ openWave: none, prepareToken: none, collectToken: none, answer }));
  const title = { nl: "Monitor", en: "Monitor", fy: "Monitor" };
  const moment = "2026-12-18T23:00:00.000Z";
  const waiting: Extract<Participation, { readonly state: "waiting" | "answering" }> = {
    state: "waiting",
    wave: { id: "w s", title, questionnaire: { set: "monitor", version: 99 }, recallMonths: 12, details: false, closes: moment, ends: moment, stratum: [] },
    token: "t",
    notBefore: moment,
    answers: {},
  };
  await expect(sendWaiting(waiting)).rejects.toMatchObject({ code: "app-old" });
  expect(asked).toEqual([]);
});

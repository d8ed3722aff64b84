/** Holds the respondent's pages to what they may not load: the numbers of the help block are those of registers/provisions, and a client is there only when one was given. Run by vitest only. */
import { expect, it } from "vitest";
import { provisions } from "#registers/provisions/index.ts";
import type { MonitorClient } from "#services/monitor/client/monitor-client.ts";
import { monitorRefusals } from "#services/monitor/client/monitor-client.ts";
import { contacts } from "./contacts.ts";
import { en } from "./en.ts";
import { fy } from "./fy.ts";
import { hasMonitorClient, monitorClient, setMonitorClient } from "./monitor-client-maker.ts";
import { nl } from "./nl.ts";

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

it("knows no client until the app gives one", async () => {
  expect([hasMonitorClient(), await monitorClient()]).toEqual([false, null]);
  const none = async (): Promise<never> => await Promise.reject(new Error("not asked here"));
  const client: MonitorClient = { openWave: none, prepareToken: none, collectToken: none, answer: none };
  setMonitorClient(async () => client);
  expect([hasMonitorClient(), await monitorClient()]).toEqual([true, client]);
});

/** A report that was begun, and the code of one that was sent, must not outlive "Snel weg": a browser may keep the page it leaves and show it again. */
import { afterEach, expect, test, vi } from "vitest";
import { leave } from "#services/interface/leave.ts";
import { beginWith } from "./begin.ts";
import { attempt } from "./send.ts";
import { unconfirmed } from "./unconfirmed.ts";

afterEach(() => vi.unstubAllGlobals());

test("leaving forgets what it began with, the code that was not confirmed, and a report that was not yet answered", async () => {
  vi.stubGlobal("document", { documentElement: { dataset: {} }, title: "" });
  vi.stubGlobal("history", { state: null });
  vi.stubGlobal("location", { replace: () => undefined });
  const dossier = "01980000-0000-7000-8000-000000000000";
  const receipt = { dossier, seq: 1, entry: "", proof: "" };
  unconfirmed.set({ dossier, code: "demo", due: null, earlier: false, stamps: null, receipt });
  attempt.set({ code: "demo", prepared: { dossier, key: new Uint8Array(32), unanswered: [] } });
  beginWith.set("threat");
  await leave();
  expect([unconfirmed.get(), attempt.get(), beginWith.get()]).toEqual([null, null, null]);
});

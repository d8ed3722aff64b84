/** What somebody answered, asked and was given a code for must not outlive "Snel weg": a browser may keep the page it leaves and show it again. */
import { afterEach, expect, test, vi } from "vitest";
import { leave } from "#services/interface/leave.ts";
import { given, noAnswers } from "#services/support/screens/help/answers.ts";
import { attempt, unconfirmed } from "./send.ts";

afterEach(() => vi.unstubAllGlobals());

test("leaving forgets the answers, the code that was not confirmed, and a request that was not yet answered", async () => {
  vi.stubGlobal("document", { documentElement: { dataset: {} }, title: "" });
  vi.stubGlobal("history", { state: null });
  vi.stubGlobal("location", { replace: () => undefined });
  given.set({ answers: { ...noAnswers, situations: ["dark"] }, step: 2 });
  unconfirmed.set({ dossier: "01980000-0000-7000-8000-000000000000", code: "demo", due: null, earlier: false });
  attempt.set({ code: "demo", prepared: { dossier: "01980000-0000-7000-8000-000000000000", key: new Uint8Array(32), unanswered: [] } });
  await leave();
  expect([given.get(), unconfirmed.get(), attempt.get()]).toEqual([{ answers: noAnswers, step: 0 }, null, null]);
});

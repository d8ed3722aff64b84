/** What pages tell each other about evidence must not outlive "Snel weg": a browser may keep the page it leaves and show it again. */
import { afterEach, expect, test, vi } from "vitest";
import { leave } from "#services/interface/leave.ts";
import { addTo, brought } from "./begin.ts";

afterEach(() => vi.unstubAllGlobals());

test("leaving forgets which dossier somebody came from, and the files they were bringing", async () => {
  vi.stubGlobal("document", { documentElement: { dataset: {} }, title: "" });
  vi.stubGlobal("history", { state: null });
  vi.stubGlobal("location", { replace: () => undefined });
  addTo.set("01980000-0000-7000-8000-000000000000");
  brought.set([new File(["x"], "x.txt")]);
  await leave();
  expect([addTo.get(), brought.get()]).toEqual([null, []]);
});

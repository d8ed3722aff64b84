/** Where a person's own evidence may go: their own reports, and the dossier they came from on purpose. */
import { expect, test } from "vitest";
import { reportsOf } from "./own-reports.ts";

const mine = { id: "mine", kind: "report", phase: "filed", opened: "2026-11-01T10:00:00.000Z", roles: ["reporter"] } as const;
const newer = { ...mine, id: "newer", opened: "2026-11-20T10:00:00.000Z" } as const;
const closed = { ...mine, id: "closed", phase: "closed" } as const;
const scan = { ...mine, id: "scan", kind: "scan" } as const;
const stranger = { ...mine, id: "stranger", opened: "2026-10-01T10:00:00.000Z", phase: "in-hand", roles: ["safety-desk"] } as const;
const consulted = { ...mine, id: "consulted", phase: "in-hand", roles: ["consulted"] } as const;
const all = [mine, closed, scan, stranger, consulted, newer];
const ids = (came: string | null): string[] => reportsOf(all, came).map(({ id }) => id);

test("a desk member is offered the reports they filed, and none that the desk handles for others", () => {
  expect(ids(null)).toEqual(["newer", "mine"]);
});
test("the report a desk member came from is offered as well", () => {
  expect(ids("stranger")).toEqual(["newer", "mine", "stranger"]);
});
test("coming from a dossier that takes no evidence from this reader offers nothing more", () => {
  for (const came of ["closed", "scan", "consulted"]) expect(ids(came)).toEqual(["newer", "mine"]);
});

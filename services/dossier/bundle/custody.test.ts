/** The chain of custody as a list: moments are compared as moments, however many digits whoever signed gave them, and one that does not exist is refused before it gets here. */
import { Check } from "typebox/value";
import { describe, expect, test } from "vitest";
import { Moment } from "#services/directory/contract/index.ts";
import type { ConsentPayload, EntryHeader } from "#services/dossier/contract/index.ts";
import { custodyOf } from "./custody.ts";

const ids = { dossier: "0199b1c4-1111-7222-8333-444455556666", person: "0199b1c4-2222-7222-8333-444455556666", desk: "0199b1c4-3333-7222-8333-444455556666" };
const reference = { item: ids.dossier, digest: "A".repeat(43), size: 1 };

const header = (seq: number, at: string, role: EntryHeader["author"]["role"]): EntryHeader => ({
  dossier: ids.dossier,
  seq,
  previous: null,
  kind: "message",
  action: null,
  author: { person: ids.person, role, desk: null },
  at,
  body: reference,
  attachments: [],
});
const consent = (at: string): ConsentPayload => ({
  consent: ids.dossier,
  dossier: ids.dossier,
  by: ids.person,
  to: { desk: ids.desk, role: "expert-desk" },
  purpose: "security-scan",
  scope: { everything: true },
  until: "2099-01-01T00:00:00Z",
  at,
});
const listOf = (headers: readonly EntryHeader[], consents: readonly ConsentPayload[]): readonly string[] =>
  custodyOf({ headers, grants: [], consents, desks: new Map(), takenBy: ids.person, madeAt: "2026-03-12T10:00:00Z" }).map(({ what }) => what);

test("whoever signed half a second after an entry signed as its author, and stands behind it", () => {
  const lines = listOf(
    [header(1, "2026-03-12T09:11:59Z", "reporter"), header(2, "2026-03-12T09:12:00Z", "safety-desk")],
    [consent("2026-03-12T09:12:00.500Z")],
  );
  expect(lines[1]).toMatch(/^het veiligheidspunt schreef/u);
  expect(lines[2]).toMatch(/^het veiligheidspunt gaf toestemming/u);
});

describe("a moment in a signed statement", () => {
  const at = (text: string): boolean => Check(Moment, text);

  test.each(["2026-03-12T09:12:00Z", "2026-03-12T23:59:59.999Z", "2028-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2026-12-31T00:00:00.5Z"])(
    "%s is one, and Date reads it",
    (text) => {
      expect(at(text)).toBe(true);
      expect(new Date(Date.parse(text)).toISOString().slice(0, 19)).toBe(text.slice(0, 19));
    },
  );

  test.each([
    "2026-02-29T00:00:00Z",
    "2026-02-31T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-03-12T24:00:00Z",
    "2026-03-12T09:12:00",
    "2026-03-12T09:12:00+01:00",
    "2026-03-12 09:12:00Z",
    "2026-03-12T09:12Z",
    "2026-03-12",
    "12 March 2026",
    "1",
  ])("%s is none", (text) => expect(at(text)).toBe(false));
});

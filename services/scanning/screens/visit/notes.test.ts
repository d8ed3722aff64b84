/** The notes of a visit: they fit the sealed visit, build on what was sent before, and a choice between two tablets settles it. */
import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import type { VisitPack } from "#services/scanning/client/pack.ts";
import { Finding, VisitAnswers } from "#services/scanning/contract/index.ts";
import { newId } from "#services/scanning/screens/local-id.ts";
import {
  answered,
  choose,
  countPhotos,
  differences,
  emptyNotes,
  isNoted,
  isNotes,
  ontoPack,
  placed,
  toSend,
  withFinding,
  withoutPhoto,
  withPhotos,
  type Notes,
} from "./notes.ts";

const dossier = "0197f3a0-0000-7000-8000-000000000001";
const pack: VisitPack = {
  version: 1,
  dossier,
  phase: "planned",
  may: true,
  lastSeq: 4,
  latest: "2026-11-25T10:00:00.000Z",
  request: null,
  appointment: null,
  set: "veilig-wonen",
  setVersion: 2,
  visits: [],
  lock: { sentence: "", readers: [] },
};
const other = (value: string, seq = 5): VisitPack => ({
  ...pack,
  lastSeq: seq,
  visits: [
    {
      seq,
      on: "2026-11-25",
      by: "Aafke Demo",
      findings: [],
      answers: { set: "veilig-wonen", setVersion: 2, after: 4, answers: [{ question: "alarm", value, note: "" }] },
    },
  ],
});
const start = emptyNotes(pack, "2026-11-25");
const photo = { id: "0197f3a0-0000-4000-8000-000000000002", name: "foto.jpg", takenAt: null, question: "street-photo", width: 10, height: 10, size: 10 };
const noted = (): Notes => {
  const finding = {
    id: newId("f"),
    topic: null,
    question: null,
    place: null,
    domain: "wonen",
    ring: "shell",
    observation: "Gezien",
    seriousness: "low",
    photos: [photo.id],
    from: null,
  } as const;
  return withFinding(answered(countPhotos(withPhotos(start, [photo]), "street-photo"), { question: "alarm", value: "no", note: "" }), {
    ...finding,
    photos: [photo.id],
  });
};

describe("notes", () => {
  it("are of a shape that is read back, and know whether anything was noted", () => {
    expect(isNotes(JSON.parse(JSON.stringify(noted())))).toBe(true);
    expect([isNoted(start), isNoted(noted())]).toEqual([false, true]);
  });
  it("fit the sealed visit once they are sent", () => {
    const { answers, findings, photos } = toSend(
      noted(),
      async () => null,
      () => "Vraag",
    );
    expect(Check(VisitAnswers, answers)).toBe(true);
    expect(findings.every((finding) => Check(Finding, finding))).toBe(true);
    expect(photos.map(({ note }) => note)).toEqual(["Vraag"]);
  });
  it("count photos as the answer of their question, down to none", () => {
    const full = noted();
    expect(full.answers.find(({ question }) => question === "street-photo")?.value).toBe(1);
    const empty = countPhotos(withoutPhoto(full, photo.id), "street-photo");
    expect(empty.answers.some(({ question }) => question === "street-photo")).toBe(false);
    expect(empty.findings[0]?.photos).toEqual([]);
  });
  it("take the ring of the place a finding is put on", () => {
    const [finding] = noted().findings;
    expect(placed(noted(), finding?.id ?? "", null, "plot").findings).toHaveLength(1);
  });
});

describe("two tablets", () => {
  it("where both say the same, notes move onto the newer dossier by themselves", () => {
    expect(ontoPack(answered(start, { question: "alarm", value: "no", note: "" }), other("no")).after).toBe(5);
  });
  it("where they differ, notes wait for a choice, and the choice settles it", () => {
    const mine = ontoPack(answered(start, { question: "alarm", value: "no", note: "" }), other("yes"));
    expect(mine.after).toBe(4);
    const [open] = differences(mine, other("yes"));
    expect(open?.now.answer.value).toBe("no");
    const chosen = choose(mine, other("yes"), { question: "alarm", value: "yes", note: "" });
    expect(differences(chosen, other("yes"))).toEqual([]);
    expect([chosen.after, chosen.chosen]).toEqual([5, []]);
  });
});

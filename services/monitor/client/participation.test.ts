/** Holds what a device keeps of a participation: a moment by chance inside the wave, nothing that leads back to the invitation once the token is there, and what was kept is read or refused. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpenWave } from "./monitor-client.ts";
import { mostHold } from "#services/monitor/contract/index.ts";
import { due, ended, lastMoment, parseParticipation, sendMoment, type Participation } from "./participation.ts";

const words = (text: string) => ({ nl: text, en: text, fy: text });
const wave: OpenWave = {
  id: "2026",
  title: words("Monitor 2026"),
  questionnaire: { set: "monitor", version: 1 },
  recallMonths: 12,
  details: true,
  closes: "2026-12-18T23:00:00.000Z",
  ends: "2026-12-21T23:00:00.000Z",
  stratum: [words("raadslid"), words("gemeente")],
};
const notBefore = "2026-11-27T03:12:00.000Z";
const kept: readonly Participation[] = [
  { state: "collecting", wave, code: "ABCD-EFGH", prepared: "p" },
  { state: "collected", wave, token: "t", notBefore },
  { state: "answering", wave, token: "t", notBefore, answers: { status: "serving", channels: ["mail"] } },
  { state: "waiting", wave, token: "t", notBefore, answers: { status: "refused" } },
  { state: "sent", wave },
];
const start = Date.parse("2026-11-26T10:00:00Z");

describe("the moment of sending", () => {
  it("lies between an hour and a day after collecting, and never in the last hour of the wave", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: lastMoment(wave) - 3_600_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (now, random) => {
          const at = Date.parse(sendMoment(wave, now, random));
          expect(at).toBeGreaterThanOrEqual(now + 3_600_000);
          expect(at).toBeLessThanOrEqual(Date.parse(wave.ends) - 3_600_000);
          expect(at).toBeLessThanOrEqual(now + mostHold * 3_600_000);
        },
      ),
      { seed: 12 },
    );
  });
  it("is an hour off at least, also in the last minute of a wave that ends as soon as it may, and by a clock that runs ahead", () => {
    const short = { ...wave, ends: new Date(Date.parse(wave.closes) + mostHold * 3_600_000).toISOString() };
    for (const now of [Date.parse(wave.closes) - 60_000, Date.parse(short.ends) + 60_000])
      for (const random of [0, 0.999]) expect(Date.parse(sendMoment(short, now, random))).toBeGreaterThanOrEqual(now + 3_600_000);
    expect(Date.parse(sendMoment(short, Date.parse(wave.closes) - 60_000, 0.999))).toBeLessThan(Date.parse(short.ends) - 3_600_000);
  });
  it("is past for good once it was sent or the wave has ended", () => {
    for (const one of kept) {
      expect([one.state, ended(one, Date.parse(wave.ends) - 1)]).toEqual([one.state, one.state === "sent"]);
      expect([one.state, ended(one, Date.parse(wave.ends))]).toEqual([one.state, true]);
    }
  });
  it("is spread evenly over its day", () => {
    const hours = [0, 0.25, 0.5, 0.75].map((random) => (Date.parse(sendMoment(wave, start, random)) - start) / 3_600_000);
    expect(hours).toEqual([1, 6.75, 12.5, 18.25]);
  });
  it("has come only for what waits", () => {
    for (const one of kept) expect([one.state, due(one, Date.parse(notBefore))]).toEqual([one.state, one.state === "waiting"]);
    expect(due(kept[3] ?? null, Date.parse(notBefore) - 1)).toBe(false);
    expect(due(null, start)).toBe(false);
  });
});

describe("what is kept", () => {
  it("reads back as it was written", () => {
    for (const one of kept) expect(parseParticipation(JSON.parse(JSON.stringify(one)))).toEqual(one);
  });
  it("holds no code once the token is there, and no token or answers once they were sent", () => {
    for (const one of kept) expect([one.state, "code" in one]).toEqual([one.state, one.state === "collecting"]);
    const after = parseParticipation({ ...kept[3], state: "sent", code: "ABCD-EFGH" });
    expect(after).toEqual({ state: "sent", wave });
  });
  it("is as if nothing was collected when it has another form", () => {
    for (const value of [
      null,
      1,
      [],
      {},
      { state: "waiting" },
      { ...kept[1], notBefore: "soon" },
      { ...kept[1], wave: { ...wave, ends: "some day" } },
      { ...kept[2], answers: { status: 1 } },
      { ...kept[1], state: "lost" },
    ]) {
      expect(parseParticipation(value)).toBeNull();
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseParticipation(value)));
  });
});

/** Holds the matching to what it promises: who sees what, in which order, why, and when someone can be reached on Dutch clocks and holidays. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { provisions } from "#registers/provisions/index.ts";
import { helpPhases, helpSituations, seekers, type HelpAnswers, type Hours } from "#services/support/contract/situation.ts";
import type { Peer } from "#services/support/contract/peers.ts";
import { isReachable } from "./hours.ts";
import { matchHelp, peersFor, reachableAt } from "./index.ts";

const nothing: HelpAnswers = { seeker: null, situations: [], phase: null };
const thursdayNight = new Date("2026-11-26T22:30:00Z");
const ids = (answers: Partial<HelpAnswers>, moment = thursdayNight): string[] =>
  matchHelp({ ...nothing, ...answers }, moment).map(({ provision }) => provision.id);
const anyAnswers = fc.record({
  seeker: fc.option(fc.constantFrom(...seekers), { nil: null }),
  situations: fc.uniqueArray(fc.constantFrom(...helpSituations)),
  phase: fc.option(fc.constantFrom(...helpPhases), { nil: null }),
});
const anyMoment = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2030-12-31T00:00:00Z"), noInvalidDate: true });

describe("matching", () => {
  it("puts 112 first, whatever was answered and at whatever moment", () => {
    fc.assert(fc.property(anyAnswers, anyMoment, (answers, moment) => matchHelp(answers, moment)[0]?.provision.id === "emergency"));
  });
  it("leaves nobody alone: whatever was answered, someone besides 112 can be called day and night or reached here", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) =>
        matchHelp(answers, thursdayNight).some(({ provision: { id, page, hours } }) => id !== "emergency" && (page !== null || hours === "always")),
      ),
    );
  });
  it("is the same for the same answers, in whatever order they were given", () => {
    fc.assert(
      fc.property(anyAnswers, anyMoment, (answers, moment) => {
        const turned = { ...answers, situations: answers.situations.toReversed() };
        const order = (given: HelpAnswers): string[] => matchHelp(given, moment).map(({ provision }) => provision.id);
        expect(order(turned)).toEqual(order(answers));
      }),
    );
  });
  it("does not depend on the order of the register, save among equals", () => {
    const turned = provisions.toReversed();
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const scores = (among: typeof provisions): number[] => matchHelp(answers, thursdayNight, among).map(({ score }) => score);
        expect(scores(turned)).toEqual(scores(provisions));
      }),
    );
  });
  it("shows a griffier, and a candidate with a question mark, that it can be reported to the organisation; and claims no hours of the police that no source gives", () => {
    expect(ids({ seeker: "staff", situations: ["threat"] })).toContain("own-organisation");
    const candidate = matchHelp({ ...nothing, seeker: "candidate", situations: ["threat"] }, thursdayNight).find(
      ({ provision }) => provision.id === "own-organisation",
    );
    expect(candidate?.reasons.map(({ code }) => code)).toContain("unsure");
    expect(provisions.find(({ id }) => id === "police")?.hours).toBeNull();
  });
  it("shows everything as long as nothing was answered", () => {
    expect(ids({}).toSorted()).toEqual(provisions.map(({ id }) => id).toSorted());
  });
  it("never leaves out by one more situation what was shown before", () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...helpSituations), (answers, more) => {
        if (answers.situations.length === 0) return;
        const before = ids(answers);
        expect(ids({ ...answers, situations: [...new Set([...answers.situations, more])] })).toEqual(expect.arrayContaining(before));
      }),
    );
  });
  test.each([
    ["dark", "lifeline"],
    ["private", "safe-at-home"],
  ] as const)("%s leads to %s right after 112", (situation, id) => {
    for (const seeker of seekers) expect([seeker, ids({ seeker, situations: [situation] })[1]]).toEqual([seeker, id]);
  });
  it("gives a councillor the scan of their own and an alderman the one of the Regeling, never the other's", () => {
    const [councillor, alderman] = [ids({ seeker: "councillor", situations: ["at-home"] }), ids({ seeker: "alderman", situations: ["at-home"] })];
    expect([councillor.includes("councillor-scan"), councillor.includes("security-scan")]).toEqual([true, false]);
    expect([alderman.includes("councillor-scan"), alderman.includes("security-scan")]).toEqual([false, true]);
  });
  it("shows whom no source names, lower and with that reason", () => {
    const of = (seeker: "mayor" | "committee-member") =>
      matchHelp({ seeker, situations: ["threat"], phase: "now" }, thursdayNight).find(({ provision }) => provision.id === "support-team");
    expect(of("committee-member")?.reasons).toContainEqual({ code: "unsure", seeker: "committee-member" });
    expect(of("mayor")?.score).toBeGreaterThan(of("committee-member")?.score ?? Infinity);
  });
  it("gives as reasons only what was said", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const { provision, reasons } of matchHelp(answers, thursdayNight)) {
          expect([provision.id, reasons.length > 0]).toEqual([provision.id, true]);
          for (const reason of reasons) {
            if (reason.code === "situation") expect(answers.situations).toContain(reason.situation);
            if (reason.code === "seeker" || reason.code === "unsure") expect(answers.seeker).toBe(reason.seeker);
            if (reason.code === "phase") expect(answers.phase).toBe(reason.phase);
          }
        }
      }),
    );
  });
  it("puts at night, when it happens now, who answers at night above a number of which nobody knows, and that above who has none", () => {
    const found = ids({ seeker: "alderman", situations: ["threat"], phase: "now" });
    expect(found.indexOf("support-team")).toBeLessThan(found.indexOf("confidant-wethouders"));
    expect(found.slice(0, 4)).toEqual(["emergency", "support-team", "own-organisation", "police"]);
  });
});

describe("hours", () => {
  const office: Hours = { week: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }], holidays: "closed" };
  const at = (moment: string, hours: Hours = office) => reachableAt(hours, new Date(moment));
  it("open on Dutch clocks, winter and summer, to the minute", () => {
    expect(at("2026-11-26T07:59:59Z").state).toBe("closed");
    expect(at("2026-11-26T08:00:00Z")).toEqual({ state: "open", until: new Date("2026-11-26T16:00:00Z") });
    expect(at("2026-11-26T16:00:00Z").state).toBe("closed");
    expect(at("2026-07-01T07:00:00Z")).toEqual({ state: "open", until: new Date("2026-07-01T15:00:00Z") });
  });
  it("say when next: over the night, the weekend, and the change of the clock", () => {
    expect(at("2026-11-26T20:00:00Z")).toEqual({ state: "closed", opens: new Date("2026-11-27T08:00:00Z") });
    expect(at("2026-11-27T20:00:00Z")).toEqual({ state: "closed", opens: new Date("2026-11-30T08:00:00Z") });
    expect(at("2027-03-26T20:00:00Z")).toEqual({ state: "closed", opens: new Date("2027-03-30T07:00:00Z") });
  });
  it("closed on King's Day, Christmas and Easter Monday, and open after them", () => {
    expect(at("2026-04-27T10:00:00Z")).toEqual({ state: "closed", opens: new Date("2026-04-28T07:00:00Z") });
    expect(at("2026-12-25T10:00:00Z")).toEqual({ state: "closed", opens: new Date("2026-12-28T08:00:00Z") });
    expect(at("2027-03-29T10:00:00Z")).toEqual({ state: "closed", opens: new Date("2027-03-30T07:00:00Z") });
    expect(at("2026-12-25T10:00:00Z", { ...office, holidays: "open" }).state).toBe("open");
  });
  it("are not known on a holiday when no source says so", () => {
    expect(at("2026-12-25T10:00:00Z", { ...office, holidays: "unknown" })).toEqual({ state: "holiday", opens: new Date("2026-12-28T08:00:00Z") });
    expect(isReachable({ ...office, holidays: "unknown" }, new Date("2026-12-25T10:00:00Z"))).toBe(false);
  });
  it("are always, or unknown", () => {
    expect([at("2026-12-25T02:00:00Z", "always"), at("2026-12-25T02:00:00Z", null)]).toEqual([{ state: "always" }, { state: "unknown" }]);
  });
  it("keep their word: at the moment that is named it is open, a minute before it is not", () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        const now = reachableAt(office, moment);
        if (now.state !== "closed" || now.opens === null) return;
        expect(reachableAt(office, now.opens).state).toBe("open");
        expect(reachableAt(office, new Date(now.opens.getTime() - 60_000)).state).toBe("closed");
      }),
    );
  });
});

describe("peers", () => {
  const peer = (id: string, change: Partial<Peer>): Peer => ({
    id,
    name: id,
    kind: "peer",
    office: "oud-wethouder",
    seekers: [],
    situations: [],
    reach: "",
    hours: null,
    away: null,
    note: "",
    ...change,
  });
  const asked: HelpAnswers = { seeker: "alderman", situations: ["threat"], phase: "now" };
  const order = (peers: readonly Peer[]): string[] => peersFor(asked, peers, thursdayNight, "2026-11-26").map((one) => one.peer.id);
  it("are ordered by matter, office, whether they answer now, and name", () => {
    const list = [
      peer("z", {}),
      peer("a", {}),
      peer("now", { hours: "always" }),
      peer("office", { seekers: ["alderman"] }),
      peer("matter", { situations: ["threat"] }),
    ];
    expect(order(list)).toEqual(["matter", "office", "now", "a", "z"]);
  });
  it("leave out who is for other offices or other matters", () => {
    expect(order([peer("mayors", { seekers: ["mayor"] }), peer("online", { situations: ["online-hate"] }), peer("both", {})])).toEqual(["both"]);
  });
  it("stand last while they are away, up to and including the day", () => {
    expect(order([peer("away", { away: "2026-11-26", seekers: ["alderman"], situations: ["threat"] }), peer("b", {})])).toEqual(["b", "away"]);
    expect(order([peer("back", { away: "2026-11-25", seekers: ["alderman"] }), peer("b", {})])).toEqual(["back", "b"]);
  });
});

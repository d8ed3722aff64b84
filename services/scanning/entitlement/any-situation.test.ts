/** What holds for any situation whatever (lid 1 to 7): no yes without every condition, nobody without a way, no gap in a sentence. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { functions, ways } from "#registers/functions/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import type { RequestBody } from "#services/scanning/contract/index.ts";
import { decide, entitlementBodyOf, entitlementOf, sentences, situationOf, withSettings, type Situation } from "./index.ts";
import { complete } from "./testing.ts";

const day = fc.integer({ min: 0, max: 4_000 }).map((days) => new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const dayOrNull = fc.option(day);
const situations: fc.Arbitrary<Situation> = fc
  .record({
    function: fc.constantFrom(...officeFunctions),
    on: day,
    capacity: fc.constantFrom("ordinary", "acting", "suspended"),
    standing: fc.constantFrom("appointed", "certain", "left", "neither", "unknown"),
    since: dayOrNull,
    until: dayOrNull,
    home: fc.constantFrom("inside", "outside", "unknown"),
    ontheffing: fc.record({ state: fc.constantFrom("granted", "requested", "refused", "not-asked", "unknown"), until: dayOrNull }),
    certificate: fc.record({ state: fc.constantFrom("issued", "applied", "none", "unknown"), issuedOn: dayOrNull, validUntil: dayOrNull }),
    exception: fc.option(fc.record({ by: fc.constantFrom("", "Demo"), on: dayOrNull, reason: fc.constantFrom("", "Monument") })),
    moved: fc.boolean(),
    advice: fc.record({ analysis: fc.boolean(), assessment: fc.boolean(), adoptedOn: dayOrNull, forThisHome: fc.boolean() }),
    municipalities: fc.integer({ min: 1, max: 3 }),
  } satisfies { [K in keyof Situation]: fc.Arbitrary<Situation[K]> })
  .map((one) => (one.since !== null && one.until !== null && one.until < one.since ? { ...one, until: null } : one));
const situationKeys = [
  "on",
  "capacity",
  "standing",
  "since",
  "until",
  "home",
  "ontheffing",
  "certificate",
  "exception",
  "moved",
  "advice",
  "function",
] as const satisfies readonly (keyof Situation)[];
/** Biased to what is met, so that claims occur too. */
const nearly: fc.Arbitrary<Situation> = fc
  .tuple(situations, fc.uniqueArray(fc.constantFrom(...situationKeys), { maxLength: 3 }))
  .map(([any, keys]) => ({ ...complete, ...Object.fromEntries(keys.map((key) => [key, any[key]])) }))
  .filter((one) => one.since === null || one.until === null || one.until >= one.since);

describe("for any situation", () => {
  it("never says yes when a condition is not met or not known, and says yes when all are", () => {
    let yes = 0;
    fc.assert(
      fc.property(fc.oneof(situations, nearly), (situation) => {
        const decision = decide(situation);
        const all = decision.conditions.every(({ state }) => state === "met" || state === "by-exception");
        expect(decision.claim).toBe(all);
        expect(decision.outcome === "claim").toBe(all);
        if (decision.claim) {
          yes += 1;
          expect(decision.mayStart).toBe(true);
          expect(functions.get(situation.function)?.regeling).not.toBeNull();
          expect(situation.advice).toMatchObject({ analysis: true, assessment: true, forThisHome: true });
        }
      }),
      { numRuns: 2_000 },
    );
    expect(yes).toBeGreaterThan(20);
  });
  it("never says yes without a certificate that is valid on the day, or a whole exception", () => {
    fc.assert(
      fc.property(fc.oneof(situations, nearly), (situation) => {
        if (!decide(situation).claim) return;
        const { certificate, exception, on } = situation;
        const valid = certificate.state === "issued" && certificate.validUntil !== null && certificate.validUntil >= on;
        const excepted = exception !== null && exception.by !== "" && exception.reason !== "" && exception.on !== null && exception.on <= on;
        expect(valid || excepted).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
  it("leaves nobody without a way, and gives every unmet condition that can be mended something to do", () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const decision = decide(situation);
        expect(decision.claim || decision.ways.length > 0).toBe(true);
        for (const one of decision.conditions) if (one.state === "not-known" || (one.state === "not-met" && !one.final)) expect(one.todo).not.toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
  it("leaves no gap in a sentence", () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const decision = decide(situation);
        const said = [decision.verdict, ...decision.conditions, ...decision.grounds, ...decision.todo, ...decision.ways];
        for (const { nl, en } of said) expect(`${nl} ${en}`).not.toMatch(/[{}]/u);
      }),
      { numRuns: 500 },
    );
  });
  it("refuses what is no situation with a code, whatever it is", () => {
    expect(() => decide({ ...complete, since: "2026-02-01", until: "2026-01-01" })).toThrow(expect.objectContaining({ code: "days-reversed" }));
    expect(() => decide({ ...complete, on: "vandaag" })).toThrow(
      expect.objectContaining({ code: "situation-malformed", message: expect.stringContaining("/on") }),
    );
  });
});

describe("words", () => {
  const parts = Object.entries(sentences).flatMap(([code, { nl }]) => nl.split(/(?<=[.?!])\s+/u).map((sentence) => ({ code, sentence })));
  const led = [...ways.values()].flatMap(({ id, nl }) => nl.split(/(?<=[.?!])\s+(?=[A-Z])/u).map((sentence) => ({ code: id, sentence })));
  test("have at most 18 words a sentence, in the u-form, without jargon of ours", () => {
    // An office takes up to seven words ("lid van het algemeen bestuur van een waterschap" is eight): the filled sentence is counted.
    const filled = (text: string): string =>
      text.replace("{office}", "lid van het algemeen bestuur van een waterschap").replace(/\{(since|until)\}/gu, "25 november 2026");
    for (const { code, sentence } of [...parts, ...led]) {
      expect([code, filled(sentence).split(/\s+/u).length <= 18]).toEqual([code, true]);
      expect([code, /\b(?:je|jij|jouw|jullie|teneinde|middels|dient te)\b/iu.test(sentence)]).toEqual([code, false]);
    }
  });
});

describe("the function alone (Regeling 2.9, 3.9, 4.9; Stcrt. 2023, 28233)", () => {
  test.each([
    ["kings-commissioner", true, "2.9"],
    ["provincial-executive", true, "2.9"],
    ["mayor", true, "3.9"],
    ["alderman", true, "3.9"],
    ["water-authority-chair", true, "4.9"],
    ["water-authority-executive", true, "4.9"],
    ["provincial-councillor", false, "2.3.1"],
    ["councillor", false, "3.3.1"],
    ["committee-member", false, "3.4.4"],
    ["water-authority-general-board", false, "4.3.1"],
  ] as const)("%s: %s by art. %s", (office, entitled, article) => {
    expect(entitlementOf(office).entitled).toBe(entitled);
    expect(entitlementOf(office).article).toContain(`art. ${article} `);
  });
  test("councillors are pointed to their own scan", () => expect(entitlementOf("councillor").instead).toBe("councillor-scan"));
});

describe("in the shapes the dossier has", () => {
  test.each(officeFunctions)("entitlementOf(%s) names the article that decides, and a way without a claim", (office) => {
    const { entitled, article, instead } = entitlementOf(office);
    const row = functions.get(office);
    expect(article).toContain(`art. ${(entitled ? row?.regeling : (row?.through ?? row?.besluit)) ?? "?"}`);
    expect(entitled).toBe(row?.regeling !== null);
    expect(instead === null).toBe(entitled);
  });
  const request: RequestBody = {
    version: 1,
    name: "Demo Burgemeester",
    function: "mayor",
    organisationName: "Demostad",
    standing: "certain",
    since: "2026-11-01",
    address: "Demostraat 1",
    homeMunicipality: "Demostad",
    ontheffing: "not-needed",
    pkvw: { status: "not-reasonable", validUntil: null, reason: "Rijksmonument" },
    reasons: "",
    householdSize: 2,
    moved: false,
    contact: "",
    attachments: [],
  };
  it("a request with a reason for an exception waits for who decides it, and may start", () => {
    const situation = situationOf(request, "2026-11-25");
    const body = entitlementBodyOf(decide(situation), situation, "nl");
    expect(body).toMatchObject({ entitled: true, rule: "on-the-way", pkvwException: null });
    expect(body.explanation).toContain("Regeling art. 3.9 lid 5 onder b");
    const decided = situationOf(request, "2026-11-25", { exception: { by: "Demo Adviseur", on: "2026-11-24", reason: "Rijksmonument" } });
    expect(entitlementBodyOf(decide(decided), decided, "nl").pkvwException).toEqual({
      by: "Demo Adviseur",
      on: "2026-11-24",
      reason: "Rijksmonument",
    });
  });
  it("every condition is recorded with its article, the settings that were chosen, and whether the desk decided against the rules", () => {
    const settings = withSettings({ "pkvw-gate-at": "start" });
    const situation = situationOf(request, "2026-11-25");
    const decision = decide(situation, settings);
    expect(decision.mayStart).toBe(false);
    const { entitled, weighed, explanation } = entitlementBodyOf(decision, situation, "nl", { settings, entitled: true, words: " Het certificaat komt. " });
    expect(entitled).toBe(true);
    expect(weighed).toMatchObject({ situation, against: true, words: "Het certificaat komt.", settings: [{ id: "pkvw-gate-at", value: "start" }] });
    expect(weighed?.conditions).toHaveLength(decision.conditions.length);
    expect(weighed?.conditions.every(({ article, nl, en }) => /^(?:Regeling|Besluit) art\. /u.test(article) && nl !== "" && en !== "")).toBe(true);
    expect(explanation.endsWith("\n\nHet certificaat komt.")).toBe(true);
  });
  it("a request of someone who left, and one whose ontheffing was refused or has ended, are weighed as they say", () => {
    const left = decide(situationOf({ ...request, standing: "left", since: "2022-05-01", until: "2026-09-01" }, "2026-11-25"));
    expect(left).toMatchObject({ outcome: "no-claim", mayStart: false });
    expect(left.grounds.map(({ code }) => code)).toContain("loans-return");
    expect(decide(situationOf({ ...request, ontheffing: "refused" }, "2026-11-25")).outcome).toBe("no-claim");
    const ended = decide(situationOf({ ...request, ontheffing: "granted", ontheffingUntil: "2026-10-01" }, "2026-11-25"));
    expect(ended.conditions.find(({ article }) => article === "Regeling art. 3.9 lid 2")).toMatchObject({ state: "not-met", code: "home-ended" });
    expect(decide(situationOf({ ...request, ontheffing: "requested" }, "2026-11-25")).todo.map(({ code }) => code)).toContain("await-ontheffing");
  });
  it("a request of a councillor is pointed, with the ways in its words", () => {
    const situation = situationOf({ ...request, function: "councillor" }, "2026-11-25");
    const body = entitlementBodyOf(decide(situation), situation, "en");
    expect(body).toMatchObject({ entitled: false, rule: "representative" });
    expect(body.explanation).toContain("The CCV has a scan of its own for councillors");
  });
});

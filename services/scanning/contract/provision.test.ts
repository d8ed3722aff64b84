/** domain.md section 9 point 6: the employer gets what to provide and its cost, never the weaknesses of the home. */
import fc from "fast-check";
import { Check } from "typebox/value";
import { describe, expect, test } from "vitest";
import { type AdviceBody, ProvisionListBody, riskDomains, scanBodies, type Measure } from "./index.ts";
import { provisionListOf } from "./provision.ts";

const secret = fc.string({ minLength: 12, maxLength: 40 }).map((text) => `GEHEIM ${text}`);
const measure = fc.record({
  id: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  domain: fc.constantFrom(...riskDomains),
  what: fc.constantFrom("Brievenbus", "Slot", "Camera"),
  why: secret,
  findings: fc.array(fc.stringMatching(/^finding-[a-z]{6}$/), { minLength: 1, maxLength: 3 }),
  provided: fc.constantFrom("provided" as const, "on-loan" as const),
  costLow: fc.nat(5000),
  costHigh: fc.nat(9000),
  byWhen: fc.constantFrom(null, "2027-01-31"),
  who: fc.constantFrom("employer" as const, "own" as const),
}) satisfies fc.Arbitrary<Measure>;
const advice: fc.Arbitrary<AdviceBody> = fc.record({
  version: fc.constant(1 as const),
  adviceVersion: fc.integer({ min: 1, max: 9 }),
  address: secret,
  sections: fc.array(fc.record({ id: fc.constant("s1"), title: secret, text: secret }), { maxLength: 3 }),
  measures: fc.array(measure, { maxLength: 8 }),
  attachments: fc.constant([]),
});

describe("provision list", () => {
  test("lets no why, finding, section or address pass", () => {
    fc.assert(
      fc.property(advice, (body) => {
        const list = provisionListOf(body, { name: "Demo Wethouder", contact: "demo@example.nl" });
        const text = JSON.stringify(list);
        expect(text).not.toContain("GEHEIM");
        expect(text).not.toContain("finding-");
        expect(Object.keys(list.lines[0] ?? {}).sort()).toEqual(
          list.lines.length === 0 ? [] : ["byWhen", "costHigh", "costLow", "domain", "id", "provided", "what", "who"],
        );
        expect(Check(ProvisionListBody, list)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("lists exactly the employer's measures and their sums", () => {
    fc.assert(
      fc.property(advice, (body) => {
        const list = provisionListOf(body, { name: "Demo", contact: "" });
        const wanted = body.measures.filter(({ who }) => who === "employer");
        expect(list.lines.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
        expect(list.totalHigh).toBe(wanted.reduce((sum, { costHigh }) => sum + costHigh, 0));
      }),
      { numRuns: 50 },
    );
  });

  test("the contract itself refuses a reason in the list", () => {
    const line = { id: "m1", domain: "wonen", what: "Slot", provided: "provided", costLow: 1, costHigh: 2, byWhen: null, who: "employer" };
    const list = { version: 1, adviceVersion: 1, recipient: { name: "Demo", contact: "" }, lines: [line], totalLow: 1, totalHigh: 2 };
    expect(Check(scanBodies["provision-list"], list)).toBe(true);
    expect(Check(scanBodies["provision-list"], { ...list, lines: [{ ...line, why: "achterdeur" }] })).toBe(false);
  });
});

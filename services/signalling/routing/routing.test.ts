/** Circulaire 2026 par. 2.4: which unit, office and employer a signal goes to, and that nobody weighs a threat to themselves. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { functionRow } from "#registers/functions/index.ts";
import { municipalities, regions, type RoutingSettings } from "#registers/regions/index.ts";
import { readOrganisations } from "#registers/organisations/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import { readRoutingSituation, route, RoutingError, sentences, triangleSeats, type Route, type RoutingSituation } from "./index.ts";
import { withRoutingSettings } from "./route.ts";

/** A councillor of Utrecht (gm0344) who lives there. */
const councillor: RoutingSituation = {
  function: "councillor",
  office: "gm0344",
  triangle: "none",
  service: null,
  family: false,
  home: "gm0344",
  formerHome: null,
  acute: false,
};
const mayor: RoutingSituation = { ...councillor, function: "mayor" };
const chief: RoutingSituation = { ...councillor, function: null, office: null, triangle: "police-chief", service: "politie-midden-nederland" };
const prosecutor: RoutingSituation = { ...councillor, function: null, office: null, triangle: "public-prosecutor", service: "om-midden-nederland" };

const way = ({ stops }: Route): string[] => stops.map(({ step, role, organisation, use }) => `${step} ${role} ${organisation ?? "-"} ${use}`);
const codes = ({ stops, todo }: Route): string[] => [...stops.flatMap(({ because }) => because), ...todo].map(({ code }) => code);

describe("the ordinary chain (par. 2.4.1)", () => {
  it("goes to the police unit of the home address, then the adviser BB&C, then the HOvJ, with the employer beside it", () => {
    expect(way(route(councillor))).toEqual([
      "first-weighing rccb politie-midden-nederland addressed",
      "advice bbc-adviser om-midden-nederland follows",
      "decision chief-prosecutor om-midden-nederland follows",
      "employer safety-desk gm0344 addressed",
    ]);
    expect(route(councillor).around).toBe(false);
  });
  it("follows the home and not the office: a dijkgraaf, a gedeputeerde, an alderman who lives elsewhere", () => {
    // Scherpenzeel (Gelderland) and Vijfheerenlanden (Utrecht) lie between two units.
    const chair = route({ ...councillor, function: "water-authority-chair", office: "ws0043", home: "gm0279" });
    expect(way(chair).slice(0, 2)).toEqual(["first-weighing rccb politie-oost-nederland addressed", "advice bbc-adviser om-oost-nederland follows"]);
    expect(way(chair).at(-1)).toBe("employer safety-desk ws0043 addressed");
    expect(route({ ...councillor, function: "provincial-executive", office: "pv28", home: "gm1961" }).region?.unit.id).toBe("politie-midden-nederland");
    expect(route({ ...councillor, function: "alderman", home: "gm0772" }).region?.parket.id).toBe("om-oost-brabant");
  });
  it("cites the articles of area, unit and office: Gelderland and Overijssel share one (Wet RO art. 134 lid 3)", () => {
    const articles = route({ ...councillor, home: "gm0193" }).stops.flatMap(({ because }) => because.map(({ article }) => article));
    expect(articles).toEqual(
      expect.arrayContaining([
        "Circulaire 2026 par. 2.4.1",
        "Politiewet 2012 art. 25 lid 2, slot",
        "Wet op de rechterlijke indeling art. 11",
        "Wet op de rechterlijke organisatie art. 134 lid 3",
        "Rechtspositiebesluit art. 3.3.1 lid 1",
      ]),
    );
  });
  it("says 112 first when there is danger now", () => {
    expect(way(route({ ...councillor, acute: true }))[0]).toBe("acute emergency - addressed");
    expect(way(route({ ...mayor, acute: true, home: null }))[0]).toBe("acute emergency - addressed");
  });
  it("counts the home of a relative and says so", () => {
    const relative = route({ ...councillor, family: true, home: "gm0599" });
    expect(relative.region?.unit.id).toBe("politie-rotterdam");
    expect(codes(relative)).toContain("family-home");
  });
});

describe("without a home address", () => {
  it("asks for it, and still leads to the employer", () => {
    const open = route({ ...councillor, home: null });
    expect(way(open)).toEqual(["employer safety-desk gm0344 addressed"]);
    expect(open.todo.map(({ code, setting }) => [code, setting])).toEqual([["give-home", "home-unknown"]]);
  });
  it("goes by the office where the setting says so, but never for a member of the driehoek or where the office has no gemeente", () => {
    const byOffice = withRoutingSettings({ "home-unknown": "office" });
    expect(way(route({ ...councillor, home: null }, byOffice))[0]).toBe("first-weighing rccb politie-midden-nederland addressed");
    expect(codes(route({ ...councillor, home: null }, byOffice))).toContain("unit-of-office");
    expect(route({ ...mayor, home: null }, byOffice).region).toBeNull();
    expect(route({ ...councillor, function: "water-authority-chair", office: "ws0043", home: null }, byOffice).todo.map(({ code }) => code)).toEqual([
      "give-home",
    ]);
    expect(route({ ...councillor, home: null }, byOffice).settings).toEqual(["home-unknown"]);
  });
});

describe("around the driehoek (par. 2.4.2)", () => {
  it("a threatened mayor: the HOvJ of the home address starts, the mayor's own gemeente weighs nothing", () => {
    // Mayor of Utrecht, home in Zwolle.
    const own = route({ ...mayor, home: "gm0193" });
    expect(own.around).toBe(true);
    expect(way(own)).toEqual([
      "start chief-prosecutor om-oost-nederland addressed",
      "advice bbc-adviser om-oost-nederland follows",
      "inquiry rccb politie-oost-nederland follows",
      "decision chief-prosecutor om-oost-nederland follows",
      "instead kings-commissioner pv26 offered",
      "instead clerk gm0344 offered",
      "employer safety-desk gm0344 warned",
    ]);
    expect(own.never.map(({ organisation, because }) => [organisation, because.article])).toEqual([["gm0344", "Circulaire 2026 par. 2.4.2"]]);
    expect(codes(own)).toContain("employer-own");
  });
  it("offers the griffier first where the setting says so", () => {
    const [first, second] = route(mayor, withRoutingSettings({ "mayor-instead": "clerk" })).stops.filter(({ step }) => step === "instead");
    expect([first?.role, second?.role]).toEqual(["clerk", "kings-commissioner"]);
  });
  it("an alderman who stands in for the mayor goes the same way", () => {
    expect(way(route({ ...councillor, function: "alderman", triangle: "mayor" }))).toEqual(way(route(mayor)));
  });
  it("the family of a member: the same way by default, the ordinary one by setting, the own safety desk with a warning in both", () => {
    const family = route({ ...mayor, family: true });
    expect([family.around, codes(family).includes("around-family")]).toEqual([true, true]);
    const ordinary = route({ ...mayor, family: true }, withRoutingSettings({ "family-of-triangle": "ordinary" }));
    expect([ordinary.around, ordinary.never, way(ordinary)[0], way(ordinary).at(-1)]).toEqual([
      false,
      [],
      "first-weighing rccb politie-midden-nederland addressed",
      "employer safety-desk gm0344 warned",
    ]);
  });
  it("a chief of police: never the own unit, also not after a move", () => {
    expect(way(route(chief))).toEqual([
      "start chief-prosecutor om-midden-nederland addressed",
      "advice bbc-adviser om-midden-nederland follows",
      "inquiry rccb - follows",
      "decision chief-prosecutor om-midden-nederland follows",
    ]);
    expect(way(route({ ...chief, home: "gm0599" }))).toContain("inquiry rccb politie-rotterdam follows");
    const after = route({ ...chief, home: "gm0599", formerHome: "gm0344" });
    expect(after.stops.some(({ organisation }) => organisation === "politie-midden-nederland")).toBe(false);
    expect(codes(route(chief))).toContain("employer-outside");
  });
  it("a prosecutor at the office of the home address: the board names who starts; its head so under every setting", () => {
    expect(way(route(prosecutor))[0]).toBe("start board om addressed");
    const home = withRoutingSettings({ "prosecutor-own-office": "home" });
    expect(way(route(prosecutor, home))[0]).toBe("start chief-prosecutor om-midden-nederland addressed");
    expect(way(route({ ...prosecutor, triangle: "chief-prosecutor" }, home))[0]).toBe("start board om addressed");
    expect(way(route({ ...prosecutor, triangle: "chief-prosecutor", home: "gm0599" }))[0]).toBe("start chief-prosecutor om-rotterdam addressed");
  });
});

describe("after a move", () => {
  const moved: RoutingSituation = { ...councillor, home: "gm0193", formerHome: "gm0344" };
  it("offers the gemeente of the new home and the unit of the former one, and addresses neither", () => {
    expect(way(route(moved)).slice(-2)).toEqual(["neighbour safety-desk gm0193 offered", "former-unit rccb politie-midden-nederland offered"]);
    expect(way(route(moved, withRoutingSettings({ "neighbour-when": "never", "former-unit": "never" }))).slice(-1)).toEqual([
      "employer safety-desk gm0344 addressed",
    ]);
  });
  it("offers no unit twice: a move inside one unit", () => {
    expect(way(route({ ...moved, home: "gm0307" })).slice(-1)).toEqual(["neighbour safety-desk gm0307 offered"]);
  });
  it("offers the gemeente of the home without a move only by setting", () => {
    const lives = { ...councillor, home: "gm0307" };
    expect(way(route(lives)).some((one) => one.startsWith("neighbour"))).toBe(false);
    expect(way(route(lives, withRoutingSettings({ "neighbour-when": "elsewhere" }))).at(-1)).toBe("neighbour safety-desk gm0307 offered");
    expect(way(route(councillor, withRoutingSettings({ "neighbour-when": "elsewhere" }))).at(-1)).toBe("employer safety-desk gm0344 addressed");
  });
});

describe("a situation", () => {
  it.each<[string, unknown, string]>([
    ["with an address in it", { ...councillor, street: "Demostraat 1" }, "routing-malformed"],
    ["with a gemeente that is no more", { ...councillor, home: "gm0457" }, "unknown-municipality"],
    ["with a province that is none", { ...councillor, function: "provincial-councillor", office: "pv99" }, "unknown-province"],
    ["with a unit that is none", { ...chief, service: "politie-veluwe" }, "unknown-service"],
    ["with a raadslid of a province", { ...councillor, office: "pv26" }, "office-mismatch"],
    ["with a mayor as chief of police", { ...mayor, triangle: "police-chief", service: "politie-limburg" }, "office-mismatch"],
    ["with a chief of police at a parket", { ...chief, service: "om-limburg" }, "office-mismatch"],
    ["with a prosecutor at a unit", { ...prosecutor, service: "politie-limburg" }, "office-mismatch"],
    ["with nobody at all", { ...councillor, function: null, office: null }, "office-mismatch"],
    ["with a stand-in for the mayor of a province", { ...councillor, function: "provincial-councillor", office: "pv26", triangle: "mayor" }, "office-mismatch"],
    ["with a service and no seat", { ...councillor, service: "om-limburg" }, "office-mismatch"],
  ])("%s is refused", (_what, value, code) => {
    let caught: unknown;
    try {
      readRoutingSituation(value);
    } catch (error) {
      caught = error;
    }
    expect(caught instanceof RoutingError ? caught.code : caught).toBe(code);
    // The message names the field and never says what was in it.
    expect(caught instanceof RoutingError ? caught.message : "gm0457 Demostraat").not.toMatch(/gm\d|pv\d|Demostraat|politie-|om-/u);
  });
  it("takes no setting that is none", () => {
    const wrong: object = { "mayor-instead": "nobody" };
    expect(() => withRoutingSettings(wrong)).toThrow(RoutingError);
  });
});

const gemeente = fc.constantFrom(...municipalities.keys());
const units = fc.constantFrom(...regions.units.keys());
const parketten = fc.constantFrom(...regions.parketten.keys());
const provinces = fc.constantFrom(...new Set([...municipalities.values()].map(({ province }) => province)));
const rest = { family: fc.boolean(), home: fc.option(gemeente), formerHome: fc.option(gemeente), acute: fc.boolean() };
const holders: fc.Arbitrary<RoutingSituation> = fc.constantFrom(...officeFunctions).chain((held) => {
  const office = { municipality: gemeente, province: provinces, "water-authority": fc.constantFrom("ws0002", "ws0043") }[functionRow(held).organisation];
  const seats: RoutingSituation["triangle"][] = functionRow(held).organisation === "municipality" ? ["none", "mayor"] : ["none"];
  return fc.record({ function: fc.constant(held), office, triangle: fc.constantFrom(...seats), service: fc.constant(null), ...rest });
});
const servants: fc.Arbitrary<RoutingSituation> = fc.constantFrom(...triangleSeats.filter((seat) => seat !== "none" && seat !== "mayor")).chain((triangle) =>
  fc.record({
    function: fc.constant(null),
    office: fc.constant(null),
    triangle: fc.constant(triangle),
    service: triangle === "police-chief" ? units : parketten,
    ...rest,
  }),
);
const anyone = fc.oneof({ weight: 3, arbitrary: holders }, { weight: 1, arbitrary: servants });
const anySettings: fc.Arbitrary<RoutingSettings> = fc.record({
  "home-unknown": fc.constantFrom("ask", "office"),
  "family-of-triangle": fc.constantFrom("as-member", "ordinary"),
  "prosecutor-own-office": fc.constantFrom("board", "home"),
  "mayor-instead": fc.constantFrom("kings-commissioner", "clerk"),
  "neighbour-when": fc.constantFrom("moved", "elsewhere", "never"),
  "former-unit": fc.constantFrom("offered", "never"),
});
const weighs = new Set(["start", "first-weighing", "advice", "inquiry", "decision"]);

describe("for anyone, under any settings", () => {
  it("no stop that weighs is one that may not, and a mayor's own desk is never simply addressed", () => {
    fc.assert(
      fc.property(anyone, anySettings, (situation, settings) => {
        const { stops, never, around } = route(situation, settings);
        const shut = new Set(never.map(({ organisation }) => organisation));
        expect(stops.filter(({ step, organisation }) => weighs.has(step) && shut.has(organisation ?? ""))).toEqual([]);
        if (situation.triangle !== "none" && !situation.family) expect(around).toBe(true);
        if (situation.function === "mayor" || situation.triangle === "mayor") {
          expect(stops.filter(({ step, use }) => step === "employer" && use !== "warned")).toEqual([]);
          expect(stops.filter(({ organisation, use }) => organisation === situation.office && use === "addressed")).toEqual([]);
          if (!situation.family) expect(never.map(({ organisation }) => organisation)).toEqual([situation.office]);
        }
        if (situation.triangle === "chief-prosecutor" && around) expect(stops.some(({ organisation }) => organisation === situation.service)).toBe(false);
      }),
    );
  });
  it("with a home address exactly one stop of the chain is addressed, by the region of that address; without one it is asked for", () => {
    fc.assert(
      fc.property(anyone, anySettings, (situation, settings) => {
        const { stops, region, todo } = route(situation, settings);
        const chain = stops.filter(({ step }) => weighs.has(step));
        expect(chain.filter(({ use }) => use === "addressed")).toHaveLength(region === null ? 0 : 1);
        expect(todo.some(({ code }) => code === "give-home")).toBe(region === null);
        if (situation.home === null) return;
        const here = municipalities.get(situation.home);
        expect(region?.id).toBe(situation.home);
        for (const { organisation } of chain) expect([here?.unit.id, here?.parket.id, "om", null]).toContain(organisation);
      }),
    );
  });
  it("every stop gives a reason with an article or an open point, and no sentence has a gap", () => {
    fc.assert(
      fc.property(anyone, anySettings, (situation, settings) => {
        const { stops, never, todo } = route(situation, settings);
        for (const { because } of stops) expect(because.length).toBeGreaterThan(0);
        for (const one of [...stops.flatMap(({ because }) => because), ...never.map(({ because }) => because), ...todo]) {
          expect([one.code, one.article ?? one.setting]).not.toEqual([one.code, null]);
          expect(`${one.nl} ${one.en}`).not.toMatch(/[{}]|undefined/u);
        }
      }),
    );
  });
});

test("every organisation a route may name is in the register of organisations", async () => {
  const ids = new Set((await readOrganisations()).map(({ id }) => id));
  for (const id of [...regions.units.keys(), ...regions.parketten.keys(), ...municipalities.keys(), "om"]) expect([id, ids.has(id)]).toEqual([id, true]);
});

test.each(Object.entries(sentences))("%s is plain: at most 18 words a sentence, and u and not je", (_code, { nl, en }) => {
  for (const one of nl.split(/(?<=[.?!])\s/u)) expect([one, one.split(/\s+/u).length <= 18]).toEqual([one, true]);
  expect(nl).not.toMatch(/\b(?:je|jij|jouw|middels|teneinde|conform)\b/iu);
  expect(en).not.toBe("");
});

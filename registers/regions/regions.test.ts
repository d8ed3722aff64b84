/** Every gemeente in its unit and arrondissement: held to the list of gemeenten, to two roads and to counts; and readers that refuse what does not fit. Run by vitest only. */
import { describe, expect, it, test } from "vitest";
import { readOrganisations } from "#registers/organisations/index.ts";
import { RegisterError } from "#registers/register.ts";
import { defaultRoutingSettings, municipalities, readMunicipalities, readRegions, readRoutingSettings, regions, routingSettings } from "./index.ts";
import municipalityData from "./municipalities.json" with { type: "json" };
import regionData from "./regions.json" with { type: "json" };
import settingData from "./settings.json" with { type: "json" };

describe("the gemeenten", () => {
  it("are the 342 of the register of organisations, no more and no less, with the same names and provinces", async () => {
    const listed = (await readOrganisations()).filter(({ kind }) => kind === "municipality").map(({ id, name, province }) => [id, name, province]);
    const here = [...municipalities.values()].map(({ id, name, province }) => [id, name, province]);
    expect(new Map(here.map((row) => [row[0], row]))).toEqual(new Map(listed.map((row) => [row[0], row])));
    expect(municipalities.size).toBe(342);
  });
  it("divide over the ten units as counted (40/76/38/32/6/27/23/37/32/31)", () => {
    const counted = [...regions.units.keys()].map((unit) => [
      unit.slice("politie-".length),
      [...municipalities.values()].filter((one) => one.unit.id === unit).length,
    ]);
    expect(counted).toEqual([
      ["noord-nederland", 40],
      ["oost-nederland", 76],
      ["midden-nederland", 38],
      ["noord-holland", 32],
      ["amsterdam", 6],
      ["den-haag", 27],
      ["rotterdam", 23],
      ["zeeland-west-brabant", 37],
      ["oost-brabant", 32],
      ["limburg", 31],
    ]);
  });
  it.each([
    ["gm0363", "amsterdam", "amsterdam", "Amsterdam, with Weesp since 2022"],
    ["gm1961", "midden-nederland", "midden-nederland", "Vijfheerenlanden, from Zuid-Holland and Utrecht in 2019"],
    ["gm1942", "midden-nederland", "midden-nederland", "Gooise Meren, in the province of Noord-Holland"],
    ["gm1696", "midden-nederland", "midden-nederland", "Wijdemeren, in the province of Noord-Holland"],
    ["gm0171", "midden-nederland", "midden-nederland", "Noordoostpolder, in Flevoland"],
    ["gm0279", "oost-nederland", "gelderland", "Scherpenzeel, Gelderland amid Utrecht"],
    ["gm0193", "oost-nederland", "overijssel", "Zwolle"],
    ["gm1980", "noord-holland", "noord-holland", "Dijk en Waard, 2022"],
    ["gm0394", "noord-holland", "noord-holland", "Haarlemmermeer, not Amsterdam"],
    ["gm1992", "rotterdam", "rotterdam", "Voorne aan Zee, 2023"],
    ["gm1963", "rotterdam", "rotterdam", "Hoeksche Waard, 2019"],
    ["gm1931", "den-haag", "den-haag", "Krimpenerwaard, 2015; Krimpen aan den IJssel is Rotterdam"],
    ["gm0542", "rotterdam", "rotterdam", "Krimpen aan den IJssel"],
    ["gm1959", "zeeland-west-brabant", "zeeland-west-brabant", "Altena, 2019"],
    ["gm0824", "zeeland-west-brabant", "zeeland-west-brabant", "Oisterwijk, with the village of Haaren since 2021"],
    ["gm0797", "oost-brabant", "oost-brabant", "Heusden"],
    ["gm1982", "oost-brabant", "oost-brabant", "Land van Cuijk, 2022"],
    ["gm1991", "oost-brabant", "oost-brabant", "Maashorst, 2022"],
  ])("%s: unit %s, arrondissement %s (%s)", (id, unit, arrondissement) => {
    const here = municipalities.get(id);
    expect([here?.unit.id, here?.arrondissement.id, here?.parket.id]).toEqual([`politie-${unit}`, arrondissement, `om-${unit}`]);
  });
  it("of nine provinces lie in one unit each; only Noord-Holland, Zuid-Holland and Noord-Brabant are divided", () => {
    const unitsOf = Map.groupBy(municipalities.values(), ({ province }) => province);
    const divided = [...unitsOf].filter(([, rows]) => new Set(rows.map(({ unit }) => unit.id)).size > 1).map(([province]) => province);
    expect(divided.toSorted()).toEqual(["pv27", "pv28", "pv30"]);
  });
});

describe("units and parketten", () => {
  it("are ten each, over eleven arrondissementen (Politiewet 2012 art. 25 lid 2, Wet RO art. 134 lid 2 and 3)", () => {
    expect([regions.units.size, regions.parketten.size, regions.arrondissementen.size, regions.safetyRegions.size]).toEqual([10, 10, 11, 25]);
    const shared = [...regions.arrondissementen.values()].filter(({ parket }) => parket === "om-oost-nederland").map(({ id }) => id);
    expect(shared).toEqual(["gelderland", "overijssel"]);
  });
  it("are organisations of their kind, under the name the register of organisations gives", async () => {
    const all = new Map((await readOrganisations()).map((one) => [one.id, one]));
    for (const { id, name } of regions.units.values()) expect([all.get(id)?.kind, all.get(id)?.name]).toEqual(["police", `Politie, eenheid ${name}`]);
    for (const { id, name } of regions.parketten.values())
      expect([all.get(id)?.kind, all.get(id)?.name]).toEqual(["public-prosecutor", `Arrondissementsparket ${name}`]);
    expect([...all.values()].filter(({ kind }) => kind === "police")).toHaveLength(10);
  });
});

/** The parsed register with one gemeente changed. */
const changed = (id: string, more: object): unknown => ({
  ...municipalityData,
  municipalities: municipalityData.municipalities.map((row) => (row.id === id ? { ...row, ...more } : row)),
});

describe("readers refuse", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "a unit the arrondissement does not have",
      changed("gm0394", { unit: "politie-amsterdam" }),
      /gm0394: unit politie-amsterdam is not that of arrondissement noord-holland/u,
    ],
    [
      "an arrondissement whose article does not hold it",
      changed("gm0394", { arrondissement: "amsterdam", unit: "politie-amsterdam" }),
      /gm0394: by the Wet .* lies in noord-holland/u,
    ],
    ["a safety region of another unit", changed("gm0394", { safetyRegion: "vr13" }), /gm0394: unit politie-noord-holland is not that of safety region vr13/u],
    ["a safety region of the same unit that then counts one too many", changed("gm0394", { safetyRegion: "vr11" }), /vr11: 8 municipalities where 7/u],
    [
      "a province that takes it to another article",
      changed("gm0279", { province: "pv26" }),
      /gm0279: by the Wet .* lies in midden-nederland, not in gelderland/u,
    ],
    ["341 gemeenten", { ...municipalityData, municipalities: municipalityData.municipalities.slice(1) }, /341 where 342/u],
    ["one twice", changed("gm0394", { id: "gm0392" }), /gm0392: this id stands twice/u],
    ["an id that is none", changed("gm0394", { id: "gm394" }), /gm394 .*pattern/u],
  ])("%s", (_what, value, message) => {
    expect(() => readMunicipalities(value, regions)).toThrow(RegisterError);
    expect(() => readMunicipalities(value, regions)).toThrow(message);
  });
  it("a unit and a parket that do not name each other, and a unit too few", () => {
    const [first, ...others] = regionData.units;
    expect(() => readRegions({ ...regionData, units: [{ ...first, parket: "om-limburg" }, ...others] })).toThrow(
      /politie-noord-nederland: unit and parket om-limburg/u,
    );
    expect(() => readRegions({ ...regionData, units: others })).toThrow(/units: 9 where 10/u);
  });
  it("a setting without a place, and a default that is none", () => {
    expect(() => readRoutingSettings({ ...settingData, settings: settingData.settings.slice(1) })).toThrow(RegisterError);
    expect(() => readRoutingSettings({ ...settingData, settings: settingData.settings.map((one) => ({ ...one, default: "perhaps" })) })).toThrow(RegisterError);
  });
});

test("what is nog na te gaan is said in both languages", () => {
  expect(regions.checks.filter(({ state }) => state === "to-verify").length).toBeGreaterThanOrEqual(5);
  for (const { nl, en } of regions.checks) expect(nl).not.toBe(en);
});

test("each open point offers its default, and says why it is open", () => {
  for (const { id, options, default: value, note } of routingSettings) {
    expect([id, options.includes(value), note.startsWith("OPEN: ")]).toEqual([id, true, true]);
  }
  expect(Object.keys(defaultRoutingSettings)).toHaveLength(routingSettings.length);
});

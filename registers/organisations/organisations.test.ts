/** The registers are facts: counts, ids and names are held to their sources. */
import { expect, test } from "vitest";
import { readOrganisations } from "./index.ts";

test("342 gemeenten, 12 provincies and 21 waterschappen, each with its own id", async () => {
  const all = await readOrganisations();
  const count = (kind: string): number => all.filter((organisation) => organisation.kind === kind).length;
  expect([count("municipality"), count("province"), count("water-authority")]).toEqual([342, 12, 21]);
  expect(all.find(({ id }) => id === "gm0344")?.name).toBe("Utrecht");
  expect(all.find(({ id }) => id === "ws0011")?.name).toBe("Waterschap Amstel, Gooi en Vecht");
});

test("gemeenten per provincie add up as the source says (56/51/50/44/31/26/25/18/13/12/10/6)", async () => {
  const perProvince = new Map<string, number>();
  for (const { kind, province } of await readOrganisations())
    if (kind === "municipality" && province !== null) perProvince.set(province, (perProvince.get(province) ?? 0) + 1);
  expect([...perProvince.values()].toSorted((a, b) => b - a)).toEqual([56, 51, 50, 44, 31, 26, 25, 18, 13, 12, 10, 6]);
});

test("a waterschap bears the name of the body, not of the map it came from", async () => {
  const names = (await readOrganisations()).filter(({ kind }) => kind === "water-authority").map(({ name }) => name);
  expect(names.filter((name) => !/^(?:Waterschap|Hoogheemraadschap|Wetterskip) /.test(name) || /grens|gebied|\d|[()]/i.test(name))).toEqual([]);
});

test("none is marked as demonstration", async () => {
  expect((await readOrganisations()).some(({ demonstration }) => demonstration)).toBe(false);
});

import { expect, it } from "vitest";
import { billOfMaterials, installedWithServer, labelOf } from "./sbom.ts";

it("the list of components names every package that is installed with a server, none that only tests use, and is the same every time", () => {
  const bom = billOfMaterials();
  const named = new Set(bom.components.map(labelOf));
  const installed = installedWithServer();
  expect([...installed].filter((label) => !named.has(label))).toEqual([]);
  expect([...named].filter((label) => !installed.has(label) && !label.startsWith("@rugdekking/"))).toEqual([]);
  expect(installed.size).toBeGreaterThan(150);
  expect([...named].some((label) => label.startsWith("vite@"))).toBe(true);
  expect([...named].some((label) => label.startsWith("vitest@"))).toBe(false);
  expect(bom.components.filter(({ hashes, purl }) => hashes === undefined && !purl.startsWith("pkg:npm/%40rugdekking/"))).toEqual([]);
  expect(billOfMaterials()).toEqual(bom);
});

/** Every page of the app is looked at by the accessibility tests: a new page without a scene in tools/pictures fails here, by day. Different pages have different titles (WCAG 2.4.2), in both languages. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { scenes } from "#tools/pictures/scenes.ts";
import { states } from "#tools/pictures/states.ts";
import { allPages } from "./walk-scenes.ts";

test("the pages are found as apps/web finds them", async () => {
  const main = await readFile(new URL("../web/main.tsx", import.meta.url), "utf8");
  expect(main).toContain('import.meta.glob<{ readonly routes: readonly PageRoute[] }>("../../services/*/screens/routes.ts"');
  expect((await allPages()).length).toBeGreaterThan(50);
});

test("every page of the app has a scene that shows it", async () => {
  const known = (await allPages()).map(({ path }) => path);
  const shown = new Set([...scenes, ...states].map(({ page }) => page));
  expect(known.filter((path) => !shown.has(path))).toEqual([]);
  expect([...shown].filter((page) => page !== null && !known.includes(page))).toEqual([]);
});

test("every scene has a name of its own", () => {
  const names = [...scenes, ...states].map(({ name }) => name);
  expect(names.length).toBe(new Set(names).size);
});

test.each(["nl", "en"] as const)("WCAG 2.4.2: pages that are drawn by different scripts differ in their title (%s)", async (language) => {
  const drawnBy = new Map<string, Set<string>>();
  for (const { title, load } of await allPages()) drawnBy.set(title[language], (drawnBy.get(title[language]) ?? new Set()).add(load.toString()));
  expect([...drawnBy].filter(([, scripts]) => scripts.size > 1).map(([title]) => title)).toEqual([]);
});

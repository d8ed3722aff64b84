/**
 * Accessibility of every page in the states of tools/pictures, as whoever is signed in there sees it; `accessibility-guest.test.ts` does the same for who is nobody. Each scene is walked once and then looked at
 * closely (walk-scenes.ts): axe, names, both languages, light, dark and forced colours, keyboard, 200 % zoom, text of 200 %, wide spacing, no motion. With `PICTURES=<folder>` what was looked at is kept.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scenes } from "#tools/pictures/scenes.ts";
import { states } from "#tools/pictures/states.ts";
import { openBrowser } from "./browser.ts";
import { pictures } from "./look.ts";
import { pageAt, SceneWalk } from "./walk-scenes.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
let walk: SceneWalk;

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  walk = new SceneWalk(browser, world);
}, 600_000);
afterAll(async () => {
  await walk?.close();
  await browser?.close();
  await world?.stop();
});

const signedIn = [...scenes, ...states].filter(({ as }) => as !== undefined).toSorted((one, other) => (one.as ?? "").localeCompare(other.as ?? ""));

describe("WCAG 2.2, signed in", () => {
  test.each(signedIn)("$name ($as)", { timeout: 180_000 }, async (scene) => {
    const { path, found } = await walk.examine(scene, pictures);
    expect(await pageAt(path)).toBe(scene.page);
    expect(found).toEqual([]);
  });
});

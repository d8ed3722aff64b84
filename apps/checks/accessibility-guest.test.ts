/** Accessibility of every page as it is for who is signed in nowhere; see accessibility.test.ts. And that the looking itself sees something: a page that was spoiled on purpose. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scenes } from "#tools/pictures/scenes.ts";
import { states } from "#tools/pictures/states.ts";
import { axeSays, cut, faint, foreign, frame, heard, moves, nameless, sayings, tabThrough } from "./accessible.ts";
import { openBrowser, phone, visit } from "./browser.ts";
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

const guests = [...scenes, ...states].filter(({ as }) => as === undefined);

describe("WCAG 2.2, signed in nowhere", () => {
  test.each(guests)("$name", { timeout: 180_000 }, async (scene) => {
    const { path, found } = await walk.examine(scene, pictures);
    expect(await pageAt(path)).toBe(scene.page);
    expect(found).toEqual([]);
  });
});

test("what is spoiled is seen, by each of the questions", { timeout: 60_000 }, async () => {
  const { context, page } = await visit(browser, world.url, phone, { path: "/inloggen" });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const session = await context.newCDPSession(page);
  await page.locator("form").waitFor();
  await page.evaluate(() => {
    const main = document.querySelector("main .column");
    const words = (text: string, to: Element, change: (element: HTMLElement) => void = () => undefined, tag = "p"): HTMLElement => {
      const element = document.createElement(tag);
      element.textContent = text;
      change(element);
      to.append(element);
      return element;
    };
    if (main === null) throw new Error("no page");
    words("Bleek", main, ({ style }) => (style.color = "#777777"));
    words("Second heading", main, () => undefined, "h1");
    words("Moves", main, ({ style }) => (style.transition = "opacity 1s"));
    words("Cut off because it is much too long", main, ({ style }) => Object.assign(style, { width: "60px", overflow: "hidden", whiteSpace: "nowrap" }));
    words("Wide", main, ({ style }) => (style.width = "900px"));
    words("Who can help me now", main);
    words("", main, () => undefined, "button").style.height = "60px";
    words("No focus to be seen", main, ({ style }) => (style.outline = "none"), "button");
    words("First", main, (element) => (element.tabIndex = 3), "button");
    words("", main, ({ style }) => (style.border = "1px solid #eeeeee"), "input");
  });
  expect((await axeSays(session, "everything")).join()).toContain("button-name");
  expect((await axeSays(session, "colours")).join()).toContain("color-contrast-enhanced");
  expect((await frame(page, "nl")).join()).toMatch(/2 headings of the first level.*an order of its own/u);
  expect((await frame(page, "en")).join()).toContain("the language is said to be nl");
  expect(nameless(await heard(session))).toEqual(["a button without a name", "a textbox without a name"]);
  expect((await moves(page)).join()).toContain("p. moves");
  expect((await faint(page)).join()).toContain("the edge of input");
  expect(await foreign(page, "nl", await sayings())).toEqual(["in the other language: Who can help me now"]);
  expect((await cut(page)).join()).toMatch(/scrolls sideways.*is cut off/u);
  expect((await tabThrough(page)).join()).toContain("does not show that it has the focus");
  await context.close();
});

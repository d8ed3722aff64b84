/** Brings a browser into the scenes of tools/pictures one after the other and looks closely at each: all looks, both languages, with the keyboard, enlarged. For the accessibility tests in this folder. */
import { glob } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { matchRoute, type PageRoute } from "#services/interface/routes.ts";
import type { Scene } from "#tools/pictures/scenes.ts";
import { axeSays, cut, faint, foreign, frame, heard, moves, nameless, sayings, spaceText, tabThrough } from "./accessible.ts";
import { desktop, phone, visit, type Visitor } from "./browser.ts";
import { become, goTo } from "./walk-report.ts";
import type { Demonstration } from "./world.ts";

let table: Promise<readonly PageRoute[]> | undefined;

/** Every page of the app, found as apps/web finds them. */
export const allPages = (): Promise<readonly PageRoute[]> => (table ??= readPages());

async function readPages(): Promise<readonly PageRoute[]> {
  const root = new URL("../../", import.meta.url);
  const found: PageRoute[] = [];
  for await (const file of glob("services/*/screens/routes.ts", { cwd: root })) {
    const module: { readonly routes: readonly PageRoute[] } = await import(pathToFileURL(new URL(file, root).pathname).href);
    found.push(...module.routes);
  }
  return found;
}

/** The page at an address, as the table has it; null for none. */
export const pageAt = async (path: string): Promise<string | null> => matchRoute(await allPages(), path)?.route.path ?? null;

/** Nothing is loading any more. */
const loaded = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  await page.waitForTimeout(100);
};

const sizes = { phone, desktop } as const;
const other = { phone: "desktop", desktop: "phone" } as const;

/** A signed-in person's page is kept from scene to scene: unlocking keys costs more than looking. */
export class SceneWalk {
  readonly #browser: Browser;
  readonly #world: Demonstration;
  readonly #people = new Map<string, Visitor & { readonly first: string }>();

  constructor(browser: Browser, world: Demonstration) {
    this.#browser = browser;
    this.#world = world;
  }

  async #open(scene: Scene): Promise<Visitor> {
    if (scene.as === undefined) return await visit(this.#browser, this.#world.url, sizes[scene.size], { path: scene.path ?? "/" });
    const known = this.#people.get(scene.as);
    if (known !== undefined) {
      await known.page.setViewportSize(sizes[scene.size]);
      await goTo(known.page, "/over");
      await known.page.locator("main h1").waitFor();
      await goTo(known.page, known.first);
      return known;
    }
    const visitor = await visit(this.#browser, this.#world.url, sizes[scene.size], { path: "/inloggen" });
    await become(visitor.page, this.#world, scene.as);
    this.#people.set(scene.as, { ...visitor, first: new URL(visitor.page.url()).pathname });
    return visitor;
  }

  /** Walks into the scene. @returns what is wrong with it, a line each, and where it was. */
  async examine(scene: Scene, pictures?: string): Promise<{ readonly path: string; readonly found: readonly string[] }> {
    const { context, page, complaints } = await this.#open(scene);
    page.setDefaultTimeout(30_000);
    const before = complaints.length;
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce", forcedColors: "none" });
    let whole = false;
    try {
      await scene.go?.(page, this.#world);
      await loaded(page);
      const path = new URL(page.url()).pathname;
      const found = await examine(context, page, scene, pictures);
      whole = true;
      return { path, found: [...found, ...complaints.slice(before)] };
    } finally {
      if (scene.as === undefined || !whole) {
        // A scene that broke off leaves a page in some other look: the next one starts anew.
        if (scene.as !== undefined) this.#people.delete(scene.as);
        await context.close();
      } else await page.evaluate(() => document.querySelector<HTMLDialogElement>("dialog[open]")?.close());
    }
  }

  async close(): Promise<void> {
    for (const { context } of this.#people.values()) await context.close();
  }
}

async function examine(context: BrowserContext, page: Page, scene: Scene, pictures: string | undefined): Promise<readonly string[]> {
  const found: string[] = [];
  const say = (look: string, lines: readonly string[]): void => void found.push(...lines.map((line) => `${look}: ${line}`));
  const shoot = async (look: string, whole = true): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${scene.name}-${look}.png`, fullPage: whole });
  };
  const session = await context.newCDPSession(page);
  const toTop = async (): Promise<void> => await page.evaluate(() => scrollTo(0, 0));
  const modal = await page.evaluate(() => document.querySelector("dialog:modal") !== null);

  await toTop();
  say("Dutch", await axeSays(session, "everything"));
  say("Dutch", await frame(page, "nl"));
  say("Dutch", nameless(await heard(session)));
  say("Dutch", await foreign(page, "nl", await sayings()));
  say("Dutch", await moves(page));
  say("light", await faint(page));
  say("keyboard", await tabThrough(page));
  await toTop();
  await page.emulateMedia({ colorScheme: "dark" });
  say("dark", await axeSays(session, "colours"));
  say("dark", await faint(page));
  // The languages are switched in the bar, which a dialog covers.
  if (!modal) {
    await page.locator("button.bar-item[lang=en]").click();
    await loaded(page);
  }
  await page.setViewportSize(sizes[other[scene.size]]);
  await toTop();
  await shoot("dark-en");
  await page.emulateMedia({ colorScheme: "light" });
  say(other[scene.size], await axeSays(session, "everything"));
  if (!modal) {
    say("English", await frame(page, "en"));
    say("English", nameless(await heard(session)));
    say("English", await foreign(page, "en", await sayings()));
  }
  await page.emulateMedia({ forcedColors: "active" });
  say("forced colours", await faint(page));
  await shoot("forced-colours");
  await page.emulateMedia({ forcedColors: "none" });
  for (const [look, width, height] of [
    ["1280 px", 1280, 800],
    ["200 % zoom", 640, 400],
    ["360 px", 360, 740],
    ["400 % zoom", 320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(40);
    say(look, await cut(page));
    if (look !== "360 px") continue;
    await spaceText(page, true);
    say("360 px, spaced", await cut(page));
    await spaceText(page, false);
  }
  await page.setViewportSize(desktop);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await page.waitForTimeout(40);
  say("text of 200 %", await cut(page));
  await shoot("text200", false);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  if (!modal && scene.as !== undefined) await page.locator("button.bar-item[lang=nl]").click();
  await session.detach();
  return found;
}

/**
 * Takes the README's pictures: starts a demonstration world on a throw-away data directory, walks the main screens in Chromium, writes PNG files to docs/pictures.
 * `node tools/pictures/take.ts [--all DIR] [--only NAME,NAME] [--language en] [--looks LOOK,LOOK]`: with `--all` every screen and state in every look (360 and 1280 px, light and
 * dark, and 1280 px at 200 % zoom), to look at before a release; `--looks` keeps some of them. A scene is walked in Dutch and turned to English just before the picture.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { desktop, openBrowser, phone, visit } from "#apps/checks/browser.ts";
import { startDemonstration, type Demonstration } from "#apps/checks/world.ts";
import { capturePictures, takeCapture } from "./capture.ts";
import { scenes, type Scene } from "./scenes.ts";
import { states } from "./states.ts";

const { values } = parseArgs({ options: { all: { type: "string" }, only: { type: "string" }, language: { type: "string" }, looks: { type: "string" } } });
const english = values.language === "en";

/** Nothing moves and nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  await page.evaluate(async () => void (await document.fonts.ready));
  await page.waitForTimeout(400);
}

async function take(browser: Browser, world: Demonstration, scene: Scene, folder: string, look: Look): Promise<void> {
  const { context, page } = await visit(browser, world.url, sizes[look.size], { path: scene.path ?? "/inloggen" });
  await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light", reducedMotion: "reduce" });
  page.setDefaultTimeout(30_000);
  if (scene.as !== undefined) {
    // The person switcher of the demonstration: no passphrase is typed in a picture.
    const handle = world.handle(scene.as);
    await page.locator("select.demonstration-choice").selectOption(handle);
    await page.waitForURL(/\/(werk|terug)$/);
  }
  await scene.go?.(page, world);
  if (english) await page.locator("button.bar-item[lang=en]").click();
  await settled(page);
  // A whole page is taken from its top: otherwise the bar stands in the middle of it.
  if (scene.whole === true) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${scene.name}${look.suffix}.png`), fullPage: scene.whole === true });
  await context.close();
}

/** A desktop at 200 % zoom has half the room. */
const sizes = { phone, desktop, zoom: { width: desktop.width / 2, height: desktop.height / 2 } } as const;

interface Look {
  readonly size: keyof typeof sizes;
  readonly dark: boolean;
  readonly suffix: string;
}
const everyLook: readonly Look[] = (
  [
    ["phone", false],
    ["phone", true],
    ["desktop", false],
    ["desktop", true],
    ["zoom", false],
  ] as const
).map(([size, dark]) => ({ size, dark, suffix: `-${size}-${dark ? "dark" : "light"}` }));
const wantedLooks = everyLook.filter(({ suffix }) => values.looks === undefined || values.looks.split(",").includes(suffix.slice(1)));

const world = await startDemonstration();
const browser = await openBrowser();
try {
  const folder = values.all ?? join(import.meta.dirname, "..", "..", "docs", "pictures");
  await mkdir(folder, { recursive: true });
  const wanted = (values.all === undefined ? scenes : [...scenes, ...states]).filter(
    ({ name }) => values.only === undefined || values.only.split(",").includes(name),
  );
  for (const scene of wanted) {
    const looks = values.all === undefined ? [{ size: scene.size, dark: false, suffix: "" } as const] : wantedLooks;
    for (const look of looks) await take(browser, world, { ...scene, whole: values.all === undefined ? scene.whole : true }, folder, look);
    process.stdout.write(`${scene.name}\n`);
  }
  const captures = capturePictures.filter((name) => values.only === undefined || values.only.split(",").includes(name));
  if (captures.length > 0) {
    await takeCapture(world, folder);
    process.stdout.write(`${capturePictures.join(", ")}\n`);
  }
} finally {
  await browser.close();
  await world.stop();
}

/** The pictures of the browser extension: an invented post on an invented site, the small window behind the icon, and what waits on /uitbreiding. Needs a browser with the extension in it; called by take.ts. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { desktop } from "#apps/checks/browser.ts";
import { openExtension } from "#apps/checks/extension.ts";
import { goTo } from "#apps/checks/walk-report.ts";
import type { Demonstration } from "#apps/checks/world.ts";

const site = "https://demoplein.example/berichten/1";
const post = `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Demoplein, verzonnen berichten</title><link rel="icon" href="data:,">
<style>body{margin:0;font:22px sans-serif;background:#eef}article{max-width:720px;margin:48px auto;padding:32px;background:#fff;border:1px solid #99a}</style></head>
<body><main><article><header><a rel="author" href="/sjon">Sjon Verzonnen</a> <span>@sjon_verzonnen</span> <time datetime="2026-11-24T21:03:00+01:00">gisteren om 21:03</time></header>
<p>Wethouder, wij weten u te vinden. Demonstratie, niemand bestaat echt.</p></article></main></body></html>`;

/** Names of the pictures it takes. */
export const capturePictures = ["capture-pair", "capture-window", "capture-waiting"] as const;

/** Walks from pairing to what waits. @throws Error when the extension was not built. */
export async function takeCapture(world: Demonstration, folder: string): Promise<void> {
  const keep = async (name: (typeof capturePictures)[number], picture: Buffer): Promise<void> => await writeFile(join(folder, `${name}.png`), picture);
  const browser = await openExtension({ width: 1100, height: 560 });
  try {
    const app = browser.context.pages()[0] ?? (await browser.context.newPage());
    await app.goto(`${world.url}/inloggen`);
    await app.locator("select.demonstration-choice").selectOption(world.handle("raadslid"));
    await app.waitForURL(/\/(werk|terug)$/);
    await goTo(app, "/uitbreiding");
    const pairing = await browser.pressIcon(app);
    await pairing.says("Vergelijk dit getal");
    await keep("capture-pair", await pairing.picture());
    await pairing.press("Ja, koppel");
    await pairing.says("Verbonden met deze pagina");
    await browser.context.route("https://demoplein.example/**", async (route) => await route.fulfill({ contentType: "text/html", body: post }));
    const page = await browser.context.newPage();
    await page.goto(site);
    const capturing = await browser.pressIcon(page);
    await capturing.press("Leg deze pagina vast");
    await capturing.says("Vastgelegd en op slot");
    await keep("capture-window", await capturing.picture());
    // The list may stand there already by the channel before: this press opens a new one.
    await (await browser.pressIcon(app)).says("Ga verder op de pagina");
    await app.getByRole("heading", { name: "Er wacht 1 vastlegging" }).waitFor();
    await app.getByRole("button", { name: "Bekijk het beeld" }).click();
    await app.getByRole("img", { name: "Het beeld van de vastgelegde pagina" }).waitFor();
    await app.setViewportSize(desktop);
    await app.evaluate(() => {
      document.documentElement.style.scrollbarWidth = "none";
      scrollTo(0, 0);
    });
    await app.waitForTimeout(400);
    await keep("capture-waiting", await app.screenshot({ fullPage: true }));
  } finally {
    await browser.close();
  }
}

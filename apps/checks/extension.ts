/** The built browser extension in a real Chromium, its icon pressed as a person presses it, its small window read and clicked; for the journeys and checks of the extension. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type CDPSession, type Page, type Worker } from "playwright-core";
import Type from "typebox";
import { Parse } from "typebox/value";
import { axeQuestion, axeScript, browserFlags, chromiumPath } from "./browser.ts";

/** Where `npm run build` puts it. */
export const builtExtension = join(process.cwd(), "dist/extension");

/** The small window behind the icon, as long as it is open. */
export interface Popup {
  /** Everything it says. */
  text(): Promise<string>;
  /** Waits until it says this. @throws Error with what it says instead. */
  says(words: string | RegExp): Promise<void>;
  /** Presses the button with exactly these words. */
  press(words: string): Promise<void>;
  /** What axe finds in it; empty when clean. */
  axe(): Promise<unknown>;
  /** PNG of the window. */
  picture(): Promise<Buffer>;
  /** Evaluates in the window. */
  run(expression: string): Promise<unknown>;
}

/** A browser with the extension in it. */
export interface ExtensionBrowser {
  readonly context: BrowserContext;
  readonly id: string;
  /** Presses the icon while this page is in front, and gives the window that opens. */
  pressIcon(page: Page): Promise<Popup>;
  /** The background, awake or not. */
  background(): Promise<Worker>;
  /** Ends it. @returns addresses the network log says that the extension itself asked for. */
  close(): Promise<readonly string[]>;
}

const NetLog = Type.Object({
  constants: Type.Object({ logEventTypes: Type.Record(Type.String(), Type.Integer()) }),
  events: Type.Array(Type.Object({ type: Type.Integer(), params: Type.Optional(Type.Record(Type.String(), Type.Unknown())) })),
});

/** Addresses of the world that Chromium's own network log names with the extension as the one that asked. */
function askedBy(log: string, id: string): string[] {
  const { constants, events } = Parse(NetLog, JSON.parse(readFileSync(log, "utf8")));
  const started = constants.logEventTypes["URL_REQUEST_START_JOB"];
  // Pages asked for scripts and styles meanwhile: a log without who asked for what would prove nothing.
  if (started === undefined || !events.some(({ type, params }) => type === started && String(params?.["initiator"]).startsWith("http://127.0.0.1")))
    throw new Error("the network log does not say who asked for what");
  return events
    .filter(({ type, params }) => type === started && params?.["initiator"] === `chrome-extension://${id}`)
    .map(({ params }) => String(params?.["url"]))
    .filter((url) => !url.startsWith("chrome-extension://"));
}

/** Starts Chromium with the built extension. @throws Error when it was not built, or does not start. */
export async function openExtension(window: { readonly width: number; readonly height: number }): Promise<ExtensionBrowser> {
  if (!existsSync(join(builtExtension, "manifest.json"))) throw new Error("dist/extension is not there: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-extension-"));
  const log = join(folder, "net.json");
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: chromiumPath(),
    headless: false,
    // No emulated size: a picture of the window must be what the page thinks the window is.
    viewport: null,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    acceptDownloads: true,
    args: [
      // The new headless mode is the whole browser, extensions included.
      "--headless=new",
      ...browserFlags,
      `--window-size=${window.width},${window.height}`,
      "--enable-unsafe-extension-debugging",
      `--disable-extensions-except=${builtExtension}`,
      `--load-extension=${builtExtension}`,
      `--log-net-log=${log}`,
    ],
  });
  const background = async (): Promise<Worker> => context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const id = new URL((await background()).url()).host;
  const browser = await context.browser()?.newBrowserCDPSession();
  if (browser === undefined) throw new Error("this browser gives no debugging session");
  return {
    context,
    id,
    background,
    pressIcon: async (page) => await pressIcon(browser, id, page),
    close: async () => {
      await context.close();
      const asked = askedBy(log, id);
      rmSync(folder, { recursive: true, force: true });
      return asked;
    },
  };
}

const popupsOf = async (browser: CDPSession, id: string): Promise<string[]> =>
  (await browser.send("Target.getTargets")).targetInfos.filter(({ url }) => url === `chrome-extension://${id}/popup.html`).map(({ targetId }) => targetId);

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`it did not come: ${what}`);
}

async function pressIcon(browser: CDPSession, id: string, page: Page): Promise<Popup> {
  await page.bringToFront();
  for (const old of await popupsOf(browser, id)) await browser.send("Target.closeTarget", { targetId: old });
  await until("the old window to close", async () => ((await popupsOf(browser, id)).length === 0 ? true : null));
  const { targetInfos } = await browser.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find(({ url }) => url === page.url());
  if (tab === undefined) throw new Error(`no tab shows ${page.url()}`);
  await browser.send("Extensions.triggerAction", { id, targetId: tab.targetId });
  const targetId = await until("the small window", async () => (await popupsOf(browser, id))[0] ?? null);
  return await popupAt(browser, targetId);
}

const Answer = Type.Object({ id: Type.Integer(), result: Type.Optional(Type.Record(Type.String(), Type.Unknown())), error: Type.Optional(Type.Unknown()) });
const Evaluated = Type.Object({ result: Type.Object({ value: Type.Optional(Type.Unknown()) }), exceptionDetails: Type.Optional(Type.Unknown()) });
const Shot = Type.Object({ data: Type.String() });

/** Playwright does not count the window behind an icon as a page: it is driven over a session of its own. */
async function popupAt(browser: CDPSession, targetId: string): Promise<Popup> {
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: false });
  let number = 0;
  const send = async (method: string, params: object): Promise<unknown> => {
    const mine = ++number;
    const answer = new Promise<unknown>((done, fail) => {
      const hear = (event: { readonly sessionId: string; readonly message: string }): void => {
        if (event.sessionId !== sessionId) return;
        const message: unknown = JSON.parse(event.message);
        if (typeof message !== "object" || message === null || !("id" in message) || message.id !== mine) return;
        browser.off("Target.receivedMessageFromTarget", hear);
        const { result, error } = Parse(Answer, message);
        if (error === undefined) done(result);
        else fail(new Error(`${method}: ${JSON.stringify(error)}`));
      };
      browser.on("Target.receivedMessageFromTarget", hear);
    });
    await browser.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: mine, method, params }) });
    return await answer;
  };
  const run = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = Parse(Evaluated, await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true }));
    if (exceptionDetails !== undefined) throw new Error(`in the small window: ${JSON.stringify(exceptionDetails)}`);
    return result.value;
  };
  const text = async (): Promise<string> => String(await run("document.body?.innerText ?? ''"));
  return {
    text,
    run,
    says: async (words) => {
      let last = "";
      await until(`the window to say ${String(words)}`, async () => {
        last = await text();
        return (typeof words === "string" ? last.includes(words) : words.test(last)) ? true : null;
      }).catch((error: unknown) => {
        throw new Error(`the window does not say ${String(words)} but: ${last}`, { cause: error });
      });
    },
    press: async (words) => {
      const found = `[...document.querySelectorAll("button")].find((button) => button.innerText.trim() === ${JSON.stringify(words)})`;
      await until(`a button ${words}`, async () => ((await run(`${found} !== undefined`)) === true ? true : null));
      await run(`${found}.click()`);
    },
    axe: async () => {
      await run(`${await axeScript()}; undefined`);
      return JSON.parse(String(await run(axeQuestion)));
    },
    picture: async () => Buffer.from(Parse(Shot, await send("Page.captureScreenshot", { format: "png" })).data, "base64"),
  };
}

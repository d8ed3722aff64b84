/**
 * What a page must hold for whoever reads it otherwise than with eyes, a mouse and a large screen: one function per question, each giving what it finds as lines. For accessibility.test.ts.
 * Functions given to `page.evaluate` run in the page and can use nothing from this file.
 */
import { glob } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { CDPSession, Page } from "playwright-core";
import { axeScript } from "./browser.ts";

/** Says what axe finds. `colours` asks for contrast alone: what else it looks at does not change with the colours. */
export type AxeQuestion = "everything" | "colours";

/**
 * axe-core with WCAG 2.2 A and AA, its best practices, the size of targets, and a contrast of 7:1 for text of every size (our own rule; WCAG lets large text off at 4.5:1).
 * [Note: Where axe runs] The page's policy forbids added scripts, so it runs in an isolated world of the debugging protocol, which stays with the document.
 */
export async function axeSays(session: CDPSession, question: AxeQuestion): Promise<string[]> {
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "accessible" });
  const { result: known } = await session.send("Runtime.evaluate", { expression: "typeof axe", contextId, returnByValue: true });
  if (known.value !== "object")
    await session.send("Runtime.evaluate", {
      expression: `${await axeScript()};axe.configure({checks:[{id:"color-contrast-enhanced",options:{contrastRatio:{normal:{expected:7},large:{expected:7}}}}]})`,
      contextId,
    });
  const run =
    question === "colours"
      ? { runOnly: ["color-contrast-enhanced"] }
      : {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          rules: { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: true }, "color-contrast": { enabled: false } },
        };
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, ${JSON.stringify({ ...run, resultTypes: ["violations"] })}).then((r) => JSON.stringify(r.violations.flatMap((v) => v.nodes.slice(0, 4).map((n) => v.id + " at " + n.target.join(" ") + ": " + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? "").slice(0, 160)))))`,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`);
  const found: unknown = JSON.parse(String(result.value));
  return Array.isArray(found) ? found.map(String) : [];
}

/** Words that are cut off, run out of what holds them or out of the window, and a page that scrolls sideways (WCAG 1.4.4, 1.4.10, 1.4.12). */
export const cut = async (page: Page): Promise<string[]> =>
  await page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    // The space at the end of a line that is kept as it was typed hangs outside, and nobody sees it.
    const space = 8;
    if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);
    const say = (element: Element, words: string): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${words.trim().slice(0, 40)}"`;
    const holders = "button, a.button, .tag, .bar-item, .choice-card, .tab, summary, label, .notice, .card, td, th, .field-input";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const words = node.textContent ?? "";
      const element = node.parentElement;
      if (words.trim() === "" || element === null || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      let kept = false;
      let scrolls = false;
      let clip: Element | null = null;
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const style = getComputedStyle(at);
        // Hidden on purpose, or shortened with the whole of it one press away.
        if (
          style.clipPath !== "none" ||
          style.webkitLineClamp !== "none" ||
          style.textOverflow === "ellipsis" ||
          at.tagName === "OPTION" ||
          at.tagName === "svg"
        )
          kept = true;
        if (style.overflowX === "auto" || style.overflowX === "scroll" || style.overflowY === "auto" || style.overflowY === "scroll") scrolls = true;
        if ((style.overflowX === "hidden" || style.overflowY === "hidden") && clip === null && at !== document.body && at !== root) clip = at;
      }
      if (kept) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const holder = element.closest(holders);
      const box = holder?.getBoundingClientRect();
      const clipBox = clip?.getBoundingClientRect();
      for (const rect of range.getClientRects()) {
        if (rect.width === 0) continue;
        if (!scrolls && (rect.right > root.clientWidth + 1 || rect.left < -1)) {
          found.push(`${say(element, words)} runs out of the window`);
          break;
        }
        if (
          holder !== null &&
          box !== undefined &&
          !scrolls &&
          (rect.right > box.right + space || rect.left < box.left - 2 || rect.bottom > box.bottom + 4 || rect.top < box.top - 4)
        ) {
          found.push(`${say(element, words)} runs out of ${say(holder, "")}`);
          break;
        }
        if (!scrolls && clipBox !== undefined && (rect.right > clipBox.right + space || rect.bottom > clipBox.bottom + 4)) {
          found.push(`${say(element, words)} is cut off`);
          break;
        }
      }
    }
    return [...new Set(found)].slice(0, 8);
  });

/** One heading 1, a title, the right language, one of each landmark, no order of focus of its own. */
export const frame = async (page: Page, language: "nl" | "en"): Promise<string[]> =>
  await page.evaluate((wanted) => {
    const found: string[] = [];
    const seen = (selector: string): Element[] => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    const headings = seen("h1");
    if (headings.length !== 1) found.push(`${headings.length} headings of the first level: ${headings.map((one) => one.textContent).join(" | ")}`);
    if (document.documentElement.lang !== wanted) found.push(`the language is said to be ${document.documentElement.lang}`);
    if (!/^.+ - Rugdekking$/u.test(document.title)) found.push(`the title is "${document.title}"`);
    for (const landmark of ["main", "body > #app > header, body > header", "body > #app > footer, body > footer"])
      if (seen(landmark).length !== 1) found.push(`${seen(landmark).length} of ${landmark}`);
    for (const one of seen("[tabindex]")) if (Number(one.getAttribute("tabindex")) > 0) found.push(`an order of its own: ${one.outerHTML.slice(0, 80)}`);
    return found;
  }, language);

/** What moves although the reader asked for rest (WCAG 2.3.3). To be called with reduced motion on. */
export const moves = async (page: Page): Promise<string[]> =>
  await page.evaluate(() => {
    const found = new Set<string>();
    const long = (times: string): boolean => times.split(",").some((time) => Number.parseFloat(time) > 0);
    for (const element of document.querySelectorAll("*"))
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration)) || style.scrollBehavior === "smooth")
          found.add(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}${part ?? ""} moves`);
      }
    return [...found].slice(0, 8);
  });

/** Lines round what is filled in and drawings beside words that stand out less than 3:1 (WCAG 1.4.11). */
export const faint = async (page: Page): Promise<string[]> =>
  await page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (canvas === null) return ["no canvas to read colours with"];
    type Colour = readonly [number, number, number, number];
    const known = new Map<string, Colour>();
    const read = (text: string): Colour => {
      const before = known.get(text);
      if (before !== undefined) return before;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "rgb(0 0 0 / 0)";
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [r, g, b, a / 255];
      known.set(text, colour);
      return colour;
    };
    const over = (front: Colour, back: Colour): Colour => {
      const mix = (one: number, other: number): number => one * front[3] + other * (1 - front[3]);
      return [mix(front[0], back[0]), mix(front[1], back[1]), mix(front[2], back[2]), 1];
    };
    const behind = (element: Element | null): Colour => {
      const layers: Colour[] = [];
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = read(getComputedStyle(at).backgroundColor);
        if (colour[3] > 0) layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight<Colour>((back, front) => over(front, back), [255, 255, 255, 1]);
    };
    const light = (colour: Colour): number => {
      const [r = 0, g = 0, b = 0] = [colour[0], colour[1], colour[2]].map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one: Colour, other: Colour): number => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
    const found = new Set<string>();
    const say = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} in .${element.parentElement?.getAttribute("class") ?? ""}`;
    const seen = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    for (const field of seen("input:not([type=hidden]):not([type=range]):not([type=file]), select, textarea, [contenteditable=true]")) {
      const style = getComputedStyle(field);
      const back = behind(field.parentElement);
      const edge = style.borderTopStyle === "none" || Number.parseFloat(style.borderTopWidth) === 0 ? behind(field) : over(read(style.borderTopColor), back);
      if (style.appearance === "none" || !/checkbox|radio/u.test(field.getAttribute("type") ?? ""))
        if (ratio(edge, back) < 3 && ratio(behind(field), back) < 3) found.add(`the edge of ${say(field)} stands out ${ratio(edge, back).toFixed(2)}:1`);
    }
    for (const drawing of seen("svg")) {
      const box = drawing.getBoundingClientRect();
      if (box.width > 48 || box.width === 0) continue;
      const style = getComputedStyle(drawing);
      const back = behind(drawing);
      const ink = over(read(style.color), back);
      if (ratio(ink, back) < 3) found.add(`the drawing ${say(drawing)} stands out ${ratio(ink, back).toFixed(2)}:1`);
    }
    return [...found].slice(0, 8);
  });

/** A control where the keyboard came. */
export interface Stop {
  /** Place among what a keyboard should reach; -1 for what was not counted. */
  readonly place: number;
  readonly who: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly fault: string | null;
}

/** Goes through the page with Tab from its top until it begins anew: what is never reached, what does not show that it has the focus, what lies under a bar, what is reached in another order than it is read (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11). */
export async function tabThrough(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(() => {
    const modal = document.querySelector("dialog:modal");
    const all = (modal ?? document).querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex]");
    const radios = new Map<string, HTMLInputElement>();
    const controls = [...all].filter(
      (one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && one.closest("[inert]") === null && !one.matches(":disabled"),
    );
    for (const one of controls)
      if (one instanceof HTMLInputElement && one.type === "radio") {
        const group = `${one.form === null ? "" : [...document.forms].indexOf(one.form)}/${one.name}`;
        if (!radios.has(group) || one.checked) radios.set(group, one);
      }
    const expected = controls.filter((one) => !(one instanceof HTMLInputElement && one.type === "radio") || [...radios.values()].includes(one));
    Object.assign(globalThis, { expectedStops: expected });
    document.body.tabIndex = -1;
    (modal instanceof HTMLElement ? modal : document.body).focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
    return expected.map((one) => one.outerHTML.replaceAll(/\s+/gu, " ").slice(0, 100));
  });
  const found: string[] = [];
  const reached = new Set<number>();
  let before: Stop | null = null;
  for (let times = 0; times < wanted.length * 2 + 10; times += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((): Stop | null => {
      const active = document.activeElement;
      if (active === null || active === document.body) return null;
      const list: unknown = Reflect.get(globalThis, "expectedStops");
      const place = Array.isArray(list) ? list.indexOf(active) : -1;
      const outline = (element: Element | null, depth: number): boolean => {
        if (element === null || depth > 3) return false;
        const style = getComputedStyle(element);
        return (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2) || outline(element.parentElement, depth + 1);
      };
      const rect = active.getClientRects()[0] ?? active.getBoundingClientRect();
      let fault: string | null = null;
      if (!outline(active, 0)) fault = "does not show that it has the focus";
      else if (rect.height < innerHeight - 200 && rect.width > 0) {
        if (rect.bottom <= 0 || rect.top >= innerHeight) fault = "has the focus out of sight";
        for (const y of [rect.top + 3, (rect.top + rect.bottom) / 2, rect.bottom - 3]) {
          const over = document.elementFromPoint(Math.min(Math.max(rect.left + rect.width / 2, 1), innerWidth - 1), y);
          if (
            over === null ||
            over.contains(active) ||
            active.contains(over) ||
            (active instanceof HTMLInputElement && [...(active.labels ?? [])].some((label) => label.contains(over)))
          )
            continue;
          for (let at: Element | null = over; at !== null && !at.contains(active); at = at.parentElement)
            if (["sticky", "fixed"].includes(getComputedStyle(at).position)) fault = `has the focus under .${at.getAttribute("class") ?? at.tagName}`;
        }
      }
      const who = active.outerHTML.replaceAll(/\s+/gu, " ").slice(0, 100);
      return { place, who, top: rect.top + scrollY, bottom: rect.bottom + scrollY, left: rect.left, right: rect.right, fault };
    });
    if (stop === null) {
      if (reached.size === wanted.length || times > wanted.length + 5) break;
      continue;
    }
    if (reached.has(stop.place) && stop.place === 0) break;
    if (stop.fault !== null && !reached.has(stop.place)) found.push(`${stop.who} ${stop.fault}`);
    if (before !== null && before.place >= 0 && stop.place >= 0 && stop.place < before.place && !reached.has(stop.place))
      found.push(`${stop.who} comes after ${before.who}`);
    if (
      before !== null &&
      stop.bottom <= before.top - 4 &&
      Math.min(stop.right, before.right) - Math.max(stop.left, before.left) > 40 &&
      !reached.has(stop.place)
    )
      found.push(`order: ${stop.who} stands above ${before.who} and comes later`);
    reached.add(stop.place);
    before = stop;
  }
  for (const [place, who] of wanted.entries()) if (!reached.has(place)) found.push(`never reached: ${who}`);
  return [...new Set(found)].slice(0, 10);
}

/** Roles that must say what they are for. */
const named = new Set(
  "button link textbox searchbox combobox listbox checkbox radio switch tab slider spinbutton progressbar meter image dialog alertdialog region navigation tabpanel radiogroup treeitem menuitem".split(
    " ",
  ),
);

/** One named thing as a screen reader gets it. */
export interface Heard {
  readonly role: string;
  readonly name: string;
}

/** Everything a screen reader is told by name, from the browser's own accessibility tree. */
export async function heard(session: CDPSession): Promise<readonly Heard[]> {
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name }) => ({ role: String(role?.value ?? ""), name: String(name?.value ?? "").trim() }));
}

/** What has a role and no name. */
export const nameless = (all: readonly Heard[]): string[] =>
  all.filter(({ role, name }) => named.has(role) && name === "").map(({ role }) => `a ${role} without a name`);

/** What the screens say in one language and never in the other. */
export type Sayings = Readonly<Record<"nl" | "en", ReadonlySet<string>>>;

/** Every fixed text in a table of messages, however deep; words that are made when they are needed (counts, names) are left out. */
function* fixed(table: unknown): Generator<string> {
  if (typeof table === "string") yield table.trim();
  else if (typeof table === "object" && table !== null) for (const part of Object.values(table)) yield* fixed(part);
}

let read: Promise<Sayings> | undefined;

/** Read from the tables of all screens themselves. */
export const sayings = (): Promise<Sayings> => (read ??= readSayings());

async function readSayings(): Promise<Sayings> {
  const root = new URL("../../", import.meta.url);
  const all = { nl: new Set<string>(), en: new Set<string>() };
  for (const language of ["nl", "en"] as const)
    for await (const file of glob(`services/**/{,*-}${language}.ts`, { cwd: root })) {
      const module: unknown = await import(pathToFileURL(new URL(file, root).pathname).href);
      for (const words of fixed(module)) if (words.includes(" ")) all[language].add(words);
    }
  const only = (own: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> => new Set([...own].filter((words) => !other.has(words)));
  return { nl: only(all.nl, all.en), en: only(all.en, all.nl) };
}

/** Words of the screens that stand in the other language than the page's (WCAG 3.1.1). What people wrote and what registers hold is in the language it is in. */
export async function foreign(page: Page, language: "nl" | "en", sayings: Sayings): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const out = new Set<string>();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.checkVisibility({ visibilityProperty: true }) === true && node.parentElement.closest("[lang]") === document.documentElement)
        out.add((node.textContent ?? "").trim());
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (element.closest("[lang]") === document.documentElement) out.add(element.getAttribute(name) ?? "");
    return [...out];
  });
  return texts.filter((words) => sayings[language === "nl" ? "en" : "nl"].has(words)).map((words) => `in the other language: ${words}`);
}

/** Spaces letters, words and lines as WCAG 1.4.12 lets a reader do. */
export const spaceText = async (page: Page, on: boolean): Promise<void> =>
  await page.evaluate((wide) => {
    if (!wide) {
      document.adoptedStyleSheets = [];
      return;
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
    );
    document.adoptedStyleSheets = [sheet];
  }, on);

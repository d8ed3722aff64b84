/** Reading a page: the built script for pages in a real Chromium, in a world of its own as the browser runs it, over hand-written pages. Everything on them is invented. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "playwright-core";
import Type, { type Static } from "typebox";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBrowser } from "#apps/checks/browser.ts";
import { builtExtension } from "#apps/checks/extension.ts";

vi.setConfig({ testTimeout: 60_000 });
const Read = Type.Object({
  title: Type.String(),
  text: Type.String(),
  cut: Type.Boolean(),
  frames: Type.Boolean(),
  by: Type.String(),
  account: Type.Object({ text: Type.String(), from: Type.String() }),
  time: Type.Object({ shown: Type.String(), stated: Type.String(), from: Type.String() }),
  look: Type.Object({ top: Type.Number(), height: Type.Number(), clear: Type.Object({ top: Type.Number(), bottom: Type.Number() }) }),
});

let browser: Browser;
let page: Page;
let devtools: CDPSession;
let script = "";
beforeAll(async () => {
  script = readFileSync(join(builtExtension, "page-reader.js"), "utf8");
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  devtools = await page.context().newCDPSession(page);
});
afterAll(async () => await browser.close());

/** The page as the extension reads it; `before` runs in the page itself. */
async function readPage(body: string, { head = "", before }: { readonly head?: string; readonly before?: () => void } = {}): Promise<Static<typeof Read>> {
  await page.setContent(`<!doctype html><html lang="nl"><head><title>Demo</title>${head}</head><body>${body}</body></html>`);
  if (before !== undefined) await page.evaluate(before);
  const { frameTree } = await devtools.send("Page.getFrameTree");
  const { executionContextId } = await devtools.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: `reader ${Math.random()}` });
  const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", {
    expression: `${script}\n;JSON.stringify(globalThis.rugdekkingPage.read())`,
    contextId: executionContextId,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
  return Parse(Read, JSON.parse(String(result.value)));
}
const words = "Dit is een verzonnen bericht dat lang genoeg is om gezien te worden. ".repeat(12);

describe("which message", () => {
  it("is the one that fills most of the window, without the messages inside and beside it", async () => {
    const found = await readPage(
      `<article><p>Groot bericht. ${words}</p><div role="article"><p>Reactie van een ander.</p></div></article><article><p>Buurman.</p></article>`,
    );
    expect(found.by).toBe("article");
    expect(found.text).toBe(`Groot bericht. ${words}`.trim());
  });
  it("ends at its own last words: what others answered below is not pictured, what stands between its words is", async () => {
    const others = '<div role="article" style="height:500px"><p>Reactie</p></div>';
    const below = await readPage(
      `<article style="margin:0"><p style="margin:0;height:200px">${words}</p><p style="margin:0">Slot.</p>${others}${others}</article>`,
    );
    expect(below.look.height).toBeGreaterThan(200);
    expect(below.look.height).toBeLessThan(260);
    const between = await readPage(`<article style="margin:0"><p style="margin:0;height:200px">${words}</p>${others}<p style="margin:0">Slot.</p></article>`);
    expect(between.look.height).toBeGreaterThan(700);
  });
  it("is the one words were selected in", async () => {
    const found = await readPage(`<article><p>${words}</p></article><article><p id="kies">Kleine reactie.</p></article>`, {
      before: () => getSelection()?.selectAllChildren(document.getElementById("kies") ?? document.body),
    });
    expect([found.by, found.text]).toEqual(["selection", "Kleine reactie."]);
  });
  it.each([
    [`<div role="article"><p>${words}</p></div>`, "role=article"],
    [`<div itemscope itemtype="https://schema.org/SocialMediaPosting"><p>${words}</p></div>`, "microdata"],
    [`<nav>Menu</nav><main><p>${words}</p></main>`, "main"],
    [`<p>${words}</p>`, "page"],
  ])("%#: is found by its shape", async (body, by) => {
    const found = await readPage(body);
    expect([found.by, found.text]).toEqual([by, words.trim()]);
  });
});

describe("the words", () => {
  it("keep lines, pre-formatted breaks, and emoji drawn as pictures", async () => {
    const found = await readPage(
      `<article><p>Eerste   regel<br>tweede regel</p><p style="white-space:pre-wrap">derde\n\nvierde <img alt="🔥" src="data:,"> <img alt="een huis" src="data:,"></p><p>${words}</p></article>`,
    );
    expect(found.text.startsWith("Eerste regel\ntweede regel\nderde\n\nvierde 🔥 [een huis]\nDit is een verzonnen")).toBe(true);
  });
  it("leave out what is hidden, script and style, and everything the person types themselves", async () => {
    const found = await readPage(
      `<article><p>Zichtbaar. ${words}</p><p hidden>weg</p><p style="visibility:hidden">weg</p><p style="opacity:0">weg</p><script>weg</script><style>.weg{}</style>
       <textarea>weg</textarea><div contenteditable>weg</div><div contenteditable="plaintext-only">weg</div><select><option>weg</option></select><input value="weg"><noscript>weg</noscript></article>`,
    );
    expect(found.text).toBe(`Zichtbaar. ${words}`.trim());
  });
  it("keep marks that turn text around, mend lone halves of characters, and are cut where there is no end", async () => {
    const found = await readPage(`<article><p>Naam \u202Etxet edreekeG\u202C. ${words}</p></article>`, {
      before: () => document.querySelector("article")?.append("half \uD83D einde"),
    });
    expect(found.text).toContain("\u202Etxet edreekeG\u202C");
    expect(found.text).toContain("half \uFFFD einde");
    const endless = await readPage("<article></article>", {
      before: () => {
        const article = document.querySelector("article");
        for (let n = 0; n < 400; n++) article?.append(`${"lang ".repeat(400)}\n`);
      },
    });
    expect(endless.cut).toBe(true);
    expect(endless.text.length).toBeLessThanOrEqual(200_000);
  });
  it("do not come from frames, and the reader says that there is one", async () => {
    const found = await readPage(`<article><p>${words}</p><iframe srcdoc="<p>uit een ander raam</p>" width="300" height="200"></iframe></article>`);
    expect(found.frames).toBe(true);
    expect(found.text).not.toContain("ander raam");
  });
});

describe("who and when", () => {
  const post = (inner: string): string => `<article>${inner}<p>${words}</p></article>`;
  it.each([
    ["rel=author with a handle", post('<a rel="author">Sjon Verzonnen</a> <span>@sjon_v</span>'), "Sjon Verzonnen (@sjon_v)", "rel=author"],
    ["microdata", post('<span itemprop="author" itemscope><meta itemprop="name" content="Mies Verzonnen"></span>'), "Mies Verzonnen", "microdata"],
    [
      "microformats with a handle of another server",
      post('<a class="p-author h-card">Kees</a><a>@kees@demo.example</a>'),
      "Kees (@kees@demo.example)",
      "microformats",
    ],
    ["only a handle", post("<div><a href='/x'>@alleen.handvat</a></div>"), "@alleen.handvat", "handle"],
    ["nothing", post(""), "", ""],
  ])("%s", async (_, body, text, from) => {
    expect((await readPage(body)).account).toEqual({ text, from });
  });
  it("do not come from a message inside it", async () => {
    const found = await readPage(post('<div role="article"><a rel="author">Een ander</a><time datetime="2020-01-01">ooit</time></div>'));
    expect(found.account.text).toBe("");
    expect(found.time).toEqual({ shown: "", stated: "", from: "" });
  });
  it("come from JSON-LD and meta when there is one message, and not when there are more", async () => {
    const stated = {
      "@context": "https://schema.org",
      "@graph": [{ "@type": ["SocialMediaPosting"], author: { name: "Jo Verzonnen", alternateName: "@jo" }, datePublished: "2026-11-24T20:00:00Z" }],
    };
    const head = `<script type="application/ld+json">${JSON.stringify(stated)}</script><meta name="author" content="Meta Verzonnen">`;
    const one = await readPage(post(""), { head });
    expect(one.account).toEqual({ text: "Jo Verzonnen (@jo)", from: "json-ld" });
    expect(one.time).toEqual({ shown: "", stated: "2026-11-24T20:00:00Z", from: "json-ld" });
    expect((await readPage(post("") + post("tweede"), { head })).account.text).toBe("");
    const broken = await readPage(post(""), { head: '<script type="application/ld+json">{kapot</script><meta name="author" content="Meta Verzonnen">' });
    expect(broken.account).toEqual({ text: "Meta Verzonnen", from: "meta" });
  });
  it("time: as shown and as stated", async () => {
    const found = await readPage(post('<time datetime="2026-11-24T21:03:00+01:00">gisteren   om\n21:03</time>'));
    expect(found.time).toEqual({ shown: "gisteren om 21:03", stated: "2026-11-24T21:03:00+01:00", from: "time" });
  });
  it("are one harmless line each: no marks that turn text around, no controls, no end to it", async () => {
    const found = await readPage(
      post(`<a rel="author">Sjon\u202E\u2066\u200B\u0007 Verzonnen ${"lang ".repeat(100_000)}</a><time datetime="${"9".repeat(5_000)}">nu</time>`),
    );
    expect(found.account.text.startsWith("Sjon Verzonnen lang lang")).toBe(true);
    expect(found.account.text.length).toBeLessThanOrEqual(200);
    expect(found.time.stated).toHaveLength(100);
  });
});

describe("[Note: Clobbered pages]", () => {
  it("reads through names that hide the document's and a form's own properties", async () => {
    const found = await readPage(
      `<img name="title"><img name="body"><img name="querySelectorAll"><img name="createTreeWalker"><img name="scrollingElement"><img name="elementFromPoint">
       <article><form><input name="parentElement"><input name="textContent"><input name="matches"><input name="localName"><input name="getBoundingClientRect"><input name="checkVisibility"><input name="getAttribute">
       <a rel="author">Echt Verzonnen</a><p>${words}</p></form></article>`,
    );
    expect([found.title, found.account.text, found.by]).toEqual(["Demo", "Echt Verzonnen", "article"]);
    expect(found.text).toBe(`Echt Verzonnen\n${words}`.trim());
  });
  it("does not hear of prototypes and functions the page has changed", async () => {
    const found = await readPage(`<article><a rel="author">Echt Verzonnen</a><p>${words}</p></article>`, {
      before: () => {
        const poison = (): never => {
          throw new Error("vergiftigd");
        };
        Object.assign(Document.prototype, { querySelectorAll: poison, createTreeWalker: poison });
        Object.assign(Element.prototype, { getAttribute: () => "vergiftigd", matches: poison, closest: poison });
        Object.assign(Array.prototype, { map: poison, filter: poison });
        Object.assign(JSON, { stringify: () => "vergiftigd" });
        Object.assign(globalThis, { getComputedStyle: poison, rugdekkingPage: { read: () => "vergiftigd" } });
      },
    });
    expect([found.account.text, found.by]).toEqual(["Echt Verzonnen", "article"]);
  });
  it("takes fixed bars off the part in which the message is clear", async () => {
    const found = await readPage(
      `<div style="position:fixed;inset:0 0 auto;height:80px;background:#ccc">balk</div><div style="position:fixed;inset:auto 0 0;height:60px;background:#ccc">cookies</div>
       <article style="margin-top:40px;height:3000px"><p>${words}</p></article>`,
    );
    expect(found.look.clear.top).toBeGreaterThanOrEqual(80);
    expect(found.look.clear.top).toBeLessThan(88);
    expect(found.look.clear.bottom).toBeLessThanOrEqual(640);
    expect(found.look.clear.bottom).toBeGreaterThan(632);
  });
});

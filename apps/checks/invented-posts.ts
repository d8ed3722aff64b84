/** A small site of invented posts for the checks of the browser extension: one to capture, and pages that try to harm whoever reads them. */
import { createServer } from "node:http";

/** A running site. */
export interface PostSite {
  readonly url: string;
  /** Every path asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const long = Array.from({ length: 40 }, (_, n) => `<p>Regel ${n + 1} van het verzonnen bericht. Demonstratie, niemand bestaat echt.</p>`).join("\n");

const frame = (title: string, body: string, head = ""): string =>
  `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;

const style = `<style>
  body { margin: 0; padding-top: 60px; font: 18px sans-serif; }
  .bar { position: fixed; inset: 0 0 auto; height: 60px; background: #ddd; }
  article { max-width: 600px; margin: 20px auto; padding: 16px; border: 1px solid #999; }
</style>`;

/** A feed: the long post first, with one comment inside it, and another post under it. */
const feed = frame(
  "Demoplein, verzonnen berichten",
  `<div class="bar">Demoplein</div>
   <main>
     <article>
       <header><a rel="author" href="/sjon">Sjon Verzonnen</a> <span>@sjon_verzonnen</span> <time datetime="2026-11-24T21:03:00+01:00">gisteren om 21:03</time></header>
       <p>Wethouder, wij weten u te vinden. MARKERING-BERICHT</p>
       ${long}
       <p>EINDE-BERICHT</p>
       <article><a rel="author">Andere Verzonnen</a><p>MARKERING-REACTIE van een ander.</p></article>
     </article>
     <article><a rel="author">Derde Verzonnen</a><p>MARKERING-BUURMAN</p></article>
   </main>`,
  style,
);

/** Overrides what it can, hides the document's own properties behind names, and shouts at every message it hears. */
const hostile = frame(
  "Vijandig",
  `<img name="title"><img name="body"><img name="querySelectorAll"><img name="createTreeWalker"><img name="scrollingElement">
   <article><form><input name="parentElement"><input name="matches"><input name="checkVisibility"><input name="getBoundingClientRect" value="GETYPT-GEHEIM">
     <textarea>GETYPT-GEHEIM</textarea><div contenteditable>GETYPT-GEHEIM</div>
     <p>Leesbaar bericht MARKERING-VIJANDIG</p><p hidden>ONZICHTBAAR-A</p><p style="opacity:0">ONZICHTBAAR-B</p></form></article>`,
  `<script>
    for (const name of ["querySelectorAll", "createTreeWalker", "elementFromPoint"]) Document.prototype[name] = () => { throw new Error("vergiftigd"); };
    Element.prototype.getAttribute = () => "VERGIFTIGD"; Array.prototype.map = () => ["VERGIFTIGD"]; Object.prototype.url = "VERGIFTIGD";
    JSON.stringify = () => "VERGIFTIGD"; MessageChannel = undefined; getComputedStyle = () => ({}); globalThis.rugdekkingPage = { read: () => ({ url: location.href, title: "VERGIFTIGD" }) };
    window.heard = [];
    addEventListener("message", (event) => window.heard.push(event.data));
    setInterval(() => window.postMessage({ mark: "rugdekking-extension/1", nonce: "AAAAAAAAAAAAAAAAAAAAAA", number: 0, ask: { what: "waiting" } }, "*"), 50);
  </script>${style}`,
);

/** Becomes another page as soon as it is scrolled, as the pages of platforms do. */
const sliding = feed.replace("</body>", "<script>addEventListener('scroll', () => history.replaceState(null, '', '/een-ander-bericht'));</script></body>");

const pages: Readonly<Record<string, string>> = {
  "/bericht": feed,
  "/schuift": sliding,
  "/vijandig": hostile,
  // Looks like the app's page by its address, and answers like it: with a card of its own.
  "/uitbreiding": frame(
    "Nagemaakt",
    "<h1>Vastleggen met de uitbreiding</h1>",
    `<script>
      window.got = [];
      addEventListener("message", ({ data, ports }) => {
        const port = ports[0];
        if (!port) return;
        port.onmessage = (event) => window.got.push(event.data);
        const say = (number, ask) => port.postMessage({ nonce: data.nonce, number, ask });
        say(0, { what: "here", card: { payloadType: "x", payload: "e30", signatures: [{ keyid: "a", sig: "b" }] } });
        say(1, { what: "waiting" });
        say(2, { what: "taken", id: "01980000-0000-7000-8000-000000000000" });
        say(3, { what: "piece", id: "01980000-0000-7000-8000-000000000000", item: "01980000-0000-7000-8000-000000000000", from: 0 });
        port.postMessage({ nonce: "AAAAAAAAAAAAAAAAAAAAAA", number: 4, ask: { what: "waiting" } });
        port.postMessage({ nonce: data.nonce, number: 5, ask: { what: "erase" }, __proto__: { x: 1 } });
      });
    </script>`,
  ),
};

/** Starts the site on a free port of this machine. */
export async function openPosts(): Promise<PostSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const page = pages[path];
    response.writeHead(page === undefined ? 404 : 200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(page ?? "niet gevonden");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the site has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: async () => await new Promise((done) => server.close(() => done())),
  };
}

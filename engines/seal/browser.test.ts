/** The same engine in a real Chromium: what Node sealed opens there and the other way round, with ML-KEM by the browser and by @noble/post-quantum. */
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { fromBase64Url, generateSeed, handOver, openJson, parseUuid, sealJson, sealKeyPair, takeOver, toBase64Url } from "./index.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const folder = new URL(".", import.meta.url).pathname;

/** The engine as a browser loads it: path to code. */
async function bundled(): Promise<Map<string, string>> {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, target: "es2024", lib: { entry: { seal: `${folder}index.ts`, kem: `${folder}kem.ts` }, formats: ["es"] } },
  });
  const files = new Map<string, string>();
  for (const built of Array.isArray(result) ? result : [result]) {
    if (!("output" in built)) throw new Error("the build gave a watcher instead of files");
    for (const file of built.output) if (file.type === "chunk") files.set(`/${file.fileName}`, file.code);
  }
  return files;
}

describe.skipIf(!existsSync(executablePath))("in Chromium (skipped where it is not installed)", () => {
  it("seals and opens what Node opens and seals", async () => {
    const files = await bundled();
    const name = (start: string) => [...files.keys()].find((file) => file.startsWith(`/${start}.`)) ?? "";
    const html = `<!doctype html><title>seal</title><script type="module">import * as seal from "${name("seal")}"; import * as kem from "${name("kem")}"; Object.assign(globalThis, { seal, kem });</script>`;
    const server = createServer((request, response) => {
      const code = files.get(request.url ?? "");
      response.setHeader("content-type", code === undefined ? "text/html" : "text/javascript");
      response.end(code ?? html);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const [seed, secret] = [generateSeed(), generateSeed()];
      const context = { purpose: "dossier", subject: "demo", to: "demo" } as const;
      const place = { dossier: parseUuid("01890a5d-ac96-774b-bcce-b302099a8058"), item: parseUuid("01890a5d-ac96-774b-bcce-b302099a8059"), channel: "main" };
      const key = await sealKeyPair(seed);
      const sent = {
        seed: toBase64Url(seed),
        context,
        place,
        sealed: await handOver(secret, key.publicKey, context),
        item: toBase64Url(await sealJson({ from: "node" }, secret, place)),
      };
      const back = await page.evaluate(async (given) => {
        const [seal, kem] = [Reflect.get(globalThis, "seal"), Reflect.get(globalThis, "kem")];
        const pair = await seal.sealKeyPair(seal.fromBase64Url(given.seed, "seed"));
        const opened = await seal.takeOver(given.sealed, pair, given.context);
        const started = performance.now();
        for (let n = 0; n < 50; n++)
          await seal.openJson(seal.fromBase64Url(given.item, "item"), await seal.takeOver(given.sealed, pair, given.context), given.place);
        const each = (performance.now() - started) / 50;
        const byNoble = await kem.keyPairFromSeed(seal.fromBase64Url(given.seed, "seed"), "noble");
        const guest = await seal.guestFromReceipt(seal.generateReceiptCode());
        const stored = structuredClone(pair);
        return {
          provider: await kem.mlKemProvider(),
          publicKey: pair.publicKey,
          publicKeyByNoble: seal.toBase64Url(byNoble.publicKey.publicBytes),
          openedByNoble: seal.toBase64Url(await seal.takeOver(given.sealed, { publicKey: pair.publicKey, privateKey: byNoble }, given.context)),
          openedFromClone: seal.toBase64Url(await seal.takeOver(given.sealed, stored, given.context)),
          opened: seal.toBase64Url(opened),
          json: await seal.openJson(seal.fromBase64Url(given.item, "item"), opened, given.place),
          sealed: await seal.handOver(opened, pair.publicKey, given.context),
          item: seal.toBase64Url(await seal.sealJson({ from: "browser" }, opened, given.place)),
          card: (await seal.verifyPersonCard(guest.card)).card.kind,
          each,
        };
      }, sent);
      expect(back.provider).toBe("runtime");
      expect([back.publicKey, back.publicKeyByNoble]).toEqual([key.publicKey, key.publicKey]);
      expect([back.opened, back.openedByNoble, back.openedFromClone]).toEqual(Array.from({ length: 3 }, () => toBase64Url(secret)));
      expect([back.json, back.card]).toEqual([{ from: "node" }, "guest"]);
      expect(await takeOver(back.sealed, key, context)).toEqual(secret);
      expect(await openJson(fromBase64Url(back.item, "item"), secret, place)).toEqual({ from: "browser" });
      console.info(`Chromium: hand-over and cover opened in ${back.each.toFixed(2)} ms`);
    } finally {
      await browser.close();
      server.close();
    }
  }, 60_000);
});

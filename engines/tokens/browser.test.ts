/** The client's half in a real Chromium, as it is delivered: asks, finishes and is believed by the issuer. Run by vitest at night. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { generateIssuerKey, signBlinded, TokenVerifier, writeKeyStatement } from "./server.ts";
import { builtClient } from "./testing-build.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
let code = "";

beforeAll(async () => {
  code = await builtClient();
});

describe("the client's half", () => {
  it.skipIf(!existsSync(executablePath))("collects a token in Chromium that the issuer's half believes (skipped where it is not installed)", async () => {
    const issuer = await generateIssuerKey("2026", "raadslid/Utrecht");
    const server = createServer((request, response) => {
      response.setHeader("content-type", request.url === "/tokens.js" ? "text/javascript" : "text/html");
      response.end(
        request.url === "/tokens.js"
          ? code
          : `<!doctype html><title>tokens</title><script type="module">import * as tokens from "/tokens.js"; Object.assign(globalThis, { tokens });</script>`,
      );
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
      await page.exposeFunction("sign", (blinded: number[]) => [...signBlinded(issuer, Uint8Array.from(blinded))]);
      const text = await page.evaluate(
        async (statement) => {
          const tokens = Reflect.get(globalThis, "tokens");
          const sign = Reflect.get(globalThis, "sign");
          const key = tokens.keyOfStratum([await tokens.readKeyStatement(Uint8Array.from(statement))], "2026", "raadslid/Utrecht");
          const pending = tokens.decodePending(tokens.encodePending(await tokens.requestToken(key)));
          const answer = Uint8Array.from(await sign([...pending.blinded]));
          return String(tokens.encodeToken(await tokens.finishToken(key, pending, answer)));
        },
        [...writeKeyStatement(issuer.key)],
      );
      expect(new TokenVerifier([issuer.key]).verify(text)).toMatchObject({ wave: "2026", stratum: "raadslid/Utrecht" });
    } finally {
      await browser.close();
      server.close();
    }
  });
});

/** The client's half stays small, and without the issuer's. Run by vitest. */
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { builtClient } from "./testing-build.ts";

it("is at most 18 kB over the line, and holds nothing of the issuer's", async () => {
  const code = await builtClient();
  expect(gzipSync(code).length).toBeGreaterThan(5_000);
  expect(gzipSync(code).length).toBeLessThan(18_000);
  expect(code).not.toContain("privateDecrypt");
});

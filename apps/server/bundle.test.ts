import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBundle } from "./bundle.ts";

describe("the digest of the web app", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bundle-"));
    await mkdir(join(folder, "assets"));
    for (const [name, text] of [
      ["index.html", "<!doctype html>"],
      ["assets/a-Z.js", "1"],
      ["assets/a-a.js", "2"],
      ["assets/é.js", "3"],
      ["assets-b.js", "4"],
    ] as const)
      await writeFile(join(folder, name), text);
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("is what find, sort and sha256sum print, so that nobody needs this program", async () => {
    const printed = execFileSync("sh", ["-c", "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum"], { cwd: folder, encoding: "utf8" });
    const bundle = await readBundle(folder);
    expect(bundle.manifest).toBe(printed);
    expect(bundle.digest).toBe(execFileSync("sha256sum", { input: printed, encoding: "utf8" }).slice(0, 64));
  });

  it("does not depend on a compressor, and does on every byte of a file and on its name", async () => {
    const before = await readBundle(folder);
    await writeFile(join(folder, "index.html.br"), "anything");
    expect(await readBundle(folder)).toEqual(before);
    await writeFile(join(folder, "assets/a-a.js"), "2 ");
    expect((await readBundle(folder)).digest).not.toBe(before.digest);
    await writeFile(join(folder, "assets/a-a.js"), "2");
    expect(await readBundle(folder)).toEqual(before);
    await writeFile(join(folder, "more.js"), "");
    expect((await readBundle(folder)).digest).not.toBe(before.digest);
  });
});

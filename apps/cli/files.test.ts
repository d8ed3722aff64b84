/** What the command line writes stands whole under its name or not at all, and never over something that was there. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bundleAt, bundleTarget, writeStream } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-files-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Gives one piece, then fails as a broken connection would. */
const breaking = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => controller.enqueue(bytes("half")),
    pull: (controller) => controller.error(new Error("cut")),
  });

for (const name of ["bundel.zip", "bundel"]) {
  describe(`a bundle as ${name}`, () => {
    test("has its name only when it is closed, is for its owner alone, and reads back", async () => {
      const target = await bundleTarget(at(name));
      await target.put("originals/a.txt", bytes("a"));
      await target.put("items/b.age", { stream: new Blob(["bb"]).stream(), size: 2 });
      expect(readdirSync(folder)).toEqual([`${name}.partial`]);
      await target.close();
      expect(readdirSync(folder)).toEqual([name]);
      expect(statSync(at(name)).mode & 0o077).toBe(0);
      const bundle = await bundleAt(at(name));
      expect((await bundle.names()).toSorted()).toEqual(["items/b.age", "originals/a.txt"]);
      expect(await new Response(await bundle.open("items/b.age")).text()).toBe("bb");
      await bundle.close();
    });

    test("is never written over what is there, nor over what an earlier attempt left", async () => {
      await expect(bundleTarget(at(name))).rejects.toMatchObject({ message: `${at(name)} exists already` });
      rmSync(at(name), { recursive: true });
      writeFileSync(at(`${name}.partial`), "");
      await expect(bundleTarget(at(name))).rejects.toMatchObject({ mend: "remove it, or choose another name" });
      rmSync(at(`${name}.partial`));
    });

    test("that breaks off and is discarded leaves nothing", async () => {
      const target = await bundleTarget(at(name));
      await target.put("originals/a.txt", bytes("a"));
      await expect(target.put("items/b.age", { stream: breaking(), size: 9 })).rejects.toThrow("cut");
      await target.discard();
      expect(readdirSync(folder)).toEqual([]);
    });
  });
}

test("a download that breaks off leaves nothing; a whole one is never written over a file", async () => {
  await expect(writeStream(at("foto.png"), breaking())).rejects.toThrow("cut");
  expect(readdirSync(folder)).toEqual([]);
  await writeStream(at("foto.png"), new Blob(["x"]).stream());
  await expect(writeStream(at("foto.png"), new Blob(["y"]).stream())).rejects.toMatchObject({ message: `${at("foto.png")} exists already` });
  expect(readFileSync(at("foto.png"), "utf8")).toBe("x");
});

test("a folder with a link in it is not a bundle", async () => {
  mkdirSync(at("links"));
  symlinkSync("/etc/hostname", join(at("links"), "key.txt"));
  await expect(bundleAt(at("links"))).rejects.toMatchObject({ code: "name-refused", file: "key.txt" });
});

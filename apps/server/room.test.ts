/** The last room on the disk: whoever asks is refused before it is gone, and the disk is not looked at for every request. */
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { roomOn } from "./room.ts";

test("passes while there is room, refuses when there is not, looks at most once a second", async () => {
  let looked = 0;
  const plenty = roomOn("", 100, async () => ((looked += 1), 101));
  await plenty();
  await plenty();
  expect(looked).toBe(1);
  await expect(roomOn("", 100, async () => 99)()).rejects.toMatchObject({ code: "storage-full", mend: expect.stringContaining("desk") });
});

test("reads the real disk", async () => {
  await expect(roomOn(tmpdir(), 1)()).resolves.toBeUndefined();
  await expect(roomOn(tmpdir(), Number.MAX_SAFE_INTEGER)()).rejects.toMatchObject({ code: "storage-full" });
});

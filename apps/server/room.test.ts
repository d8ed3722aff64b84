/** The last room on the disk: whoever asks is refused before it is gone, files of guests first and words last, and the disk is not looked at for every request. */
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { roomOn } from "./room.ts";

test("passes while there is room, refuses when there is not, looks at most once a second", async () => {
  let looked = 0;
  const plenty = roomOn("", 100, async () => ((looked += 1), 101));
  await plenty("guest-file");
  await plenty("words");
  expect(looked).toBe(1);
  await expect(roomOn("", 100, async () => 99)("guest-file")).rejects.toMatchObject({ code: "storage-full", mend: expect.stringContaining("112") });
});

test("files of guests give way first, then those of accounts, then those of desks, and words are taken longest", async () => {
  const kinds = ["guest-file", "file", "desk-file", "words"] as const;
  for (const [left, taken] of [
    [800, 4],
    [799, 3],
    [400, 3],
    [399, 2],
    [199, 1],
    [100, 1],
    [99, 0],
  ] as const) {
    const room = roomOn("", 800, async () => left);
    const answers = await Promise.allSettled(kinds.map(async (kind) => await room(kind)));
    expect(
      answers.map(({ status }) => status === "fulfilled"),
      String(left),
    ).toEqual(kinds.map((_, place) => place >= kinds.length - taken));
  }
});

test("reads the real disk", async () => {
  await expect(roomOn(tmpdir(), 1)("guest-file")).resolves.toBeUndefined();
  await expect(roomOn(tmpdir(), Number.MAX_SAFE_INTEGER)("words")).rejects.toMatchObject({ code: "storage-full" });
});

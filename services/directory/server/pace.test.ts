/** The pace of what anyone may ask for: a burst passes, a flood is told to wait, and turns come back with time. */
import { expect, test } from "vitest";
import { paced } from "./pace.ts";

test("a burst passes, what comes on top is put off, and a second later as many turns are back as the pace says", () => {
  let now = 0;
  const take = paced({ burst: 3, perSecond: 2 }, "More people register", () => now);
  for (let turn = 0; turn < 3; turn += 1) expect(take).not.toThrow();
  expect(take).toThrow(expect.objectContaining({ code: "quota-reached" }));
  now = 1000;
  expect(take).not.toThrow();
  expect(take).not.toThrow();
  expect(take).toThrow(/More people register/);
  now = 3_600_000;
  for (let turn = 0; turn < 3; turn += 1) expect(take).not.toThrow();
  expect(take).toThrow();
});

/** The pace of what may be asked for: a burst passes, a flood is told to wait, turns come back with time, and who is back at nothing is forgotten. */
import { expect, test } from "vitest";
import { pacedByCaller } from "./pace.ts";

test("a burst passes, what comes on top is put off, and a second later as many turns are back as the pace says", () => {
  let now = 0;
  const own = { burst: 3, perSecond: 2 };
  const pace = pacedByCaller({ each: own, all: own }, { what: "More people register", mend: "Try again." }, () => now);
  const take = (): void => pace.take("een");
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

const words = { what: "More is asked", mend: "Try again." };

test("callers have turns of their own and share those of all; who is refused takes none from the others", () => {
  const pace = pacedByCaller({ each: { burst: 2, perSecond: 1 }, all: { burst: 5, perSecond: 1 } }, words, () => 0);
  for (let turn = 0; turn < 2; turn += 1) expect(() => pace.take("een")).not.toThrow();
  for (let turn = 0; turn < 10; turn += 1) expect(() => pace.take("een")).toThrow(expect.objectContaining({ code: "quota-reached" }));
  for (const caller of ["twee", "drie", "vier"]) expect(() => pace.take(caller)).not.toThrow();
  expect(() => pace.take("vijf")).toThrow(expect.objectContaining({ code: "quota-reached" }));
  expect(pace.size).toBe(4);
});

test("callers whose turns came back are forgotten; who is still short of one is not", () => {
  let now = 0;
  const pace = pacedByCaller({ each: { burst: 4, perSecond: 1 }, all: { burst: 10_000, perSecond: 1 } }, words, () => now);
  for (let caller = 0; caller < 1000; caller += 1) pace.take(`vroeger ${caller}`);
  now = 3_900;
  for (let turn = 0; turn < 4; turn += 1) pace.take("druk");
  now = 4_000;
  pace.take("nieuw");
  expect(pace.size).toBe(2);
  expect(() => pace.take("druk")).toThrow();
});

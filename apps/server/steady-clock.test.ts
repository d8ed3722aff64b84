/** The house's clock over jumps of the machine's. */
import { expect, test } from "vitest";
import { steadyClock } from "./steady-clock.ts";

const minute = 60_000;
const start = Date.parse("2026-11-26T23:00:00Z");

function staged(): {
  readonly clock: () => Date;
  readonly pass: (milliseconds: number) => void;
  readonly set: (milliseconds: number) => void;
  readonly backs: () => number;
} {
  let [wall, monotonic, backs] = [start, 5_000, 0];
  const clock = steadyClock(() => (backs += 1), { wall: () => wall, monotonic: () => monotonic });
  return {
    clock,
    pass: (milliseconds) => {
      wall += milliseconds;
      monotonic += milliseconds;
    },
    set: (milliseconds) => (wall += milliseconds),
    backs: () => backs,
  };
}
const at = (offset: number): Date => new Date(start + offset);

test("corrections of the network are followed, in both directions and also when they add up", () => {
  const { clock, pass, set, backs } = staged();
  for (let hour = 1; hour <= 24; hour += 1) {
    pass(60 * minute);
    set(-minute);
    expect(clock()).toEqual(at(hour * 59 * minute));
  }
  expect(backs()).toBe(0);
});

test("set back an hour, it goes on with the time that passed, says so once, and agrees again once the machine does", () => {
  const { clock, pass, set, backs } = staged();
  clock();
  set(-60 * minute);
  expect(clock()).toEqual(at(0));
  pass(10 * minute);
  expect(clock()).toEqual(at(10 * minute));
  expect(backs()).toBe(1);
  set(60 * minute);
  pass(minute);
  expect(clock()).toEqual(at(11 * minute));
  set(-30 * minute);
  expect(clock()).toEqual(at(11 * minute));
  expect(backs()).toBe(2);
});

test("set a day ahead it follows, as after a sleep; set right again it follows too, and further back it does not", () => {
  const { clock, pass, set, backs } = staged();
  clock();
  set(24 * 60 * minute);
  pass(minute);
  expect(clock()).toEqual(at(24 * 60 * minute + minute));
  set(-24 * 60 * minute);
  pass(minute);
  expect(clock()).toEqual(at(2 * minute));
  expect(backs()).toBe(0);
  set(-5 * minute);
  expect(clock()).toEqual(at(2 * minute));
  expect(backs()).toBe(1);
});

/** "Snel weg" by key: Escape twice, and nothing that only looks like it. The button is walked in apps/checks/journey-report.test.ts. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { leaveByKey, neutralPage } from "./leave.ts";

/** What a key event says, as far as it is read. */
interface Pressed {
  readonly key: string;
  readonly timeStamp: number;
  readonly repeat?: boolean;
  readonly isComposing?: boolean;
  readonly shiftKey?: boolean;
  readonly defaultPrevented?: boolean;
}

const heard: ((event: Pressed) => void)[] = [];
const left: string[] = [];
let openDialog: object | null = null;
beforeEach(() => {
  heard.length = 0;
  left.length = 0;
  openDialog = null;
  // Those that listen before everything else are called first.
  vi.stubGlobal("addEventListener", (_kind: string, hear: (event: Pressed) => void, early?: boolean) =>
    early === true ? heard.unshift(hear) : heard.push(hear),
  );
  vi.stubGlobal("removeEventListener", (_kind: string, hear: (event: Pressed) => void) => heard.splice(heard.indexOf(hear), 1));
  vi.stubGlobal("document", { documentElement: { dataset: {} }, title: "", querySelector: () => openDialog });
  vi.stubGlobal("history", { state: null });
  vi.stubGlobal("location", { replace: (to: string) => left.push(to) });
});
afterEach(() => vi.unstubAllGlobals());

function press(...pressed: readonly Pressed[]): void {
  for (const event of pressed) for (const hear of heard) hear(event);
}
const escape = (timeStamp: number, more: Partial<Pressed> = {}): Pressed => ({ key: "Escape", timeStamp, ...more });

it("Escape twice leaves for the neutral page", () => {
  leaveByKey();
  press(escape(1_000), escape(1_400));
  expect(left).toEqual([neutralPage]);
});

it.each<[string, readonly Pressed[]]>([
  ["once", [escape(1_000)]],
  ["twice, but slowly", [escape(1_000), escape(1_601)]],
  ["with another key between", [escape(1_000), { key: "a", timeStamp: 1_100 }, escape(1_200)]],
  ["held down", [escape(1_000), escape(1_050, { repeat: true }), escape(1_100, { repeat: true })]],
  ["that ends what an input method composes", [escape(1_000, { isComposing: true }), escape(1_200)]],
  ["that something else took", [escape(1_000, { defaultPrevented: true }), escape(1_200)]],
  ["with Shift", [escape(1_000), escape(1_200, { shiftKey: true })]],
])("Escape %s stays", (_how, keys) => {
  leaveByKey();
  press(...keys);
  expect(left).toEqual([]);
});

it("an Escape that shuts a dialog does not count", () => {
  leaveByKey();
  openDialog = {};
  press(escape(1_000));
  openDialog = null;
  press(escape(1_200));
  expect(left).toEqual([]);
  press(escape(1_300));
  expect(left).toEqual([neutralPage]);
});

it("is taken back whole", () => {
  leaveByKey()();
  expect(heard).toEqual([]);
});

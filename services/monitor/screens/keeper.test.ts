/** Holds [Note: Two tabs]: two keepers on one store and one lock are two tabs of a browser. No token is lost, nothing that was taken back is sent, and what is said to be erased is. Run by vitest only. */
import { expect, it } from "vitest";
import { memoryDraftStore, type DraftStore } from "#services/dossier/client/drafts.ts";
import type { OpenWave } from "#services/monitor/client/monitor-client.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { Keeper, type Keeping } from "./keeper.ts";

const words = (text: string) => ({ nl: text, en: text, fy: text });
const wave: OpenWave = {
  id: "2026 raadslid/gemeente/utrecht/50-100",
  title: words("Monitor 2026"),
  questionnaire: { set: "monitor", version: 1 },
  recallMonths: 12,
  details: true,
  closes: "2026-12-18T23:00:00.000Z",
  ends: "2026-12-21T23:00:00.000Z",
  stratum: [words("raadslid")],
};
const notBefore = "2026-11-27T03:12:00.000Z";
const collecting = (prepared: string): Participation => ({ state: "collecting", wave, code: "ABCD", prepared });
const collected: Participation = { state: "collected", wave, token: "t", notBefore };
const answering = (status: string): Participation => ({ state: "answering", wave, token: "t", notBefore, answers: { status } });
const waiting: Participation = { state: "waiting", wave, token: "t", notBefore, answers: { status: "serving" } };
const sent: Participation = { state: "sent", wave };

/** One browser: a store, and tabs that take turns. */
function browser(store: DraftStore = memoryDraftStore()) {
  let turns: Promise<void> = Promise.resolve();
  const alone = (turn: () => Promise<void>): Promise<void> => {
    const mine = turns.then(turn);
    turns = mine.catch(() => undefined);
    return mine;
  };
  const tab = async () => {
    let shown: Keeping = { held: "reading", saving: "nothing" };
    const keeper = new Keeper(
      async () => store,
      alone,
      (now) => {
        shown = now;
      },
    );
    await keeper.look();
    return { keeper, shown: () => shown };
  };
  return { store, tab, device: async () => await store.read("participation") };
}

it("lets one of two tabs collect, and the other goes on with the same prepared token", async () => {
  const { tab, device } = browser();
  const [one, two] = [await tab(), await tab()];
  expect(await Promise.all([one.keeper.change(null, collecting("first")), two.keeper.change(null, collecting("second"))])).toEqual([true, false]);
  expect(await device()).toEqual(collecting("first"));
  expect(two.shown()).toEqual({ held: collecting("first"), saving: "elsewhere" });
  expect(await one.keeper.change(collecting("first"), collected)).toBe(true);
  expect(await two.keeper.change(collecting("first"), { ...collected, notBefore: "2026-11-28T00:00:00.000Z" })).toBe(false);
  expect(await device()).toEqual(collected);
});

it("sends nothing that was taken back in another tab", async () => {
  const { store, tab, device } = browser();
  await store.write("participation", waiting);
  const [one, two] = [await tab(), await tab()];
  expect(await one.keeper.change(waiting, answering("left"))).toBe(true);
  let requests = 0;
  expect(await two.keeper.change(waiting, sent, async () => void (requests += 1))).toBe(false);
  expect([requests, await device(), two.shown().held]).toEqual([0, answering("left"), answering("left")]);
});

it("takes nothing back that another tab is sending, and keeps all of it when sending fails", async () => {
  const { store, tab, device } = browser();
  await store.write("participation", waiting);
  const [one, two] = [await tab(), await tab()];
  await expect(
    one.keeper.change(waiting, sent, async () => {
      throw new Error("no line");
    }),
  ).rejects.toThrow("no line");
  expect([await device(), one.shown().held]).toEqual([waiting, waiting]);
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const sending = one.keeper.change(waiting, sent, async () => await arrived);
  const back = two.keeper.change(waiting, answering("left"));
  arrive();
  expect(await Promise.all([sending, back])).toEqual([true, false]);
  expect([await device(), two.shown().held]).toEqual([sent, sent]);
});

it("takes nothing back in the tab that is sending it either", async () => {
  const { store, tab, device } = browser();
  await store.write("participation", waiting);
  const one = await tab();
  const done = await Promise.all([one.keeper.change(waiting, sent, async () => undefined), one.keeper.change(waiting, answering("left"))]);
  expect([done, await device(), one.shown().held]).toEqual([[true, false], sent, sent]);
});

it("keeps quick answers in their order, and shows each at once", async () => {
  const { store, tab, device } = browser();
  await store.write("participation", answering("a"));
  const one = await tab();
  const both = [one.keeper.change(answering("a"), answering("b")), one.keeper.change(answering("b"), answering("c"))];
  expect(one.shown().held).toEqual(answering("c"));
  expect(await Promise.all(both)).toEqual([true, true]);
  expect([await device(), one.shown()]).toEqual([answering("c"), { held: answering("c"), saving: "kept" }]);
});

it("erases no token another tab has just collected, and shows what the device holds when it is looked at again", async () => {
  const { tab, device } = browser();
  const [one, two] = [await tab(), await tab()];
  await one.keeper.change(null, collecting("p"));
  await two.keeper.look();
  await one.keeper.change(collecting("p"), collected);
  expect(await two.keeper.change(collecting("p"), null)).toBe(false);
  expect(await device()).toEqual(collected);
  expect(await one.keeper.change(collected, null)).toBe(true);
  await two.keeper.look();
  expect([await device(), two.shown().held]).toEqual([null, null]);
});

it("says so when what was sent or erased is still on the device", async () => {
  const store = memoryDraftStore();
  await store.write("participation", waiting);
  const full = async (): Promise<never> => await Promise.reject(new Error("the disk is full"));
  const { tab, device } = browser({ ...store, replaceAll: full, clear: full });
  const one = await tab();
  expect(await one.keeper.change(waiting, null)).toBe(false);
  expect(one.shown()).toEqual({ held: waiting, saving: "not-erased" });
  expect(await one.keeper.change(waiting, sent)).toBe(true);
  expect([one.shown(), await device()]).toEqual([{ held: sent, saving: "not-erased" }, waiting]);
});

it("goes on without a device that keeps anything", async () => {
  const none = async (): Promise<never> => await Promise.reject(new Error("storage is switched off"));
  const { tab } = browser({ read: none, write: none, replaceAll: none, remove: none, clear: none, names: none });
  const one = await tab();
  expect(await one.keeper.change(null, collecting("p"))).toBe(true);
  expect(await one.keeper.change(collecting("p"), collected)).toBe(true);
  expect(one.shown()).toEqual({ held: collected, saving: "not-kept" });
  expect(await one.keeper.change(collected, answering("a"))).toBe(true);
  expect(await one.keeper.change(answering("a"), null)).toBe(true);
  expect(one.shown()).toEqual({ held: null, saving: "nothing" });
});

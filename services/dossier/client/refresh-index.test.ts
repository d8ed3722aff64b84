/** How a desk's index is brought up to date: what is due first opens first, and stands when the rest fails; changes, removals, new keys and tampering. */
import { generateDossierKey, generateSeed, newUuid, sealKeyPair, signKeyPair, type SealKeyPair } from "@rugdekking/seal";
import { beforeAll, describe, expect, test } from "vitest";
import { Connection, memoryTrustStore, Session, Trust, type OpenDesk } from "#services/directory/client/index.ts";
import { Check } from "typebox/value";
import { WorklistPage, type WorklistLine } from "#services/dossier/contract/index.ts";
import { CoverIndex } from "./cover-index.ts";
import { openCovers, type CoverPool } from "./covers.ts";
import { refreshIndex } from "./refresh-index.ts";
import { grantDossier } from "./sharing.ts";
import { isPage } from "./worklist.ts";
import { sealCover } from "./write.ts";

const desk = newUuid();
let epochs: readonly SealKeyPair[];
let person: Session["person"];
let lines: readonly WorklistLine[];

async function lineOf(place: number, epoch = 1): Promise<WorklistLine> {
  const dossier = newUuid();
  const key = generateDossierKey();
  const to = { desk: { id: desk, epoch, epochPublicKey: epochs[epoch - 1]?.publicKey } as never };
  return {
    id: dossier,
    kind: "report",
    phase: "filed",
    opened: "2026-11-24T00:00:00Z",
    changed: `2026-11-24T00:00:${String(place % 60).padStart(2, "0")}.${String(place).padStart(3, "0")}Z`,
    term: { name: "take-up", due: new Date(Date.UTC(2026, 10, 25) + place * 1000).toISOString(), waitsFor: "safety-desk", overdue: false },
    guest: false,
    cover: await sealCover({ version: 1, title: `Melding ${place} DEMO` }, key, dossier),
    grant: await grantDossier({ person }, { dossier, role: "safety-desk", to, consent: null, until: null }, key),
  };
}

beforeAll(async () => {
  epochs = await Promise.all([sealKeyPair(generateSeed()), sealKeyPair(generateSeed())]);
  person = {
    person: newUuid(),
    card: { payloadType: "", payload: "", signatures: [] },
    seal: await sealKeyPair(generateSeed()),
    sign: await signKeyPair(generateSeed()),
  };
  lines = await Promise.all(Array.from({ length: 60 }, (_, place) => lineOf(place)));
}, 60_000);

/** A desk opened with the keys of its first `epoch` epochs; what nobody here asks of it is left out. */
const opened = (epoch: number): OpenDesk => ({ id: desk, epoch, keys: new Map(epochs.slice(0, epoch).map((pair, at) => [at + 1, pair])) }) as never;

/** A server that pages through `shown()` and fails the pages of which `fails` says so; `asked` is every question in order. */
function serverOf(shown: () => readonly WorklistLine[], fails: (query: URLSearchParams) => boolean = () => false, now = 1) {
  const asked: string[] = [];
  const connection = new Connection({
    base: "https://demo.example.nl",
    cookies: "own",
    fetch: async (input) => {
      const query = new URL(input).searchParams;
      asked.push(query.toString());
      if (fails(query)) throw new TypeError("no connection");
      const since = query.get("changedSince");
      const all = shown().filter(({ changed }) => since === null || changed >= since);
      const from = Number(query.get("after") ?? 0);
      const until = from + Number(query.get("limit"));
      return Response.json({ lines: all.slice(from, until), next: until < all.length ? String(until) : null, total: shown().length } satisfies WorklistPage);
    },
  });
  class KnownDesk extends Session {
    override openDesk(): Promise<OpenDesk> {
      asked.push("desk");
      return Promise.resolve(opened(now));
    }
  }
  const trust = new Trust(connection, memoryTrustStore());
  return { asked, session: new KnownDesk({ connection, trust, person, guest: false, desks: [desk], expires: "2026-11-25T00:00:00Z" }) };
}

/** Opens like the workers do, and notes what it was given. */
function notingPool(): { readonly pool: CoverPool; readonly given: string[] } {
  const given: string[] = [];
  return {
    given,
    pool: {
      lanes: 2,
      open: async (batch, keys) => {
        given.push(...batch.map(({ id }) => id));
        return await openCovers(batch, keys);
      },
    },
  };
}

const idsOf = (all: readonly WorklistLine[]): string[] => all.map(({ id }) => id);

describe("a page of the worklist", () => {
  test("that passes the quick look passes the contract's schema, and every wrong field fails both", () => {
    const page: WorklistPage = { lines: lines.slice(0, 2), next: "x", total: 2 };
    expect([isPage(page), Check(WorklistPage, page)]).toEqual([true, true]);
    const fields = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] =>
      typeof value === "object" && value !== null ? [path, ...Object.entries(value).flatMap(([key, part]) => fields(part, [...path, key]))] : [path];
    const changed = (value: unknown, [key, ...path]: readonly (string | number)[], to: unknown): unknown => {
      if (key === undefined) return to;
      const copy = structuredClone(value) as Record<string | number, unknown>;
      copy[key] = changed(copy[key], path, to);
      return copy;
    };
    const places = fields(page);
    expect(places.length).toBeGreaterThan(40);
    for (const place of places) {
      for (const wrong of [undefined, null, 1.5, -1, "", "é ", "2026-13-01T00:00:00Z", [], {}, true]) {
        const altered: unknown = changed(page, place, wrong);
        if (isPage(altered)) expect(Check(WorklistPage, altered), `${place.join("/")} ${JSON.stringify(wrong)}`).toBe(true);
      }
    }
    for (const place of ["id", "kind", "phase", "opened", "changed", "term", "cover", "grant"])
      expect(isPage(changed(page, ["lines", 1, place], 7)), place).toBe(false);
  });
});

describe("refreshing an index", () => {
  test("asks for what is due first before the desk is open, opens it before all else in this thread, and only then gives the workers the rest", async () => {
    const { session, asked } = serverOf(() => lines);
    const index = new CoverIndex(desk);
    const { pool, given } = notingPool();
    let open: (desk: OpenDesk) => void = () => undefined;
    const opening = new Promise<OpenDesk>((resolve) => (open = resolve));
    const seen: (readonly [number, number, number])[] = [];
    const refreshing = refreshIndex(session, opening, index, pool, (done, total) => {
      if (seen.length === 0) {
        expect(index.lines().map(({ id }) => id)).toEqual(idsOf(lines.slice(0, 25)));
        expect(given).toEqual([]);
        expect(index.expected).toBe(60);
      }
      seen.push([done, total, index.size]);
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual(["limit=25"]);
    open(opened(1));
    await refreshing;
    expect(seen).toEqual([
      [25, 60, 25],
      [60, 60, 60],
    ]);
    expect(given).toEqual(idsOf(lines.slice(25)));
    expect(index.expected).toBeNull();
    expect(index.search("melding 59 demo")).toHaveLength(1);
  });

  test("leaves the first page readable when the rest fails, says so, and comes back to all of it when asked again", async () => {
    let broken = true;
    const { session } = serverOf(
      () => lines,
      (query) => broken && query.has("after"),
    );
    const index = new CoverIndex(desk);
    let told = 0;
    await expect(refreshIndex(session, opened(1), index, notingPool().pool, () => (told += 1))).rejects.toMatchObject({ code: "unavailable" });
    expect(told).toBe(1);
    expect(index.size).toBe(25);
    expect(index.search("melding 24 demo")).toHaveLength(1);
    broken = false;
    const { pool, given } = notingPool();
    await refreshIndex(session, opened(1), index, pool);
    expect(index.size).toBe(60);
    expect(index.expected).toBeNull();
    expect(given).toEqual(idsOf(lines.slice(25)));
  });

  test("a worker that fails and a desk that does not open are heard, and nothing is left unhandled", async () => {
    const { session } = serverOf(() => lines);
    const failing: CoverPool = { lanes: 1, open: () => Promise.reject(new Error("worker")) };
    await expect(refreshIndex(session, opened(1), new CoverIndex(desk), failing)).rejects.toThrow("worker");
    await expect(refreshIndex(session, Promise.reject(new Error("desk")), new CoverIndex(desk), failing)).rejects.toThrow("desk");
  });

  test("later, only what changed is asked for and opened; what is gone makes it walk again and is forgotten", async () => {
    let shown = lines.slice(0, 40);
    const { session, asked } = serverOf(() => shown);
    const index = new CoverIndex(desk);
    await refreshIndex(session, opened(1), index, notingPool().pool);
    asked.length = 0;
    shown = lines.slice(0, 45);
    await refreshIndex(session, opened(1), index, notingPool().pool);
    expect(asked).toEqual([new URLSearchParams({ limit: "200", changedSince: lines[39]?.changed ?? "" }).toString()]);
    expect(index.size).toBe(45);
    shown = lines.slice(5, 45);
    const { pool, given } = notingPool();
    await refreshIndex(session, opened(1), index, pool);
    expect(index.size).toBe(40);
    expect(given).toEqual([]);
    expect(index.get(lines[0]?.id ?? "")).toBeNull();
  });

  test("covers handed to an epoch that began meanwhile are opened with its key; the desk is asked for again only then", async () => {
    const [first, second] = [await lineOf(70), await lineOf(71, 2)];
    const shown = [first, second];
    const rotated = serverOf(() => shown, undefined, 2);
    const index = new CoverIndex(desk);
    await refreshIndex(rotated.session, opened(1), index, notingPool().pool);
    expect(index.search("melding")).toHaveLength(2);
    expect(rotated.asked).toContain("desk");
    const quiet = serverOf(() => shown, undefined, 2);
    await refreshIndex(quiet.session, opened(2), new CoverIndex(desk), notingPool().pool);
    expect(quiet.asked).not.toContain("desk");
    // An index that was kept from before the rotation takes them in as well, once the key is there.
    const behind = new CoverIndex(desk);
    await behind.update(shown, opened(1).keys, notingPool().pool);
    expect(behind.get(second.id)?.cover).toBeNull();
    await refreshIndex(quiet.session, opened(2), behind, notingPool().pool);
    expect(behind.get(second.id)?.cover).toMatchObject({ title: "Melding 71 DEMO" });
  });

  test("a cover that was tampered with stands in the list without its words, beside the others", async () => {
    const [good, bad, swapped] = lines;
    if (good === undefined || bad === undefined || bad.cover === null || swapped === undefined) throw new Error("no lines");
    const last = bad.cover.at(-2) === "A" ? "B" : "A";
    const shown = [good, { ...bad, cover: bad.cover.slice(0, -2) + last + bad.cover.slice(-1) }, { ...swapped, cover: good.cover }];
    const index = new CoverIndex(desk);
    const { session } = serverOf(() => shown);
    await refreshIndex(session, opened(1), index, notingPool().pool);
    expect(index.size).toBe(3);
    expect(shown.map(({ id }) => index.get(id)?.cover)).toEqual([expect.objectContaining({ title: "Melding 0 DEMO" }), null, null]);
  });
});

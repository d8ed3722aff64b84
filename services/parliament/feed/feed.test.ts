/** Reads a server of this test's own that answers in the shapes of the Kamer's OData service: paging, tags, pauses, going on after a break, and a service that misbehaves. Records invented; run by vitest only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { askedPause, FIRST_PAUSE, LONGEST_PAUSE, pauseBefore, TRIES } from "./fetching.ts";
import { type FeedCursor, FeedError, type FeedPage, type FeedSettings, parseCursor, questionsSince, readFeed } from "./index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let service = "";
let answer: Answer = () => {};
let requests: { readonly url: string; readonly headers: IncomingMessage["headers"] }[] = [];
let pauses: number[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has an address with one
  service = `http://127.0.0.1:${(server.address() as AddressInfo).port}/OData/v4/2.0/`;
});
afterAll(() => void server.close());
beforeEach(() => {
  requests = [];
  pauses = [];
});

const settings = (more: Partial<FeedSettings> = {}): FeedSettings => ({
  service,
  query: questionsSince("2026-01-01T00:00:00Z"),
  fetch,
  wait: async (ms) => void pauses.push(ms),
  random: () => 0.5,
  now: () => Date.parse("2026-03-01T12:00:00Z"),
  ...more,
});
const zaak = (number: number): object => ({
  Id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  Nummer: `2026Z${90_000 + number}`,
  Soort: "Schriftelijke vragen",
  Onderwerp: "Een bedacht onderwerp",
  GestartOp: "2026-02-03T00:00:00+01:00",
  ApiGewijzigdOp: `2026-02-0${number}T10:00:00Z`,
  Verwijderd: false,
});
const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json; odata.metadata=minimal", ...headers });
  response.end(JSON.stringify(body));
};
/** Three pages of two, by `$skiptoken`, the first with a tag. */
const threePages: Answer = (request, response) => {
  const page = Number(new URL(request.url ?? "", service).searchParams.get("$skiptoken") ?? 0);
  if (page === 0 && request.headers["if-none-match"] === '"v1"') {
    response.writeHead(304);
    response.end();
    return;
  }
  json(
    response,
    {
      "@odata.context": `${service}$metadata#Zaak`,
      value: [zaak(page * 2 + 1), zaak(page * 2 + 2)],
      ...(page < 2 ? { "@odata.nextLink": page === 0 ? `${service}Zaak?$skiptoken=1` : `Zaak?$skiptoken=2` } : {}),
    },
    page === 0 ? { etag: '"v1"' } : {},
  );
};
async function all(pages: AsyncIterable<FeedPage>): Promise<FeedPage[]> {
  const found: FeedPage[] = [];
  for await (const page of pages) found.push(page);
  return found;
}
async function failure(pages: AsyncIterable<FeedPage>): Promise<FeedError> {
  try {
    await all(pages);
  } catch (error) {
    if (error instanceof FeedError) return error;
    throw error;
  }
  throw new Error("the feed came to its end");
}
const numbers = (pages: readonly FeedPage[]): unknown[] =>
  pages.flatMap(({ items }) => items.map((item): unknown => (typeof item === "object" && item !== null ? Reflect.get(item, "Nummer") : null)));

describe("a feed", () => {
  it("is read page by page along the links, relative ones too, and knows how far it came", async () => {
    answer = threePages;
    const pages = await all(readFeed(settings()));
    expect(numbers(pages)).toEqual(["2026Z90001", "2026Z90002", "2026Z90003", "2026Z90004", "2026Z90005", "2026Z90006"]);
    expect(pages.at(-1)?.cursor).toEqual({
      version: 2,
      query: questionsSince("2026-01-01T00:00:00Z"),
      next: null,
      tags: [{ url: expect.stringContaining("Zaak?$filter="), etag: '"v1"', next: `${service}Zaak?$skiptoken=1`, items: 2 }],
      pages: 3,
      items: 6,
      newest: "2026-02-06T10:00:00Z",
    });
    const asked = new URL(requests[0]?.url ?? "", service);
    expect(asked.searchParams.get("$filter")).toBe("Soort eq 'Schriftelijke vragen' and ApiGewijzigdOp gt 2026-01-01T00:00:00Z");
    expect(asked.searchParams.get("$expand")).toBe("ZaakActor,Document($expand=DocumentActor)");
    expect(pauses).toEqual([]);
  });
  it("asks with its tag whether anything changed, and reads nothing when not", async () => {
    answer = (request, response) => {
      if (request.headers["if-none-match"] === '"v1"') {
        response.writeHead(304);
        response.end();
      } else json(response, { value: [zaak(1)] }, { etag: '"v1"' });
    };
    const cursor = (await all(readFeed(settings()))).at(-1)?.cursor ?? null;
    requests = [];
    const again = await all(readFeed(settings(), cursor));
    expect(again).toEqual([{ items: [], cursor, unchanged: true }]);
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual(['"v1"']);
  });
  it("asks every page by its own tag, for what is new comes on the last while the first stays as it was", async () => {
    const tags = ['"a1"', '"b1"', '"c1"'];
    const records = [[zaak(1), zaak(2)], [zaak(3), zaak(4)], [zaak(5)]];
    answer = (request, response) => {
      const page = Number(new URL(request.url ?? "", service).searchParams.get("$skiptoken") ?? 0);
      const tag = tags[page] ?? "";
      if (request.headers["if-none-match"] === tag) {
        response.writeHead(304);
        response.end();
      } else
        json(response, { value: records[page], ...(page + 1 < records.length ? { "@odata.nextLink": `Zaak?$skiptoken=${page + 1}` } : {}) }, { etag: tag });
    };
    const cursor = (await all(readFeed(settings()))).at(-1)?.cursor ?? null;
    expect(cursor?.tags.map(({ etag, items }) => [etag, items])).toEqual([
      ['"a1"', 2],
      ['"b1"', 2],
      ['"c1"', 1],
    ]);
    const same = await all(readFeed(settings(), cursor));
    expect(same.map(({ items, unchanged }) => [items.length, unchanged])).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
    expect(same.at(-1)?.cursor).toEqual(cursor);
    // A sixth case, and then a seventh on a page of its own.
    records[2] = [zaak(5), zaak(6)];
    records.push([zaak(7)]);
    tags[2] = '"c2"';
    tags.push('"d1"');
    requests = [];
    const changed = await all(readFeed(settings(), cursor));
    expect(numbers(changed)).toEqual(["2026Z90005", "2026Z90006", "2026Z90007"]);
    expect(changed.map(({ unchanged }) => unchanged)).toEqual([true, true, false, false]);
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual(['"a1"', '"b1"', '"c1"', undefined]);
    expect(changed.at(-1)?.cursor).toMatchObject({ pages: 4, items: 7, newest: "2026-02-07T10:00:00Z", next: null });
    // Cut off in the middle of that, with the cursor as it lay on the disk, nothing is lost either.
    const halfway = parseCursor(JSON.parse(JSON.stringify(changed[1]?.cursor)), questionsSince("2026-01-01T00:00:00Z"));
    expect(numbers(await all(readFeed(settings(), halfway)))).toEqual(["2026Z90005", "2026Z90006", "2026Z90007"]);
    // Pages that went are no longer asked for.
    records.splice(1);
    tags[0] = '"a2"';
    expect((await all(readFeed(settings(), cursor))).at(-1)?.cursor.tags.map(({ etag }) => etag)).toEqual(['"a2"']);
  });
  it("reads on behind a page without a tag, and behind one that did not change", async () => {
    answer = threePages;
    const cursor = (await all(readFeed(settings()))).at(-1)?.cursor ?? null;
    const again = await all(readFeed(settings(), cursor));
    expect(numbers(again)).toEqual(["2026Z90003", "2026Z90004", "2026Z90005", "2026Z90006"]);
    expect(again.map(({ unchanged }) => unchanged)).toEqual([true, false, false]);
  });
  it("does not follow a kept address out of the service", async () => {
    answer = (_request, response) => {
      response.writeHead(304);
      response.end();
    };
    const query = questionsSince("2026-01-01T00:00:00Z");
    const tag = { url: new URL(query, service).href, etag: '"v1"', next: "http://127.0.0.1:9/elsewhere", items: 1 };
    const cursor: FeedCursor = { version: 2, query, next: null, tags: [tag], pages: 2, items: 2, newest: null };
    expect((await failure(readFeed(settings(), cursor))).code).toBe("elsewhere");
  });
  it("goes on after a break at the page that was not kept, with the cursor as it lay on the disk", async () => {
    answer = threePages;
    const kept: FeedCursor[] = [];
    for await (const { cursor } of readFeed(settings())) {
      kept.push(cursor);
      break;
    }
    requests = [];
    const cursor = parseCursor(JSON.parse(JSON.stringify(kept[0])), questionsSince("2026-01-01T00:00:00Z"));
    const rest = await all(readFeed(settings(), cursor));
    expect(numbers(rest)).toEqual(["2026Z90003", "2026Z90004", "2026Z90005", "2026Z90006"]);
    expect(rest.at(-1)?.cursor).toMatchObject({ pages: 3, items: 6, tags: [{ etag: '"v1"' }] });
    expect(requests.map(({ url }) => url.slice(-1))).toEqual(["1", "2"]);
    expect(parseCursor(kept[0], "Zaak")).toBeNull();
    expect(parseCursor({ version: 1 }, "Zaak")).toBeNull();
  });
  it("gives records that the reading room reads, as the service has them", async () => {
    answer = (_request, response) => json(response, JSON.parse(readFileSync(new URL("../reading/samples/zaak.json", import.meta.url), "utf8")));
    const [page] = await all(readFeed(settings()));
    const { dossier } = await readQuestions({ name: "", bytes: new TextEncoder().encode(JSON.stringify(page?.items[0])) });
    expect(dossier).toMatchObject({
      kind: "record",
      reference: "2026Z99905",
      due: "2026-03-24",
      members: [{ name: "S. Verhoeven" }, { name: "Y. El Amrani" }],
    });
  });
});

describe("a service that is busy or away", () => {
  it("is tried again after growing pauses, at least as long as it asks for", async () => {
    let times = 0;
    answer = (request, response) => {
      times++;
      if (times === 1) json(response, {}, { "retry-after": "7" }, 503);
      else if (times === 2) json(response, {}, {}, 429);
      else if (times === 3) request.socket.destroy();
      else if (times === 4) {
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"value": [');
      } else threePages(request, response);
    };
    const pages = await all(readFeed(settings()));
    expect(numbers(pages)).toHaveLength(6);
    expect(pauses).toEqual([7_000, 1_000, 2_000, 4_000]);
  });
  it("for good is given up, with what was read before still valid", async () => {
    answer = (request, response) => (request.url?.includes("skiptoken") === true ? json(response, {}, {}, 502) : threePages(request, response));
    const pages: FeedPage[] = [];
    const error = await failure(
      (async function* () {
        for await (const page of readFeed(settings())) {
          pages.push(page);
          yield page;
        }
      })(),
    );
    expect([error.code, error.status]).toEqual(["unavailable", 502]);
    expect(error.message).toContain("go on later with the same cursor");
    expect(requests).toHaveLength(1 + TRIES);
    answer = threePages;
    expect(numbers(await all(readFeed(settings(), pages[0]?.cursor)))).toHaveLength(4);
  });
  it("that asks for an hour is not waited for", async () => {
    answer = (_request, response) => json(response, {}, { "retry-after": "3600" }, 503);
    const error = await failure(readFeed(settings()));
    expect([error.code, error.retryAt]).toEqual(["unavailable", Date.parse("2026-03-01T13:00:00Z")]);
    expect(pauses).toEqual([]);
  });
  it("can be stopped at any time", async () => {
    answer = (_request, response) => json(response, {}, {}, 503);
    const stop = new AbortController();
    const wait = async (): Promise<void> => stop.abort(new Error("enough"));
    await expect(all(readFeed(settings({ signal: stop.signal, wait })))).rejects.toThrow("enough");
    expect(requests).toHaveLength(1);
  });
  it("is never waited for longer than the limit, and never at the same moment by all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, random) => {
        const pause = pauseBefore(attempt, random);
        expect(pause >= 0 && pause <= Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))).toBe(true);
      }),
    );
    expect(new Set([0.1, 0.4, 0.9].map((random) => pauseBefore(3, random))).size).toBe(3);
  });
  test.each([
    ["120", 120_000],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["soon", null],
    [null, null],
  ])("Retry-After %j (RFC 9110 section 10.2.3)", (header, pause) => {
    expect(askedPause(header, Date.parse("2026-03-01T12:00:00Z"))).toBe(pause);
  });
});

describe("a service that misbehaves", () => {
  test.each([
    ["leads to another host", { value: [], "@odata.nextLink": "https://elsewhere.example/OData/v4/2.0/Zaak" }, "elsewhere"],
    ["leads out of its own path", { value: [], "@odata.nextLink": "/private" }, "elsewhere"],
    ["leads in a circle", { value: [], "@odata.nextLink": "Zaak?$skiptoken=9" }, "loops"],
    ["answers something else", { error: "x" }, "not-odata"],
    ["answers a list", [], "not-odata"],
  ])("and %s", async (_what, body, code) => {
    answer = (_request, response) => json(response, body);
    expect((await failure(readFeed(settings()))).code).toBe(code);
  });
  test.each([
    [400, "refused"],
    [403, "refused"],
    [410, "cursor-expired"],
    [301, "elsewhere"],
  ])("and answers %i is not asked again", async (status, code) => {
    answer = (_request, response) => json(response, {}, { location: "http://127.0.0.1:9/" }, status);
    expect((await failure(readFeed(settings()))).code).toBe(code);
    expect(requests).toHaveLength(1);
  });
  it("with a page of HTML is said to be no OData", async () => {
    answer = (_request, response) => response.end("<html>onderhoud</html>");
    expect((await failure(readFeed(settings()))).code).toBe("not-odata");
  });
  it("cannot be asked with a moment that is a query of its own", () => {
    expect(() => questionsSince("2026-01-01T00:00:00Z or true")).toThrow(RangeError);
  });
});

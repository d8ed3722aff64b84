/** The open data API over HTTP: what is published, at permanent addresses, for any site, and no more often than it changed. Run by vitest only. */
import { createHash } from "node:crypto";
import { readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figuresFolder } from "#apps/checks/invented-figures.ts";
import { CitedFigure } from "#services/figures/contract/citation.ts";
import { citationState, publishedNow } from "#services/figures/contract/cite.ts";
import { Picture } from "#services/figures/contract/picture.ts";
import { Trend } from "#services/figures/contract/trend.ts";
import { createServer } from "./create-server.ts";

let data: string;
let server: FastifyInstance;
let empty: FastifyInstance;
beforeAll(async () => {
  data = await figuresFolder();
  const frame = { origin: "http://127.0.0.1", plugins: [], webRoot: join(data, "no-web") };
  server = await createServer({ ...frame, publications: join(data, "publications") });
  empty = await createServer({ ...frame, publications: join(data, "none") });
});
afterAll(async () => {
  await server.close();
  await empty.close();
  await rm(data, { recursive: true, force: true });
});

const root = "/api/v1/open-data";
const get = async (url: string, headers: Record<string, string> = {}) =>
  await server.inject({ method: "GET", url, headers: { host: "127.0.0.1", ...headers } });

const addresses = [
  [`${root}/publications`, "application/json; charset=utf-8"],
  [`${root}/publications/landelijk-2026-k3`, "application/json; charset=utf-8"],
  [`${root}/figures/landelijk-2026-k3/reports/province=pv28`, "application/json; charset=utf-8"],
  [`${root}/trends/reports/alle`, "application/json; charset=utf-8"],
  [`${root}/catalogue`, "application/ld+json; charset=utf-8"],
] as const;

describe.each(addresses)("GET %s", (url, type) => {
  it("is for any site, says its version, and is asked for again only when it changed", async () => {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, type]);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "api-version": "1.0.0",
      "cache-control": "public, no-cache",
      vary: "Accept-Encoding",
    });
    const again = await get(url, { "if-none-match": `"other", W/${String(answer.headers["etag"])}` });
    expect([again.statusCode, again.body, again.headers["etag"]]).toEqual([304, "", answer.headers["etag"]]);
    expect((await get(url, { "if-none-match": '"other"' })).statusCode).toBe(200);
  });
  it("comes as gzip of the same bytes, under a tag of its own", async () => {
    const [plain, packed] = [await get(url), await get(url, { "accept-encoding": "br, gzip" })];
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers["etag"]).not.toBe(plain.headers["etag"]);
  });
  it("takes no trailing slash and nothing but GET from another site", async () => {
    for (const wrong of [`${url}/`, `${url}/?x=1`]) expect((await get(wrong)).statusCode).toBe(404);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"] as const) {
      const answer = await server.inject({ method, url, headers: { host: "127.0.0.1", origin: "https://elsewhere.example" } });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("the open data", () => {
  it("opens no other door to other sites", async () => {
    expect((await get("/api/v1/health")).headers["access-control-allow-origin"]).toBeUndefined();
  });
  it("lists editions with the digest of the very file that lies there", async () => {
    const file = await readFile(join(data, "publications/landelijk-2026-k3-1/publication.json"));
    const { publications } = (await get(`${root}/publications`)).json();
    expect(publications.map(({ publication }: { publication: string }) => publication)).toEqual(
      ["2026-k3", "2026-k2", "2026-k1", "2025-k4", "2025-k3"].map((quarter) => `landelijk-${quarter}`),
    );
    expect(publications[0]).toEqual(
      expect.objectContaining({
        publication: "landelijk-2026-k3",
        kind: "figures",
        edition: 1,
        invented: true,
        files: "/publicaties/landelijk-2026-k3-1/",
        digest: createHash("sha256").update(file).digest("hex"),
      }),
    );
    expect((await get(`${root}/publications/landelijk-2026-k3`)).body).toBe(file.toString());
  });
  it("gives a figure as it is cited, which is still what is published", async () => {
    const figure = Parse(CitedFigure, (await get(`${root}/figures/landelijk-2026-k3/reports/alle`)).json());
    expect(figure).toMatchObject({ value: 620, unit: "count", low: null, level: null, address: "/cijfers/landelijk-2026-k3/reports/alle" });
    const now = publishedNow((await get(`${root}/publications/landelijk-2026-k3`)).json());
    expect(citationState(figure, now)).toBe("same");
  });
  it("has a line whose every point is the figure that is published at its own address", async () => {
    for (const group of ["alle", "province=pv29"]) {
      const trend = Parse(Trend, (await get(`${root}/trends/scans-requested/${group}`)).json());
      expect(trend.quarters).toHaveLength(5);
      for (const { publication, figure, months, digest } of trend.quarters) {
        const { figures } = Parse(Picture, (await get(`${root}/publications/${publication}`)).json());
        for (const point of [figure, ...months]) {
          expect(figures).toContainEqual(point);
          const cited = await get(`${root}/figures/${point.id}`);
          if (point.shown === null) expect(cited.statusCode).toBe(404);
          else expect(cited.json()).toMatchObject({ value: point.shown.value, n: point.shown.n, digest });
        }
      }
    }
  });
  it("sends on a real line, where answers are ready before any route, the headers and bytes that the routes send", async () => {
    const base = await server.listen({ host: "127.0.0.1", port: 0 });
    for (const [url] of addresses)
      for (const headers of [{ "accept-encoding": "gzip" }, { "accept-encoding": "identity" }, { "if-none-match": "*", "accept-encoding": "identity" }]) {
        const routed = await server.inject({ url, headers: { host: "127.0.0.1", ...headers } });
        // The first has it made ready; the second is sent before the routes.
        for (let turn = 0; turn < 2; turn += 1) {
          const sent = await fetch(`${base}${url}`, { headers });
          expect([sent.status, await sent.text()]).toEqual([
            routed.statusCode,
            routed.headers["content-encoding"] === "gzip" ? gunzipSync(routed.rawPayload).toString() : routed.body,
          ]);
          const own = (all: Iterable<readonly [string, unknown]>): Record<string, unknown> =>
            Object.fromEntries(
              [...all].filter(([name]) => !["date", "connection", "keep-alive", "transfer-encoding"].includes(name)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
            );
          expect(own(sent.headers)).toEqual(own(Object.entries(routed.headers).map(([name, value]) => [name, String(value)] as const)));
        }
      }
    expect((await fetch(`${base}${root}/publications`, { method: "POST" })).status).toBeGreaterThanOrEqual(400);
  });
  it.each([
    "/figures/landelijk-2026-k3/scans-requested/province=pv29",
    "/figures/landelijk-2026-k3/nothing/alle",
    "/publications/landelijk-2031-k1",
    "/trends/nothing/alle",
    "/trends/reports/month=2026-08",
    "/nowhere",
  ])("says what is not published as a problem: %s", async (path) => {
    const answer = await get(`${root}${path}`);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([404, "application/problem+json; charset=utf-8"]);
    expect(answer.json()).toMatchObject({ status: 404, code: "not-found" });
  });
  it.each([`${root}/publications/LANDELIJK`, `${root}/figures/landelijk-2026-k3/Reports/alle`])("refuses what is no name: %s", async (path) => {
    expect((await get(path)).statusCode).toBe(400);
  });
  it("has a catalogue of all datasets with their files", async () => {
    const catalogue = (await get(`${root}/catalogue`)).json();
    expect(catalogue).toMatchObject({ "@type": "dcat:Catalog", "dct:conformsTo": { "@id": "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/" } });
    expect(catalogue["dcat:dataset"]).toHaveLength(5);
    expect(catalogue["dcat:dataset"][0]["dcat:distribution"]).toHaveLength(3);
  });
  it("is empty, and no error, before anything was published", async () => {
    expect((await empty.inject({ url: `${root}/publications`, headers: { host: "127.0.0.1" } })).json()).toEqual({ publications: [] });
    expect((await empty.inject({ url: `${root}/catalogue`, headers: { host: "127.0.0.1" } })).statusCode).toBe(404);
  });
  it("shows a new edition within a second or two, and no edition that was taken off the list", async () => {
    const list = join(data, "publications/cijfers.json");
    await writeFile(list, JSON.stringify({ version: 1, publications: [] }));
    await utimes(list, new Date(), new Date(Date.now() + 5_000));
    await expect.poll(async () => (await get(`${root}/publications/landelijk-2026-k3`)).statusCode, { timeout: 5_000 }).toBe(404);
  });
});

describe("/publicaties/ of the national picture", () => {
  it("is handed out for ever under the name of its edition, to any site", async () => {
    const answer = await get("/publicaties/landelijk-2026-k3-1/cijfers.csv");
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "public, max-age=86400, immutable",
      "access-control-allow-origin": "*",
    });
    expect((await get("/publicaties/cijfers.json")).headers["cache-control"]).toBe("no-cache");
  });
});

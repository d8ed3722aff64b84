/** The NL API Design Rules over the description the real server serves and over its live answers; run by vitest only. */
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import Type from "typebox";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designRules } from "#tools/api/design-rules.ts";
import { apiPage, renderApi } from "#tools/docs/api.ts";
import { type Served, startServed } from "#tools/docs/served.ts";

const Document = Type.Record(Type.String(), Type.Unknown());

let served: Served;
let rendered = "";
let document: Readonly<Record<string, unknown>> = {};

beforeAll(async () => {
  served = await startServed();
  rendered = await renderApi(served);
  document = Parse(Document, JSON.parse(rendered));
}, 120_000);

afterAll(() => served?.close());

describe("NL API Design Rules: the description", () => {
  it("docs/api/openapi.json is current (else: npm run docs)", () => {
    expect(readFileSync(apiPage, "utf8")).toBe(rendered);
  });

  it("/core/publish-openapi: is a valid OpenAPI 3.1 document", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it("describes the doors of the contract, not a handful", () => {
    expect(Object.keys(Parse(Document, document["paths"])).length).toBeGreaterThan(25);
  });

  it.each(designRules)("$id: $asks", ({ breaches }) => {
    expect(breaches(document)).toEqual([]);
  });
});

describe("NL API Design Rules: live answers", () => {
  const get = (path: string): Promise<Response> => fetch(`${served.origin}${path}`);

  it("/core/publish-openapi: the description stands at openapi.json under the base path, readable from any site", async () => {
    const answer = await get("/api/v1/openapi.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect((await answer.text()).replaceAll(served.origin, "")).toBe(JSON.stringify(document));
  });

  it.each(["/api/v1/health", "/api/v1/trust-anchor", "/api/v1/organisations?query=utrecht", "/api/v1/session", "/api/v1/nowhere"])(
    "/core/version-header: %s says API-Version",
    async (path) => {
      expect((await get(path)).headers.get("api-version")).toMatch(/^1\.\d+\.\d+$/u);
    },
  );

  it("/core/transport/security-headers: an answer says how a browser must treat it", async () => {
    const { headers } = await get("/api/v1/health");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-type")).toContain("application/json");
  });

  it.each(["/api/v1/nowhere", "/api/v1/session", "/api/v1/dossiers/not-a-uuid", "/api/v1/organisations?limit=many"])(
    "/core/error-handling/problem-details: %s is problem+json",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      const problem = Parse(Document, await answer.json());
      expect(problem).toMatchObject({ status: answer.status, title: expect.any(String), detail: expect.any(String) });
    },
  );

  it("/core/no-trailing-slash: an address with one is not found", async () => {
    expect((await get("/api/v1/health/")).status).toBe(404);
  });
});

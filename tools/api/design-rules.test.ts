/** Breaks every NL API Design Rule once in a small document and sees the rule say so; run by vitest only. */
import { describe, expect, it } from "vitest";
import { designRules } from "#tools/api/design-rules.ts";

type Document = Readonly<Record<string, unknown>>;

const problem = {
  description: "Wrong",
  content: { "application/problem+json": { schema: { type: "object", properties: { status: {}, title: {}, detail: {} } } } },
};
const answer = { description: "Done", headers: { "API-Version": { schema: { type: "string" } } } };
const good = { operationId: "readThing", parameters: [], responses: { "200": answer, "400": problem } };
const base: Document = {
  openapi: "3.1.0",
  info: { title: "Demo", version: "1.0.0", contact: { name: "Demo", email: "demo@example.nl", url: "https://example.nl" } },
  servers: [{ url: "/api/v1" }],
  paths: { "/things": { get: good } },
};
const withPaths = (paths: Document): Document => ({ ...base, paths });
const withGet = (change: Document): Document => withPaths({ "/things": { get: { ...good, ...change } } });
const withProperty = (name: string, schema: Document): Document => ({
  ...base,
  components: { schemas: { Thing: { type: "object", properties: { [name]: schema } } } },
});

/** Per rule a document that breaks it, and nothing else. */
const broken: Readonly<Record<string, Document>> = {
  "/core/no-trailing-slash": withPaths({ "/things/": { get: good } }),
  "/core/http-methods": withPaths({ "/things": { get: good, trace: { ...good, operationId: "traceThing" } } }),
  "/core/doc-openapi": { ...base, openapi: "2.0" },
  "/core/doc-openapi-contact": { ...base, info: { version: "1.0.0" } },
  "/core/semver": { ...base, info: { version: "1", contact: { name: "Demo", email: "demo@example.nl", url: "https://example.nl" } } },
  "/core/uri-version": { ...base, servers: [{ url: "/api" }] },
  "/core/transport/tls": { ...base, servers: [{ url: "http://example.nl/api/v1" }] },
  "/core/version-header": withGet({ responses: { "200": { description: "Done" }, "400": problem } }),
  "/core/path-segments-kebab-case": withPaths({ "/thingParts": { get: good } }),
  "/core/query-keys-camel-case": withGet({ parameters: [{ in: "query", name: "changed_since" }] }),
  "nlgov:property-casing": withProperty("first_name", { type: "string" }),
  "oas:path-params": withPaths({ "/things/{thing}": { get: good } }),
  "oas:path-equivalent": withPaths({
    "/things/{thing}": { get: { ...good, parameters: [{ in: "path", name: "thing", required: true }] } },
    "/things/{other}": { put: { ...good, operationId: "putThing", parameters: [{ in: "path", name: "other", required: true }] } },
  }),
  "oas:operation-id-unique": withPaths({ "/things": { get: good }, "/others": { get: good } }),
  "/core/error-handling/problem-details": withGet({
    responses: { "200": answer, "400": problem, "404": { description: "Gone", content: { "application/json": {} } } },
  }),
  "/core/error-handling/invalid-input": withGet({ parameters: [{ in: "query", name: "limit" }], responses: { "200": answer } }),
  "/core/date-time/timezone": withProperty("opens", { type: "string", format: "time" }),
  "/core/date-time/date-omit-time-portion": withProperty("birthDate", { type: "string", format: "date-time" }),
};

const findings = (document: Document): readonly string[] => designRules.filter((rule) => rule.breaches(document).length > 0).map((rule) => rule.id);

describe("NL API Design Rules: every rule can fail", () => {
  it("calls nothing in a good document", () => {
    expect(findings(base)).toEqual([]);
  });

  it.each(designRules)("$id", ({ id }) => {
    const document = broken[id];
    expect(document).toBeDefined();
    if (document !== undefined) expect(findings(document)).toEqual([id]);
  });
});

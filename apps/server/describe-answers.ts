/**
 * Adds to a generated OpenAPI document what every answer has in common and no route should repeat: the version header, the problem documents and a name
 * per operation. Called by create-server.ts; the API Design Rules ask for all three.
 */
import { problems } from "#services/problem/index.ts";

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** The object at `key`, made when it is not there. */
function within(parent: Json, key: string): Json {
  const there = parent[key];
  if (isObject(there)) return there;
  const made: Json = {};
  parent[key] = made;
  return made;
}

const versionHeader = { description: "Full version of the API", schema: { type: "string", examples: ["1.0.0"] } };

/** RFC 9457 with our own members, as services/problem sends it. */
const problemSchema = {
  type: "object",
  description: "What went wrong, where and how to mend it (RFC 9457). Holds no secret and no content.",
  required: ["type", "title", "status", "code", "detail", "mend"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: Object.keys(problems), description: "Stable; never changes meaning" },
    detail: { type: "string" },
    mend: { type: "string" },
  },
} as const;

const versioned = { "API-Version": { $ref: "#/components/headers/ApiVersion" } };
const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

/** `GET /dossiers/{id}/entries` -> `getDossiersByIdEntries`. */
const operationName = (method: string, path: string): string =>
  method +
  path
    .split("/")
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{") ? `By-${part.slice(1, -1)}` : part))
    .flatMap((part) => part.split("-"))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/**
 * Completes the document in place and returns it. What a route says itself is kept.
 * @param document an OpenAPI 3 document whose paths are relative to its server
 */
export function describeAnswers<D extends object>(document: D): D {
  if (!isObject(document)) return document;
  const components = within(document, "components");
  within(components, "headers")["ApiVersion"] = versionHeader;
  within(components, "schemas")["Problem"] = problemSchema;
  within(components, "responses")["Problem"] = { description: "A problem document", headers: versioned, content: problemContent };
  for (const [path, item] of Object.entries(within(document, "paths"))) {
    if (!isObject(item)) continue;
    for (const method of ["get", "put", "post", "delete", "head", "patch"]) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      operation["operationId"] ??= operationName(method, path);
      const responses = within(operation, "responses");
      for (const [status, response] of Object.entries(responses)) {
        if (!isObject(response) || !/^[23]/u.test(status)) continue;
        response["headers"] = { ...versioned, ...(isObject(response["headers"]) ? response["headers"] : {}) };
        if (status === "204") delete response["content"];
      }
      responses["400"] ??= { $ref: "#/components/responses/Problem" };
      responses["default"] ??= { $ref: "#/components/responses/Problem" };
    }
  }
  return document;
}

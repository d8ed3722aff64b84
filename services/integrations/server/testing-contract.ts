/** An OpenAPI 3.0 description as a judge of requests and answers, stricter than the standard asks: what it does not name is not allowed. Imported by tests only. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";

type Node = { readonly [name: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const nodeAt = (value: unknown, ...path: readonly string[]): Node => {
  let here: unknown = value;
  for (const step of path) here = isNode(here) ? here[step] : undefined;
  return isNode(here) ? here : {};
};
const listAt = (value: unknown, name: string): unknown[] => {
  const list = isNode(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
};

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path below the base address, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An operation of the description that a request was found to be. */
export interface Operation {
  readonly id: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

const idOf = (side: string, name: string): string => `https://contract.example.nl/${side}/${name}`;

/** Headers that HTTP itself brings; every other one must be in the description. */
const plainHeaders = new Set(["host", "connection", "content-length", "accept", "authorization", "user-agent"]);

/**
 * JSON Schema of an OpenAPI 3.0 schema, seen from one side: a request may send neither what is read-only nor what is not named; an answer must have all that is required.
 * (An answer may have more: the description itself requires `zaakinformatieobjecten` of a made status and does not name it.)
 */
function schemaFor(schema: unknown, side: "request" | "answer"): unknown {
  if (Array.isArray(schema)) return schema.map((one) => schemaFor(one, side));
  if (!isNode(schema)) return schema;
  const reference = schema["$ref"];
  if (typeof reference === "string") return reference.startsWith("#/") ? { $ref: idOf(side, reference.replace("#/components/schemas/", "")) } : {};
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (["example", "description", "title", "readOnly", "nullable", "required", "properties", "discriminator"].includes(name)) continue;
    made[name] = name === "enum" ? value : schemaFor(value, side);
  }
  if (isNode(schema["properties"])) {
    const properties = Object.entries(schema["properties"]);
    const readOnly = new Set(properties.flatMap(([name, one]) => (isNode(one) && one["readOnly"] === true ? [name] : [])));
    made["properties"] = Object.fromEntries(properties.map(([name, one]) => [name, side === "request" && readOnly.has(name) ? false : schemaFor(one, side)]));
    made["required"] = listAt(schema, "required").filter((name) => side === "answer" || (typeof name === "string" && !readOnly.has(name)));
    if (side === "request" && schema["type"] === "object") made["additionalProperties"] = false;
  }
  return schema["nullable"] === true ? { anyOf: [made, { type: "null" }] } : made;
}

/** Reads a description and judges by it. */
export class Contract {
  readonly #document: Node;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });

  constructor(file: string) {
    const document: unknown = parse(readFileSync(file, "utf8"));
    if (!isNode(document)) throw new TypeError(`${file} is not a description`);
    this.#document = document;
    formats.default(this.#ajv);
    for (const [name, schema] of Object.entries(nodeAt(document, "components", "schemas")))
      for (const side of ["request", "answer"] as const) this.#ajv.addSchema(Object.assign({}, schemaFor(schema, side)), idOf(side, name));
  }

  #complaints(validate: ValidateFunction, value: unknown, what: string): string[] {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${what}${instancePath} ${message ?? ""} ${JSON.stringify(params)}`);
  }

  /** The operation a path is; templates with a variable come after paths without. */
  #find(method: string, path: string): { readonly template: string; readonly operation: Node } | null {
    for (const [template, operations] of Object.entries(nodeAt(this.#document, "paths")).toSorted(([a], [b]) => a.split("{").length - b.split("{").length)) {
      const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
      const operation = isNode(operations) ? operations[method.toLowerCase()] : undefined;
      if (pattern.test(path) && isNode(operation)) return { template, operation };
    }
    return null;
  }

  #parameters(operation: Node, arrived: Arrived, query: URLSearchParams): string[] {
    const complaints: string[] = [];
    const named = { query: new Set<string>(), header: new Set<string>() };
    for (const parameter of listAt(operation, "parameters")) {
      const { in: place, name, required, schema } = isNode(parameter) ? parameter : {};
      if (typeof name !== "string" || (place !== "query" && place !== "header")) continue;
      named[place].add(place === "header" ? name.toLowerCase() : name);
      const value = place === "query" ? query.get(name) : (arrived.headers[name.toLowerCase()] ?? null);
      if (value === null && required === true) complaints.push(`${place} ${name} is missing`);
      if (value !== null && isNode(schema) && schema["type"] === "string")
        complaints.push(...this.#complaints(this.#ajv.compile(Object.assign({}, schemaFor(schema, "request"))), value, `${place} ${name}`));
    }
    for (const name of query.keys()) if (!named.query.has(name)) complaints.push(`query ${name} is not in the description`);
    for (const name of Object.keys(arrived.headers))
      if (!plainHeaders.has(name) && !named.header.has(name)) complaints.push(`header ${name} is not in the description`);
    return complaints;
  }

  /** What is wrong with a request, and which operation it is. */
  judge(arrived: Arrived): { readonly complaints: string[]; readonly operation: Operation | null } {
    const [path = "", search = ""] = arrived.path.split("?");
    const query = new URLSearchParams(search);
    const found = this.#find(arrived.method, path);
    if (found === null) return { complaints: [`${arrived.method} ${path} is not in the description`], operation: null };
    const complaints = this.#parameters(found.operation, arrived, query);
    if (listAt(found.operation, "security").length > 0 && !/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(arrived.headers["authorization"] ?? ""))
      complaints.push("no bearer token");
    const content = nodeAt(found.operation, "requestBody", "content");
    const schema = nodeAt(content, "application/json")["schema"];
    let body: unknown = null;
    if (schema === undefined && arrived.body !== "") complaints.push("a body where none belongs");
    if (schema !== undefined) {
      try {
        body = JSON.parse(arrived.body);
        complaints.push(...this.#complaints(this.#ajv.compile(Object.assign({}, schemaFor(schema, "request"))), body, "body"));
      } catch {
        complaints.push("the body is not JSON");
      }
    }
    return { complaints, operation: { id: String(found.operation["operationId"]), path: found.template, query, body } };
  }

  /** What is wrong with an answer to an operation. */
  judgeAnswer(method: string, template: string, status: number, value: unknown): string[] {
    const answer = nodeAt(this.#document, "paths", template, method.toLowerCase(), "responses", String(status));
    const content = nodeAt(answer, "content");
    const [media] = Object.values(content);
    if (!isNode(media)) return [`${status} is not an answer of ${method} ${template}`];
    return this.#complaints(this.#ajv.compile(Object.assign({}, schemaFor(media["schema"], "answer"))), value, "answer");
  }
}

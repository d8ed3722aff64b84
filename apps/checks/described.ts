/** The served API as its committed description says it, and values that fit it: requests of `fuzz.test.ts` and `route-matrix.test.ts` are made from this. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/** As much of JSON Schema as the description uses. */
export interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly media: string | null;
  readonly body: Schema | null;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** The committed description names the tests; that it is the served one is checked first. */
export const committed = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "docs", "api", "openapi.json"), "utf8")) as Description;

/** Every operation, with what it takes. */
export const operationsOf = ({ paths }: Description): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [media = null] = Object.keys(requestBody?.content ?? {});
      const body = media === null ? null : (requestBody?.content[media]?.schema ?? null);
      const streamed = /\/uploads\/\{/.test(path);
      const type = media ?? (streamed ? (method === "patch" ? "application/offset+octet-stream" : "application/octet-stream") : null);
      return { name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, parameters, media: type, body };
    }),
  );
/** Ids that exist, by the parameter that takes them. */
export type Known = Readonly<Record<string, string>>;

/** Values no client would send. */
export const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    9_007_199_254_740_992,
    0.1,
    "",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202egpj.exe",
    "💣".repeat(50),
    "../../etc/passwd",
    "'; DROP TABLE person; --",
    "%00",
    "2026-02-31T25:61:61Z",
    "9999-99-99T99:99:99Z",
    "A".repeat(20_000),
    "__proto__",
    [],
    {},
    [[[]]],
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer(),
  fc.double(),
);

function textOf({ pattern, minLength = 0, maxLength = 40 }: Schema, known: Known): fc.Arbitrary<unknown> {
  if (pattern === undefined) return fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, minLength + 40) });
  if (pattern.includes("h1")) return fc.constantFrom(`h1.${"A".repeat(1500)}`, `h1.${"A".repeat(1400)}`);
  if (pattern.includes("{8}-") || pattern.startsWith("^[A-Za-z0-9_-]{43}"))
    return fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.constantFrom(...Object.values(known)));
  if (pattern.includes("\\d{4}-")) return fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.constantFrom("2026-11-25T00:00:00Z", "2026-02-30T23:59:59.999Z"));
  return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, Math.min(maxLength, 400)));
}

/** Texts for a schema that ask for more than its pattern says; null for those that do not. */
export type Texts = (schema: Schema) => fc.Arbitrary<unknown> | null;

/** Values that fit a schema; `known` are ids that exist, some of which turn up where an id is asked for. */
export function fitting(schema: Schema, known: Known, texts: Texts = () => null): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => fitting(one, known, texts)));
  switch (schema.type) {
    case "string":
      return texts(schema) ?? textOf(schema, known);
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 2 ** 31 - 1, 2 ** 31 - 1) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting(schema.items ?? {}, known, texts), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 2, 2)),
      });
    case "object": {
      const fields = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, fitting(field, known, texts)]));
      const [values] = Object.values(schema.patternProperties ?? {});
      if (values !== undefined) return fc.dictionary(fc.constantFrom("dossier", "channel:provision", "x"), fitting(values, known, texts), { maxKeys: 2 });
      return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] });
    }
    default:
      return odd;
  }
}

/**
 * The NL API Design Rules (Logius, ADR 2.1) that a machine can read off an OpenAPI document, one rule per entry, each under its own id.
 * Run over docs/api/openapi.json by apps/checks/api-design-rules.test.ts. The rules about live answers (version header, security headers) stand in that test.
 */

/** A JSON object of which nothing is known yet. */
type Json = Readonly<Record<string, unknown>>;

/** One design rule. */
export interface DesignRule {
  /** Id in the standard, such as `/core/no-trailing-slash`; `nlgov:` and `oas:` ids are those of the linter published with it. */
  readonly id: string;
  /** What it asks, in one sentence. */
  readonly asks: string;
  /** Places in the document that do not do what it asks; empty when all is well. */
  readonly breaches: (document: Json) => readonly string[];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
/** What the standard calls standard HTTP methods. */
const allowedMethods: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "patch", "head", "options"]);
/** Keys of an OpenAPI path item that are no methods. */
const pathItemKeys: ReadonlySet<string> = new Set(["summary", "description", "servers", "parameters", "$ref"]);

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Follows `$ref` inside the document, as far as it goes. */
function resolved(document: Json, value: unknown): Json {
  const found = object(value);
  const reference = text(found["$ref"]);
  if (!reference.startsWith("#/")) return found;
  let place: unknown = document;
  for (const step of reference.slice(2).split("/")) place = object(place)[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  return place === value ? found : resolved(document, place);
}

/** One operation with its place in words, such as `GET /dossiers`. */
interface Operation {
  readonly where: string;
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
  readonly parameters: readonly Json[];
  readonly responses: readonly { readonly status: string; readonly response: Json }[];
}

function operations(document: Json): readonly Operation[] {
  return Object.entries(object(document["paths"])).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = object(item)[method];
      if (!isObject(operation)) return [];
      const parameters = [...array(object(item)["parameters"]), ...array(operation["parameters"])].map((parameter) => resolved(document, parameter));
      const responses = Object.entries(object(operation["responses"])).map(([status, response]) => ({ status, response: resolved(document, response) }));
      return [{ where: `${method.toUpperCase()} ${path}`, path, method, operation, parameters, responses }];
    }),
  );
}

const breaches = (document: Json, wrong: (operation: Operation) => readonly string[]): readonly string[] =>
  operations(document).flatMap((operation) => wrong(operation).map((what) => `${operation.where}: ${what}`));

const isError = (status: string): boolean => /^[45](?:\d\d|XX)$/u.test(status);
const succeeds = (status: string): boolean => /^[23](?:\d\d|XX)$/u.test(status);

/** Every named property of every schema in the document, with its place. */
function properties(value: unknown, place = ""): readonly { readonly where: string; readonly name: string; readonly schema: Json }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => properties(item, `${place}/${index}`));
  if (!isObject(value)) return [];
  // Only a schema has `properties` beside a type; an example that happens to hold that word has none.
  const own = isObject(value["properties"]) && (value["type"] === undefined || value["type"] === "object") ? Object.entries(value["properties"]) : [];
  return [
    ...own.map(([name, schema]) => ({ where: `${place}/properties/${name}`, name, schema: object(schema) })),
    ...Object.entries(value).flatMap(([key, child]) => (key === "example" || key === "examples" ? [] : properties(child, `${place}/${key}`))),
  ];
}

const camelCase = /^[a-z][a-z\d]*(?:[A-Z][a-z\d]*)*$/u;
const kebabCase = /^[a-z\d]+(?:-[a-z\d]+)*$/u;
const semver = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\dA-Za-z.-]+)?(?:\+[\dA-Za-z.-]+)?$/u;

/** The rules, in the order of the standard. */
export const designRules: readonly DesignRule[] = [
  {
    id: "/core/no-trailing-slash",
    asks: "Leave off trailing slashes from URIs.",
    breaches: (document) => Object.keys(object(document["paths"])).filter((path) => path !== "/" && path.endsWith("/")),
  },
  {
    id: "/core/http-methods",
    asks: "Only apply standard HTTP methods.",
    breaches: (document) =>
      Object.entries(object(document["paths"])).flatMap(([path, item]) =>
        Object.keys(object(item))
          .filter((key) => !allowedMethods.has(key) && !pathItemKeys.has(key) && !key.startsWith("x-"))
          .map((key) => `${key} ${path}`),
      ),
  },
  {
    id: "/core/doc-openapi",
    asks: "Use OpenAPI 3 for documentation.",
    breaches: (document) => (/^3(?:\.\d+){1,2}$/u.test(text(document["openapi"])) ? [] : [`openapi is "${text(document["openapi"])}"`]),
  },
  {
    id: "/core/doc-openapi-contact",
    asks: "Document contact information: name, e-mail address and URL in info.contact.",
    breaches: (document) => {
      const contact = object(object(document["info"])["contact"]);
      return ["name", "email", "url"].filter((field) => text(contact[field]) === "").map((field) => `info.contact.${field} is missing`);
    },
  },
  {
    id: "/core/semver",
    asks: "Adhere to Semantic Versioning in info.version.",
    breaches: (document) => {
      const version = text(object(document["info"])["version"]);
      return semver.test(version) ? [] : [`info.version is "${version}"`];
    },
  },
  {
    id: "/core/uri-version",
    asks: "Include the major version number, and only that, in the URI of every server.",
    breaches: (document) => {
      const major = text(object(document["info"])["version"]).split(".")[0] ?? "";
      const urls = array(document["servers"]).map((server) => text(object(server)["url"]));
      return urls.length === 0 ? ["servers is empty"] : urls.filter((url) => !url.endsWith(`/v${major}`));
    },
  },
  {
    id: "/core/transport/tls",
    asks: "Secure connections using TLS: no server is offered over plain http (a relative URL follows the page it came from).",
    breaches: (document) =>
      array(document["servers"])
        .map((server) => text(object(server)["url"]))
        .filter((url) => url.startsWith("http://")),
  },
  {
    id: "/core/version-header",
    asks: "Return the full version number in the response header API-Version.",
    breaches: (document) =>
      breaches(document, ({ responses }) =>
        responses
          .filter(({ status, response }) => succeeds(status) && !Object.keys(object(response["headers"])).some((name) => name.toLowerCase() === "api-version"))
          .map(({ status }) => `${status} documents no API-Version header`),
      ),
  },
  {
    id: "/core/path-segments-kebab-case",
    asks: "Use lowercase kebab-case in path segments.",
    breaches: (document) =>
      Object.keys(object(document["paths"])).filter((path) =>
        path
          .split("/")
          .filter((segment) => segment !== "" && segment !== "openapi.json" && !/^\{[^{}]+\}$/u.test(segment))
          .some((segment) => !kebabCase.test(segment)),
      ),
  },
  {
    id: "/core/query-keys-camel-case",
    asks: "Use lower camelCase in query keys.",
    breaches: (document) =>
      breaches(document, ({ parameters }) =>
        parameters.filter((parameter) => parameter["in"] === "query" && !camelCase.test(text(parameter["name"]))).map((parameter) => text(parameter["name"])),
      ),
  },
  {
    id: "nlgov:property-casing",
    asks: "Use lower camelCase in the properties of bodies.",
    breaches: (document) =>
      properties(document)
        .filter(({ name }) => !camelCase.test(name))
        .map(({ where }) => where),
  },
  {
    id: "oas:path-params",
    asks: "Every parameter in a path is declared, and required.",
    breaches: (document) =>
      breaches(document, ({ path, parameters }) =>
        [...path.matchAll(/\{([^{}]+)\}/gu)]
          .map(([, name]) => name ?? "")
          .filter((name) => !parameters.some((parameter) => parameter["in"] === "path" && parameter["name"] === name && parameter["required"] === true)),
      ),
  },
  {
    id: "oas:path-equivalent",
    asks: "No two paths differ only in the names of their parameters: nobody could say which one is meant.",
    breaches: (document) => {
      const shape = (path: string): string => path.replaceAll(/\{[^{}]+\}/gu, "{}");
      const paths = Object.keys(object(document["paths"]));
      return paths.filter((path, index) => paths.findIndex((other) => shape(other) === shape(path)) !== index);
    },
  },
  {
    id: "oas:operation-id-unique",
    asks: "Every operation has an operationId of its own.",
    breaches: (document) => {
      const seen = new Set<string>();
      return breaches(document, ({ operation }) => {
        const id = text(operation["operationId"]);
        if (id !== "" && !seen.has(id)) {
          seen.add(id);
          return [];
        }
        return [id === "" ? "operationId is missing" : `operationId ${id} is used twice`];
      });
    },
  },
  {
    id: "/core/error-handling/problem-details",
    asks: "Errors are application/problem+json with at least status, title and detail (RFC 9457).",
    breaches: (document) =>
      breaches(document, ({ responses }) =>
        responses
          .filter(({ status }) => isError(status) || status === "default")
          .flatMap(({ status, response }) => {
            const problem = object(response["content"])["application/problem+json"];
            if (!isObject(problem)) return [`${status} is not application/problem+json`];
            const members = object(resolved(document, problem["schema"])["properties"]);
            return ["status", "title", "detail"].filter((member) => !(member in members)).map((member) => `${status} has no member ${member}`);
          }),
      ),
  },
  {
    id: "/core/error-handling/invalid-input",
    asks: "Whatever takes input can answer 400: GET and DELETE with parameters, and every PUT, POST and PATCH.",
    breaches: (document) =>
      breaches(document, ({ method, parameters, responses }) => {
        const takesInput = ["put", "post", "patch"].includes(method) || (["get", "delete"].includes(method) && parameters.length > 0);
        return takesInput && !responses.some(({ status }) => status === "400") ? ["documents no 400"] : [];
      }),
  },
  {
    id: "/core/date-time/timezone",
    asks: "Moments carry a time zone: no format date-time-local or time.",
    breaches: (document) =>
      properties(document)
        .filter(({ schema }) => ["date-time-local", "time"].includes(text(schema["format"])))
        .map(({ where }) => where),
  },
  {
    id: "/core/date-time/date-omit-time-portion",
    asks: "A field that names a date is a date, without a time.",
    breaches: (document) =>
      properties(document)
        .filter(({ name, schema }) => /(?:^date$|[a-z]Date$)/u.test(name) && resolved(document, schema)["format"] !== "date")
        .map(({ where }) => where),
  },
];

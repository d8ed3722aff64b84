/** The HTTP frame every service's routes hang in: strict parsing, problem documents, headers, the generated API description, the web app. Called by house.ts and tests. */
import { Readable } from "node:stream";
import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import Type from "typebox";
import { describeAnswers } from "./describe-answers.ts";
import { apiVersion, guardHeaders, headersEverywhere } from "./headers.ts";
import { serveOpenData } from "./open-data.ts";
import { servePages } from "./pages.ts";
import { type PreparedShelf, putBefore } from "./prepared.ts";
import { servePublications } from "./publications.ts";
import { Problem } from "#services/problem/index.ts";
import { readinessOf, type Readiness } from "./readiness.ts";
import { answerBrokenLine, answerProblems, problemOf, sendProblem, type Unforeseen } from "./problems.ts";

/** One handled request as the log sees it: no query, no body, no ids, no address. */
export interface RequestLine {
  readonly method: string;
  /** Route pattern, such as `/api/v1/dossiers/:dossier`; empty when none fitted. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** What {@link createServer} is given. */
export interface ServerOptions {
  /** Origin people reach this server by; sign-in statements and the origin check are bound to it. */
  readonly origin: string;
  /** Routes of the services, in order of registration. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** Folder of the built web app. */
  readonly webRoot: string;
  /** Folder of publications of the Monitor and of the national picture, handed out as they are; nothing is when it is left out or not there. */
  readonly publications?: string;
  /** Most requests worked on at once, uploads apart; {@link mostAtOnce} unless told otherwise. */
  readonly most?: number;
  readonly log?: (line: RequestLine) => void;
  readonly unforeseen?: Unforeseen;
  /** Whether requests may be sent here; always unless told otherwise. */
  readonly readiness?: Readiness;
  /** Given the frame before any route is registered (traces). */
  readonly watch?: (server: FastifyInstance) => void;
}

/** More requests than this would wait longer for a connection to the database than anyone waits for an answer, each with its body in memory. */
const mostAtOnce = 1000;

/** Open lines at most: each costs some ten to fifty kilobytes, and a file number that the database and the sealed files need too. Whoever comes on top is hung up on at once. */
const mostLines = 10_000;

/** A frame with all routes in it, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 4 * 1024 * 1024,
    // Slow senders: a line that is silent for two minutes is cut, and so is a request that has not come in whole after ten, which is time for a piece of 8 MiB
    // at 14 kB/s. An upload goes on where it was cut.
    connectionTimeout: 120_000,
    requestTimeout: 600_000,
    keepAliveTimeout: 65_000,
    clientErrorHandler: answerBrokenLine,
    // What the router refuses before any route is found (an address that cannot be decoded) is a problem document too.
    frameworkErrors: (error, _request, reply) =>
      void sendProblem(reply, problemOf(error) ?? new Problem("input-malformed", "The address cannot be read", "See /api/openapi.json for what there is.")),
    // Without a host a request gets a problem document (headers.ts) instead of Node's empty page.
    // Looked at every five seconds, since a flood of half requests should be gone soon after their time is over.
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    // Fastify is too kind by default: it would turn "1" into 1 and drop what it does not know.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  // What is not in the contract is not read: plain text has no parser here.
  server.removeContentTypeParser("text/plain");
  server.server.maxConnections = mostLines;
  options.watch?.(server);
  answerProblems(server, options.unforeseen ?? (() => undefined));
  guardHeaders(server, options.origin);
  refuseTrailingSlash(server);
  putOff(server, options.most ?? mostAtOnce);
  // A wish in `Expect` that nobody knows may be passed over (RFC 9110 section 10.1.1); Node would answer with an empty page.
  server.server.on("checkExpectation", (request, response) => server.server.emit("request", request, response));
  server.addHook("onResponse", async (request, reply) => {
    options.log?.({ method: request.method, route: request.routeOptions.url ?? "", status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) });
  });
  const readiness = options.readiness ?? readinessOf(async () => undefined);
  server.addHook("onSend", async (_request, reply) => {
    // A proxy that keeps lines open must not send the next request into one that is about to close.
    if (readiness.leaving) void reply.header("Connection", "close");
  });
  await server.register(cookie);
  await describe(server);
  await server.register(readiness.routes);
  server.get(
    "/api/v1/health",
    {
      schema: {
        operationId: "readHealth",
        tags: ["server"],
        summary: "Whether the server answers",
        response: { 200: Type.Object({ status: Type.Literal("ok") }) },
      },
    },
    async () => ({ status: "ok" as const }),
  );
  for (const plugin of options.plugins) await server.register(plugin);
  const shelves: PreparedShelf[] = [];
  if (options.publications !== undefined) {
    await servePublications(server, options.publications);
    shelves.push(await serveOpenData(server, options.publications));
  }
  shelves.push(await servePages(server, options.webRoot));
  await server.ready();
  putBefore(server.server, shelves, headersEverywhere(options.origin), (line) => options.log?.(line));
  return server;
}

/** An address with a slash behind it is not there (API Design Rules /core/no-trailing-slash), not even where the router would read an empty name before the slash. */
function refuseTrailingSlash(server: FastifyInstance): void {
  server.addHook("onRequest", async ({ url, routeOptions }) => {
    if (routeOptions.url?.startsWith("/api/") === true && /^[^?]*\/(?:\?|$)/u.test(url))
      throw new Problem("not-found", "No address of this API ends in a slash", "Leave the slash out.");
  });
}

/** Of all that is worked on at once, the share from which reading is put off. Three tenths of a thousand is about a second of work: whoever reads does not wait longer than that, asks again, and leaves the room above it to what people write down. */
const readingShare = 0.3;

const isReading = (method: string): boolean => method === "GET" || method === "HEAD";

/**
 * Back-pressure: answers 503 when too much is worked on already, reading first and before anything is done for it, so that a queue once grown is worked off instead of fed.
 * Uploads stream to disk, wait for slow lines, and are bounded by their own quota; whether the server lives is always answered, or what watches over it would end it for being busy.
 */
function putOff(server: FastifyInstance, most: number): void {
  const mostReading = Math.ceil(most * readingShare);
  /** Worked on, until there is an answer. Who takes long to read an answer is not worked for, and must keep no other reader out. */
  const worked = new WeakSet<object>();
  let working = 0;
  /** In memory, until the answer has left. */
  const held = new WeakSet<object>();
  let holding = 0;
  const enter = (raw: object, full: boolean): void => {
    if (full || holding >= most)
      throw new Problem("unavailable", "The server is busy with as much as it can do at once", "Try again in a few seconds; nothing was stored.");
    working += 1;
    worked.add(raw);
    holding += 1;
    held.add(raw);
  };
  server.addHook("onRequest", async ({ raw, method, routeOptions }) => {
    if (isReading(method) && routeOptions.url?.startsWith("/api/v1/health") !== true) enter(raw, working >= mostReading);
  });
  server.addHook("preHandler", async ({ raw, method, body }) => {
    if (!isReading(method) && !(body instanceof Readable)) enter(raw, false);
  });
  const answered = async ({ raw }: { raw: object }): Promise<void> => {
    if (worked.delete(raw)) working -= 1;
  };
  const gone = async ({ raw }: { raw: object }): Promise<void> => {
    if (worked.delete(raw)) working -= 1;
    if (held.delete(raw)) holding -= 1;
  };
  server.addHook("onSend", answered);
  server.addHook("onResponse", gone);
  server.addHook("onRequestAbort", gone);
}

/** OpenAPI 3.1 from the very schemas that parse the requests, where the API Design Rules expect it. */
async function describe(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Rugdekking",
        version: apiVersion,
        summary: "A sealed post office for threatened local office-holders",
        description: "Everything a person tells arrives sealed and leaves sealed. Errors are problem documents (RFC 9457) with a stable `code`.",
        contact: { name: "Rugdekking", url: "https://rugdekking.nl", email: "api@rugdekking.nl" },
        license: { name: "EUPL-1.2", identifier: "EUPL-1.2" },
      },
      // Relative: it follows the page it came from, so it is TLS where the page is, and the document is the same everywhere.
      servers: [{ url: "/api/v1", description: "This server" }],
      tags: [
        { name: "admission", description: "Who is not signed in: a little work for tokens that say nothing about whom" },
        { name: "directory", description: "Organisations, desks, persons, sign-in" },
        { name: "dossier", description: "Sealed dossiers, hand-overs, uploads, worklists" },
        { name: "fingerprints", description: "One actor, many victims: evaluations that learn nothing, opaque contributions, coarse counts" },
        { name: "monitor", description: "The survey: waves, invitations, blind tokens, sealed answers" },
        { name: "open-data", description: "What is published: the national picture and the Monitor, readable from any site" },
        { name: "figures", description: "Anonymous facts of dossiers: quarters, blind tokens, sealed facts" },
        { name: "ledger", description: "Time stamps of an outside authority" },
        { name: "server", description: "The server itself" },
      ],
    },
    transformObject: (made) => ("openapiObject" in made ? describeAnswers(made.openapiObject) : made.swaggerObject),
  });
  for (const url of ["/api/openapi.json", "/api/v1/openapi.json"]) {
    server.get(
      url,
      { schema: { hide: true } },
      async (_, reply) => await reply.header("Access-Control-Allow-Origin", "*").header("Cache-Control", "no-cache").send(server.swagger()),
    );
  }
}

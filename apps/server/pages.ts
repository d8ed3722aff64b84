/** Serves the built web app: hashed files for ever, the page itself always fresh. For create-server.ts. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { Parse } from "typebox/value";
import { policyOfFile } from "./headers.ts";
import { prepare, sendPrepared, type PreparedShelf } from "./prepared.ts";

const Preloads = Type.Record(Type.String(), Type.Array(Type.String({ pattern: "^/assets/[A-Za-z0-9_-]+\\.[a-z0-9]+$" })));

/** `Link` headers by address, from the list the build wrote: the scripts of urgent pages, fetched beside the first one. */
async function readPreloads(root: string): Promise<ReadonlyMap<string, string>> {
  const path = join(root, "preload.json");
  if (!existsSync(path)) return new Map();
  const list = Parse(Preloads, JSON.parse(await readFile(path, "utf8")));
  return new Map(Object.entries(list).map(([page, scripts]) => [page, scripts.map((script) => `<${script}>; rel="modulepreload"`).join(", ")]));
}

/**
 * Every GET outside /api and /ledger that is no file answers with the page; its router says what is not there.
 * @param root folder with index.html and assets/ (made by the build). Without it the API works and pages are 404.
 * @returns the page as it is ready for the address that a crowd opens at once
 */
export async function servePages(server: FastifyInstance, root: string): Promise<PreparedShelf> {
  const index = join(root, "index.html");
  if (!existsSync(index)) return () => null;
  const page = await readFile(index);
  const preloads = await readPreloads(root);
  // The page is the same for everyone until the next build: who has it need not fetch it again.
  const ready = (link: string | undefined) =>
    prepare(page, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", ...(link === undefined ? {} : { Link: link }) }, false);
  const plain = ready(undefined);
  const preloading = new Map([...preloads].map(([address, link]) => [address, ready(link)]));
  await server.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    // The build lays `.br` and `.gz` beside each file; nothing is compressed while someone waits, and nothing secret is ever compressed with what a stranger sent.
    preCompressed: true,
    setHeaders: (reply, path) => {
      void reply.header("Cache-Control", /[\\/]assets[\\/]/.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
      const policy = policyOfFile(path);
      if (policy !== null) void reply.header("Content-Security-Policy", policy);
    },
  });
  const answer = {
    schema: { hide: true },
    handler: async (request: FastifyRequest, reply: FastifyReply) =>
      await sendPrepared(request, reply, preloading.get(request.url.split("?")[0] ?? "") ?? plain),
  };
  server.get("/", answer);
  // Only the address of one figure goes four deep; four deep under `/api` has errors of its own.
  for (const depth of ["/:page", "/:page/:part", "/:page/:part/:more", "/:page(^cijfers$)/:part/:more/:last"]) {
    server.get<{ Params: { page: string } }>(depth, {
      schema: { hide: true },
      handler: async (request, reply) => {
        if (["api", "ledger", "assets"].includes(request.params.page) || request.url.split("?")[0]?.includes(".") === true) return reply.callNotFound();
        return await answer.handler(request, reply);
      },
    });
  }
  const crowded = { prepared: preloading.get("/cijfers") ?? plain, route: "/:page" };
  return (address) => (address === "/cijfers" ? crowded : null);
}

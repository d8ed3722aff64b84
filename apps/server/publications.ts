/** Hands out what was published of the Monitor and of the national picture: files that the research desk made on its own machine and the operator laid in `publications/` of the data directory. For create-server.ts. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** What may lie in a publication, with its type; anything else is not handed out. */
const types: Readonly<Record<string, string>> = {
  ".json": "application/json; charset=utf-8",
  ".jsonld": "application/ld+json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".pdf": "application/pdf",
};

/** `GET /publicaties/…`. The lists, `lijst.json` of the Monitor and `cijfers.json` of the national picture, say which there are, newest first. */
export async function servePublications(server: FastifyInstance, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  await server.register(fastifyStatic, {
    root,
    prefix: "/publicaties/",
    decorateReply: false,
    index: false,
    cacheControl: false,
    dotfiles: "ignore",
    allowedPath: (path) => Object.keys(types).some((ending) => path.endsWith(ending)),
    setHeaders: (reply, path) => {
      const type = Object.entries(types).find(([ending]) => path.endsWith(ending))?.[1];
      if (type !== undefined) void reply.header("Content-Type", type);
      // A publication never changes; only the lists of them do. It is public: open data is fetched from anywhere.
      const list = path === join(root, "lijst.json") || path === join(root, "cijfers.json");
      void reply.header("Cache-Control", list ? "no-cache" : "public, max-age=86400, immutable");
      void reply.header("Access-Control-Allow-Origin", "*");
      void reply.header("Cross-Origin-Resource-Policy", "cross-origin");
    },
  });
}

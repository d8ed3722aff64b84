/** The public log over HTTP in C2SP tlog-tiles form: checkpoint, tiles, entry bundles. apps/server registers it; anyone may read, nobody can write. */
import type {} from "@fastify/swagger";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { parseNote, parseTilePath } from "@rugdekking/ledger";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";
import { ledgerPaths } from "#services/ledger/contract/index.ts";
import { readBundle, readCheckpoint, readCosigned, readTile } from "#services/ledger/store/index.ts";

/** These addresses are C2SP's, not our API's: the specification describes them, the OpenAPI document does not. */
const unlisted = { schema: { hide: true } };
/** A place never changes its bytes, so caches may keep them for ever. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * Fastify plugin with GET (and HEAD) /ledger/checkpoint, /ledger/witnessed and /ledger/tile/<L>/<N>[.p/<W>], /ledger/tile/entries/<N>[.p/<W>].
 * Readable from any origin: a leaf names a statement's hash and tells nothing else. What is not there is a 404 problem document that no cache may keep, since it may be there soon.
 */
export function ledgerRoutes(db: Database): FastifyPluginAsync {
  return async (server) => {
    server.get(ledgerPaths.checkpoint, unlisted, async (_, reply) => {
      const head = await readCheckpoint(db);
      const cosigned = await readCosigned(db);
      const checkpoint = head !== null && cosigned !== null && parseNote(head).text === parseNote(cosigned).text ? cosigned : head;
      if (checkpoint === null) return await absent(reply, "The log has no checkpoint yet");
      return await reply.header("Access-Control-Allow-Origin", "*").header("Cache-Control", "no-cache").type("text/plain; charset=utf-8").send(checkpoint);
    });

    // The head may be a moment ahead of what witnesses saw: whoever asks for a quorum reads this one, and that the head continues it.
    server.get(ledgerPaths.witnessed, unlisted, async (_, reply) => {
      const checkpoint = await readCosigned(db);
      if (checkpoint === null) return await absent(reply, "No witness has cosigned a checkpoint of this log");
      return await reply.header("Access-Control-Allow-Origin", "*").header("Cache-Control", "no-cache").type("text/plain; charset=utf-8").send(checkpoint);
    });

    server.get<{ Params: { "*": string } }>(`${ledgerPaths.tiles}/*`, unlisted, async (request, reply) => {
      const place = parseTilePath(`tile/${request.params["*"]}`);
      if (place === null) return await absent(reply, "This is not the path of a tile or an entry bundle");
      const { level, index, width } = place;
      const bytes = level === "entries" ? await readBundle(db, { index, width }) : await readTile(db, { level, index, width });
      if (bytes === null) return await absent(reply, "The log does not have this tile (yet)");
      return await reply.header("Access-Control-Allow-Origin", "*").header("Cache-Control", FOR_EVER).type("application/octet-stream").send(Buffer.from(bytes));
    });
  };
}

async function absent(reply: FastifyReply, detail: string): Promise<FastifyReply> {
  const problem = new Problem("not-found", detail, "Read /ledger/checkpoint first and ask only for tiles that its size promises (c2sp.org/tlog-tiles)");
  return await reply
    .code(404)
    .header("Access-Control-Allow-Origin", "*")
    .header("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(problem.toDocument());
}

/**
 * Puts the digest of the served web app in the log, and tells anyone which it is: `GET /api/v1/release`. For house.ts.
 *
 * [Note: Served, not approved] The leaf says "this is what I serve", and only the house can say that: it carries no signature of its own besides that of the log's checkpoint. Whether those
 * files are what the public source gives is another question, which nobody's signature answers as well as building it again (`npm run reproducible`); a registrar who signed each release
 * would be believed instead of compared with, and the registrar's key would have to leave its safe for every update.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type {} from "@fastify/swagger";
import type { FastifyPluginAsync } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Release, releasePath } from "#services/ledger/contract/release.ts";
import { enqueueLeaf, receiptFor, type Sequencer } from "#services/ledger/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { readBundle, type Bundle } from "./bundle.ts";

/** The digest as a leaf names it. */
const leafHash = ({ digest }: Bundle): string => Buffer.from(digest, "hex").toString("base64url");

/**
 * Reads the built web app and has it in the log before anyone can fetch a file of it. The same bundle again, also on another server of the house, keeps its first leaf.
 * @param root folder of the built web app. @returns null when nothing is built there.
 */
export async function logBundle(db: Database, sequencer: Sequencer, root: string): Promise<Bundle | null> {
  if (!existsSync(join(root, "index.html"))) return null;
  const bundle = await readBundle(root);
  await inTransaction(db, async (trx) => await enqueueLeaf(trx, { what: "web-bundle", hash: leafHash(bundle) }));
  await sequencer.integrated(leafHash(bundle));
  return bundle;
}

/** Fastify plugin with the release. @param bundle what {@link logBundle} gave. */
export function releaseRoutes(db: Database, bundle: Bundle | null): FastifyPluginAsync {
  return async (server) => {
    server.withTypeProvider<TypeBoxTypeProvider>().get(
      releasePath,
      {
        schema: {
          operationId: "readRelease",
          tags: ["server"],
          summary: "Which web app this server serves, and its receipt from the log",
          description: "404 when this server serves no built web app, or was started by a program that does not log it.",
          response: { 200: Release },
        },
      },
      async () => {
        const receipt = bundle === null ? null : await receiptFor(db, leafHash(bundle));
        if (bundle === null || receipt === null)
          throw new Problem("not-found", "This server has put no web app in its log", "Start it with rugdekking start, after npm run build.");
        return { digest: bundle.digest, manifest: bundle.manifest, proof: receipt.proof };
      },
    );
  };
}

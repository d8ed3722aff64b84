/** Proof that a statement is in the log, for whoever knows its hash: so that a client can check rosters, consents and recoveries, and not only entries. Routes of the directory. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Sha256 } from "#services/directory/contract/index.ts";
import { LeafReceipt } from "#services/ledger/contract/index.ts";
import { receiptFor } from "#services/ledger/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { DirectoryOptions } from "./services.ts";

/** One route: a hash says nothing by itself, and whoever has the statement can compute it. */
export function receiptRoutes(server: FastifyInstance, { db }: DirectoryOptions): void {
  server.withTypeProvider<TypeBoxTypeProvider>().get(
    "/api/v1/receipts/:hash",
    {
      schema: {
        operationId: "readLeafReceipt",
        tags: ["directory"],
        summary: "Proof that a statement is in the log",
        params: Type.Object({ hash: Sha256 }),
        response: { 200: LeafReceipt },
      },
    },
    async (request) => {
      const receipt = await receiptFor(db, request.params.hash);
      if (receipt === null) throw new Problem("not-found", "No statement with this hash is in the log", "Check the hash; a new statement takes a moment.");
      return receipt;
    },
  );
}

/** The doors of a person's rights: what the house holds of them, and an end to their account. apps/server registers it behind the directory, which knows who calls. */
import type {} from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { digestOf } from "@rugdekking/seal/verify";
import type { FastifyPluginAsync } from "fastify";
import { ErasureReceipt } from "#services/dossier/contract/erasure.ts";
import { erasureStatement, loggedHash } from "#services/dossier/contract/logged-statement.ts";
import { verifiedRequest, type DossierServices } from "#services/dossier/server/index.ts";
import { insertReceipt } from "#services/dossier/store/erasure.ts";
import { Problem } from "#services/problem/index.ts";
import { pacedByCaller } from "#services/problem/pace.ts";
import { AccountErasure, Insight } from "#services/rights/contract/index.ts";
import { eraseAccount, lockTies } from "#services/rights/store/account.ts";
import { insightOf } from "#services/rights/store/insight.ts";

/** Given by apps/server. */
export interface RightsOptions {
  readonly dossiers: DossierServices;
  /** Where people reach this house; requests are bound to it. */
  readonly origin: string;
}

/** The routes of this room. */
export function rightsRoutes({ dossiers, origin }: RightsOptions): FastifyPluginAsync {
  // The overview looks through whole tables: a right, but not one to exercise a hundred times a second.
  // A look through whole tables. One person's asking must not spend the turns of all.
  const turns = pacedByCaller(
    { each: { burst: 5, perSecond: 1 / 60 }, all: { burst: 30, perSecond: 0.5 } },
    { what: "This is asked for more often", mend: "Try again in a minute." },
  );
  const organisational = Object.values(dossiers.workflows).flatMap(({ kind, ownerSitsAt }) => (ownerSitsAt === undefined ? [] : [kind]));
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.get(
      "/api/v1/insight",
      {
        schema: {
          operationId: "readInsight",
          tags: ["rights"],
          summary: "Everything this server holds of me in the clear",
          description: "Table by table (AVG art. 15). What is sealed is told by its length; its contents are with who holds the keys.",
          response: { 200: Insight },
        },
      },
      async (request) => {
        const { person } = await dossiers.directory.caller(request);
        turns.take(person);
        return await insightOf(dossiers.db, person, dossiers.clock());
      },
    );
    app.post(
      "/api/v1/account/erasure",
      {
        schema: {
          operationId: "eraseAccount",
          tags: ["rights"],
          summary: "Erase my account, for good",
          description: "Refused while I am in a desk or have dossiers that are not erased. Cannot be undone.",
          body: AccountErasure,
          response: { 200: ErasureReceipt },
        },
      },
      async (request) => {
        const { person, signPublicKey } = await dossiers.directory.caller(request);
        const requestHash = await verifiedRequest(request.body.statement, { person, signPublicKey }, { of: "account", subject: person, origin });
        const at = dossiers.clock();
        const subject = await digestOf(new TextEncoder().encode(person));
        const statement = erasureStatement({
          of: "account",
          subject,
          kind: null,
          reason: "owner",
          rule: "owner",
          request: requestHash,
          entries: 0,
          items: 0,
          attachments: 0,
          handOvers: 0,
          last: null,
          at: at.toISOString(),
        });
        const hash = await loggedHash(statement);
        const blobs = await dossiers.inTransaction(async (trx) => {
          const ties = await lockTies(trx, person, organisational);
          if (ties === null) throw new Problem("not-found", "There is no such account any more", "Nothing needs to be done.");
          if (ties.desks > 0)
            throw new Problem(
              "requirement-missing",
              `This person is in ${ties.desks} desk(s)`,
              "Let a lead take you out of the desk first, so that its keys are renewed; the last member hands the desk over first.",
            );
          if (ties.dossiers > 0)
            throw new Problem(
              "requirement-missing",
              `This person has ${ties.dossiers} dossier(s)`,
              "Take away and erase each first; one that a desk holds goes when the hold ends.",
            );
          const left = await eraseAccount(trx, person);
          // Without a person: nobody is left to ask for it, and it is handed over now.
          await insertReceipt(trx, { subject, owner: null, hash, statement, request: null, at });
          await dossiers.ledger.enqueue(trx, [{ what: "erasure", hash }]);
          return left;
        });
        for (const blob of blobs) await dossiers.blobs.delete(blob);
        return { statement, request: request.body.statement, hash, proof: await dossiers.ledger.proofOf(hash) };
      },
    );
  };
}

/** How a desk is arranged: offices it should have, who is away and who covers. Routes of the directory. See `[Note: An arrangement gives nobody a key]`. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Compile } from "typebox/compile";
import { SealError, verifyStatement } from "@rugdekking/seal/verify";
import { ArrangementView, arrangementTrouble, dayOf, DESK_ARRANGEMENT, DeskArrangementPayload } from "#services/directory/contract/arrangement.ts";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { lockDesk, readArrangement, readDesk, writeArrangement } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { requirePerson, type Caller } from "./caller.ts";
import { ledBy } from "./desks.ts";
import type { DirectoryOptions } from "./services.ts";
import { requireConfirmed } from "./unconfirmed.ts";

const payloadCheck = Compile(DeskArrangementPayload);
const DeskId = Type.Object({ desk: Uuid });

/** @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch */
async function verified(statement: Envelope, desk: string, caller: Caller): Promise<{ readonly payload: DeskArrangementPayload; readonly hash: string }> {
  const { payload, hash } = await verifyStatement(statement, DESK_ARRANGEMENT, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/statement: ${error.message}`,
      "Sign it with your own key.",
    );
  });
  if (!payloadCheck.Check(payload))
    throw new Problem("input-malformed", "/statement: the signed payload is not of the agreed shape", "Build it as the contract describes.");
  if (payload.desk !== desk || payload.by !== caller.person)
    throw new Problem("statement-mismatch", "/statement is of another desk or names another signer than the caller", "Sign one of your own for this desk.");
  return { payload, hash };
}

/** Routes of how desks are arranged. */
export function arrangementRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/desks/:desk/arrangement",
    {
      schema: {
        operationId: "readArrangement",
        tags: ["directory"],
        summary: "Offices a desk of mine should have, who is away and who covers",
        params: DeskId,
        response: { 200: ArrangementView },
      },
    },
    async (request) => {
      const caller = requirePerson(request);
      const desk = await readDesk(options.db, request.params.desk);
      if (desk === null || !desk.members.some(({ person }) => person === caller.person))
        throw new Problem("role-forbidden", "You are not a member of this desk", "Ask a lead of the desk to add you.");
      requireConfirmed(caller, desk.id);
      return { statement: (await readArrangement(options.db, desk))?.statement ?? null };
    },
  );
  app.put(
    "/api/v1/desks/:desk/arrangement",
    {
      schema: {
        operationId: "replaceArrangement",
        tags: ["directory"],
        summary: "Say which offices a desk should have, who is away and who covers",
        description: "Signed by a lead, in the place of the one before.",
        params: DeskId,
        body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { id } = await ledBy(options, request.params.desk, caller);
      const { payload, hash } = await verified(request.body.statement, id, caller);
      await inTransaction(options.db, async (trx) => {
        // Rotations wait: the roster this is judged by is the one it is kept beside.
        await lockDesk(trx, id);
        const desk = await readDesk(trx, id);
        if (desk === null || !desk.members.some(({ person, lead }) => person === caller.person && lead))
          throw new Problem("role-forbidden", "Only a lead of the desk may do this", "Ask a lead.");
        const before = await readArrangement(trx, desk);
        if (before?.hash === hash) return;
        if (payload.number !== (before?.number ?? 0) + 1 || payload.previous !== (before?.hash ?? null))
          throw new Problem(
            "chain-broken",
            "/statement does not follow the arrangement there is now",
            "Read it again: another lead changed it. Then sign anew.",
          );
        const trouble = arrangementTrouble(payload, new Set(desk.members.map(({ person }) => person)), dayOf(options.clock()));
        if (trouble !== null) throw new Problem("input-malformed", `/statement${trouble}`, "Change it and sign anew.");
        await writeArrangement(trx, desk, payload, hash, request.body.statement);
      });
      return reply.code(204).send(null);
    },
  );
}

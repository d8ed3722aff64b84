/** The end of an account, over HTTP against the real database: refused with the reason while something ties it, then gone with a receipt that the log proves. */
import Fastify, { type FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { signStatement, type Person } from "@rugdekking/seal";
import { testAdmission } from "#services/admission/server/testing.ts";
import { erasureTypes, type ErasureReceipt } from "#services/dossier/contract/erasure.ts";
import { readErasure } from "#services/dossier/contract/logged-statement.ts";
import { directoryQuestions } from "#services/dossier/server/directory.ts";
import { drive, open, openWorld, testOrigin, workflows, type World } from "#services/dossier/server/testing.ts";
import { enqueueLeaves, receiptFor } from "#services/ledger/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Insight } from "#services/rights/contract/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { rightsRoutes } from "./index.ts";

let world: World;
let server: FastifyInstance;
const proofOf = async (hash: string): Promise<string> => {
  // The sequencer takes a leaf in within moments.
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await receiptFor(world.db, hash);
    if (found !== null) return found.proof;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the leaf did not come into the log");
};
beforeAll(async () => {
  world = await openWorld();
  const real = directoryQuestions();
  server = Fastify();
  server.setErrorHandler((error, _request, reply) =>
    error instanceof Problem ? reply.code(error.toDocument().status).send(error.toDocument()) : reply.code(500).send(String(error)),
  );
  await server.register(
    rightsRoutes({
      origin: testOrigin,
      dossiers: {
        db: world.db,
        blobs: world.blobs,
        admission: testAdmission(world.db),
        workflows,
        notify: () => undefined,
        clock: () => new Date(),
        inTransaction: async (work) => await inTransaction(world.db, work),
        directory: {
          ...real,
          caller: async (request) => {
            const person = String(request.headers["x-demo-person"]);
            return { person, signPublicKey: await real.personKey(world.db, person) };
          },
        },
        ledger: { enqueue: enqueueLeaves, proofOf, indexOf: async () => 0 },
      },
    }),
  );
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const erase = async (who: Person, by = who): Promise<{ statusCode: number; body: ErasureReceipt & { code?: string; detail?: string } }> => {
  const payload = { of: "account", subject: who.person, by: who.person, audience: testOrigin, at: new Date().toISOString() };
  const answer = await server.inject({
    method: "POST",
    url: "/api/v1/account/erasure",
    headers: { "x-demo-person": who.person },
    payload: { statement: await signStatement(erasureTypes.request, payload, by.sign) },
  });
  return { statusCode: answer.statusCode, body: answer.json() };
};

it("is refused while the person is in a desk or has a dossier, and needs their own signature", async () => {
  const [member, owner] = [await world.person(), await world.person()];
  const desk = await world.desk("safety-desk", "gm0000", [member]);
  expect(await erase(member)).toMatchObject({ statusCode: 409, body: { code: "requirement-missing", detail: "This person is in 1 desk(s)" } });
  await open(world, drive("report", owner), [{ role: "safety-desk", desk }]);
  expect(await erase(owner)).toMatchObject({ statusCode: 409, body: { detail: "This person has 1 dossier(s)" } });
  expect(await erase(owner, member)).toMatchObject({ statusCode: 422, body: { code: "signature-invalid" } });
});

it("tells what there is, then leaves no row of the person and a receipt that the log proves", async () => {
  const person = await world.person();
  const insight = (await server.inject({ url: "/api/v1/insight", headers: { "x-demo-person": person.person } })).json<Insight>();
  expect(insight.tables.filter(({ count }) => count > 0).map(({ table }) => table)).toEqual(["person", "person_handle"]);
  const { statusCode, body } = await erase(person);
  expect(statusCode, JSON.stringify(body)).toBe(200);
  expect(await readErasure(body)).toMatchObject({ of: "account", kind: null, reason: "owner" });
  await expect(verifyReceipt({ proof: body.proof, leaf: leafBytes("erasure", body.hash), verifierKey: world.verifierKey })).resolves.toBeDefined();
  const { rows } = await sql<{ left: string }>`SELECT count(*) AS left FROM person WHERE person = ${person.person}`.execute(world.db);
  expect(Number(rows[0]?.left)).toBe(0);
});

it("lets no one person spend the turns of all: who asks time and again waits, and another is told at once", async () => {
  const [one, other] = [await world.person(), await world.person()];
  const ask = async (who: Person): Promise<number> => (await server.inject({ url: "/api/v1/insight", headers: { "x-demo-person": who.person } })).statusCode;
  const answers: number[] = [];
  for (let time = 0; time < 8; time++) answers.push(await ask(one));
  expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  expect(await ask(other)).toBe(200);
});

/** The least any server must do: one request, one INSERT that is on disk before the answer; or one request that is answered with a constant. submissions.ts and scale.ts start it as a program of its own, as the baseline beside the real server. */
import fastify from "fastify";
import pg from "pg";
import { randomUUID } from "node:crypto";

const database = process.env["BENCH_DATABASE"];
if (database === undefined) throw new Error("BENCH_DATABASE is not there: tools/bench/submissions.ts and scale.ts start this file");
const pool = new pg.Pool({ connectionString: database, max: 16 });
// Without an address it only answers.
if (database !== "") await pool.query("CREATE TABLE IF NOT EXISTS bench_taken (id uuid PRIMARY KEY, bytes bytea NOT NULL)");
const server = fastify({ logger: false, bodyLimit: 4 * 1024 * 1024 });
server.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
server.post("/take", async (request, reply) => {
  await pool.query("INSERT INTO bench_taken (id, bytes) VALUES ($1, $2)", [randomUUID(), request.body]);
  return reply.code(201).send({ taken: true });
});
server.get("/constant", async () => ({ status: "ok" }));
const url = await server.listen({ host: "127.0.0.1", port: 0 });
process.stdout.write(`${url}\n`);
process.once("SIGTERM", () => {
  void server.close().then(async () => {
    await pool.end();
    process.exit(0);
  });
});

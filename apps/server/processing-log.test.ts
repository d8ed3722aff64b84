/** The processing log: the fields of the standard, nothing of content, and nothing about routes where nobody must be known. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { keepProcessingLog, processingFile, subjectOf, type ProcessingLine } from "./processing-log.ts";

const key = Buffer.alloc(32, 7);
const dossier = "01a20000-0000-7000-8000-00000000000a";
const owner = "01a20000-0000-7000-8000-00000000000b";

test("a line per operation, with trace, activity and a data subject under a key; none for the Monitor", async () => {
  const lines: ProcessingLine[] = [];
  const server = Fastify();
  server.decorateRequest("caller", null);
  keepProcessingLog(server, {
    key,
    register: "https://demo.example.nl/verwerkingen",
    ownerOf: async (id) => (id === dossier ? owner : null),
    write: async (line) => void lines.push(line),
    onError: (error) => {
      throw error;
    },
  });
  server.get("/api/v1/dossiers/:id", async () => ({ geheim: "verzonnen inhoud" }));
  server.get("/api/v1/monitor/waves", async () => ({}));
  server.get("/api/v1/health", async () => ({}));
  const trace = "0af7651916cd43dd8448eb211c80319c";
  await server.inject({ url: `/api/v1/dossiers/${dossier}?geheim=1`, headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } });
  await server.inject({ url: "/api/v1/monitor/waves" });
  await server.inject({ url: "/api/v1/health" });
  expect(lines).toEqual([
    {
      trace_id: trace,
      operation_id: expect.stringMatching(/^[0-9a-f]{16}$/u),
      parent_operation_id: "b7ad6b7169203331",
      status_code: 1,
      name: "GET /api/v1/dossiers/:id",
      start_time: expect.any(Number),
      end_time: expect.any(Number),
      resource: { attributes: { "service.name": "rugdekking" } },
      attributes: {
        "dpl.core.processing_activity_id": "https://demo.example.nl/verwerkingen#dossiers",
        "dpl.core.data_subject_id": subjectOf(key, owner),
        "dpl.core.data_subject_id_type": "https://demo.example.nl/verwerkingen#person-hmac",
      },
    },
  ]);
  for (const secret of [dossier, owner, "geheim", "verzonnen"]) expect(JSON.stringify(lines)).not.toContain(secret);
  await server.close();
});

test("lines that come at once are each kept, whole, when their write resolves", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-processing-"));
  const path = join(folder, "verwerkingen.jsonl");
  const file = await processingFile(path);
  const line = (at: number): ProcessingLine => ({
    trace_id: "0".repeat(32),
    operation_id: String(at).padStart(16, "0"),
    status_code: 1,
    name: "GET /api/v1/erasures",
    start_time: at,
    end_time: at,
    resource: { attributes: { "service.name": "rugdekking" } },
    attributes: { "dpl.core.processing_activity_id": "x#rights" },
  });
  await Promise.all(Array.from({ length: 50 }, async (_, at) => await file.write(line(at))));
  const kept = (await readFile(path, "utf8")).trimEnd().split("\n");
  expect(new Set(kept.map((text): unknown => JSON.parse(text).operation_id)).size).toBe(50);
  await file.close();
  await rm(folder, { recursive: true });
});

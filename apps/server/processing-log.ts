/**
 * Logboek dataverwerkingen (standard of Logius, working version): one line per operation on personal data, off unless a file is named. Hung in the frame by house.ts.
 *
 * [Note: What the processing log says] The fields of the standard's interface: `trace_id`, `operation_id`, `status_code`, `name`, `start_time`, `end_time`, `resource` and `attributes` with `dpl.core.processing_activity_id`,
 * `dpl.core.data_subject_id` and its type. The name is a method and a route pattern: no id, no query, no content. The data subject is whose dossier it is, or whose account; as an HMAC under a key of this house, so that
 * the lines about one person can be found by who holds the key and the id, and by nobody else. Who did it is not in the standard's fields and not here. Routes of the Monitor and of anonymous facts are never written.
 * A trace that came along (W3C `traceparent`) is gone on with.
 */
import { createHmac, randomBytes } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { activityOf } from "#registers/processing/index.ts";

/** One line of the log. */
export interface ProcessingLine {
  readonly trace_id: string;
  readonly operation_id: string;
  readonly parent_operation_id?: string;
  /** 1: done; 2: not done. 0, unknown, is never written. */
  readonly status_code: 1 | 2;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start_time: number;
  readonly end_time: number;
  readonly resource: { readonly attributes: { readonly "service.name": "rugdekking" } };
  readonly attributes: {
    readonly "dpl.core.processing_activity_id": string;
    readonly "dpl.core.data_subject_id"?: string;
    readonly "dpl.core.data_subject_id_type"?: string;
  };
}

/** What the log needs. */
export interface ProcessingLogOptions {
  /** Where the register of activities can be read: activities are named `<register>#<id>`. */
  readonly register: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Whose dossier this is; null when there is none. */
  ownerOf(dossier: string): Promise<string | null>;
  /** Resolves when the line is kept. */
  write(line: ProcessingLine): Promise<void>;
  /** A line could not be kept; told once per failure. */
  onError(error: unknown): void;
}

declare module "fastify" {
  interface FastifyRequest {
    /** When the request came in, milliseconds since 1970. */
    processingSince?: number;
    /** Whose data it is about, looked up before the work is done: afterwards it may be erased. */
    processingSubject?: string | null;
  }
}

const traceShape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/u;
const dossierShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A person as this log knows them: another house, or another key, knows them by another name. */
export const subjectOf = (key: Uint8Array, person: string): string => createHmac("sha256", key).update(`rugdekking data subject ${person}`).digest("base64url");

/** Route patterns under which `:id` names a dossier. */
const aboutDossier = (route: string): boolean => route.startsWith("/api/v1/dossiers/:id");

async function subject(request: FastifyRequest, route: string, options: ProcessingLogOptions): Promise<string | null> {
  const { params } = request;
  const id: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "id") : undefined;
  if (!aboutDossier(route)) return request.caller?.person ?? null;
  return typeof id === "string" && dossierShape.test(id) ? await options.ownerOf(id) : null;
}

/** Writes a line for every operation on personal data. Register it behind the directory's hook, so that the caller is known. */
export function keepProcessingLog(server: FastifyInstance, options: ProcessingLogOptions): void {
  server.addHook("preHandler", async (request) => {
    const route = request.routeOptions.url ?? "";
    if (activityOf(route) === null) return;
    request.processingSince = Date.now();
    request.processingSubject = await subject(request, route, options);
  });
  // Before the answer goes out: the standard asks that a line is kept, not that it is tried.
  server.addHook("onSend", async (request, reply) => {
    const route = request.routeOptions.url ?? "";
    const activity = activityOf(route);
    // Refused before it came to any work (no session, no shape): nothing was processed.
    if (activity === null || request.processingSince === undefined) return;
    const [, trace, parent] = traceShape.exec(String(request.headers["traceparent"] ?? "")) ?? [];
    const person = request.processingSubject ?? null;
    const line: ProcessingLine = {
      trace_id: trace ?? randomBytes(16).toString("hex"),
      operation_id: randomBytes(8).toString("hex"),
      ...(parent === undefined ? {} : { parent_operation_id: parent }),
      status_code: reply.statusCode < 400 ? 1 : 2,
      name: `${request.method} ${route}`,
      start_time: request.processingSince,
      end_time: Date.now(),
      resource: { attributes: { "service.name": "rugdekking" } },
      attributes: {
        "dpl.core.processing_activity_id": `${options.register}#${activity}`,
        ...(person === null
          ? {}
          : { "dpl.core.data_subject_id": subjectOf(options.key, person), "dpl.core.data_subject_id_type": `${options.register}#person-hmac` }),
      },
    };
    await options.write(line).catch((error: unknown) => options.onError(error));
  });
}

/** Lines to the end of a file, one JSON object each; those that wait at the same time are made durable together. */
export async function processingFile(path: string): Promise<{ write(line: ProcessingLine): Promise<void>; close(): Promise<void> }> {
  const file: FileHandle = await open(path, "a", 0o600);
  let waiting: string[] = [];
  let round: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await last.catch(() => undefined);
    const lines = waiting;
    waiting = [];
    round = null;
    await file.appendFile(lines.join(""));
    await file.datasync();
  };
  return {
    write: async (line) => {
      waiting.push(`${JSON.stringify(line)}\n`);
      round ??= last = flush();
      await round;
    },
    close: async () => {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}

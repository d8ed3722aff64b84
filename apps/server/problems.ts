/** Turns everything that goes wrong in a request into one problem document (RFC 9457); never a stack trace, never the request's own content. For create-server.ts. */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { SealError } from "@rugdekking/seal/verify";
import { Problem } from "#services/problem/index.ts";
import { isDatabaseAway } from "#services/storage/index.ts";

/** Told of an error nobody foresaw: its name and where it was thrown, never its message (which may quote data). */
export type Unforeseen = (what: { readonly route: string; readonly name: string; readonly code: string; readonly at: string }) => void;

/** The problem behind an error, or null when nobody foresaw it. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof SealError) return sealProblem(error);
  return isFastifyError(error) ? frameProblem(error) : databaseProblem(error);
}

function sealProblem(error: SealError): Problem {
  const mend = "Make the statement again with the present version of the program.";
  switch (error.code) {
    case "signature-invalid":
      return new Problem("signature-invalid", error.message, mend);
    case "roster-mismatch":
    case "roster-broken":
      return new Problem("roster-mismatch", error.message, "Read the desk's roster again and rotate from there.");
    case "card-mismatch":
      return new Problem("statement-mismatch", error.message, mend);
    default:
      return new Problem("input-malformed", error.message, mend);
  }
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("FST_");

function frameProblem(error: FastifyError): Problem | null {
  if (error.validation !== undefined) {
    const first = error.validation[0];
    const where = `${error.validationContext ?? "request"}${first?.instancePath ?? ""}`;
    return new Problem("input-malformed", `${where} ${first?.message ?? "does not fit the contract"}`, "Compare the request with /api/openapi.json.");
  }
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Problem("input-too-large", "The body is larger than this address takes", "Send attachments as uploads, in pieces.");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new Problem("media-type-unknown", "The Content-Type is not one this address takes", "Send application/json, or what /api/openapi.json names.");
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "FST_ERR_BAD_URL":
      return new Problem("input-malformed", "The body or address cannot be read", "Send valid JSON with the right length.");
    default:
      return error.statusCode !== undefined && error.statusCode < 500
        ? new Problem("input-malformed", "The request cannot be read", "Compare it with /api/openapi.json.")
        : null;
  }
}

/** Full disk, no connection, shutting down: the caller may try again. Anything else from the database is ours to mend. */
function databaseProblem(error: unknown): Problem | null {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100")
    return new Problem("storage-full", "There is no room left on the server's disk", "Try again later; nothing was stored.");
  // A commit may have arrived although its answer did not: never "nothing was stored". The same again gives the same answer ([Note: A lost answer]).
  if (isDatabaseAway(error))
    return new Problem("unavailable", "The database cannot be reached now", "Try the same again in a moment; what was confirmed before is safe.");
  // Not of the type, not encodable, no moment, out of range: what a shape could not tell.
  if (/^22(?:P02|P05|003|007|008|021)$/.test(code))
    return new Problem("input-malformed", "A value in the address or body is not of the expected form", "Compare the request with /api/openapi.json.");
  return null;
}

/** Answers with the problem document; 401 answers name the scheme they expect. */
export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
  const document = problem.toDocument();
  if (document.status === 503 || document.status === 429) reply.header("Retry-After", "5");
  if (document.status === 507) reply.header("Retry-After", "60");
  return await reply.code(document.status).type("application/problem+json").send(document);
}

/** Answers what is hardly HTTP, on the bare line: broken request lines, headers without end, contradicting lengths, a body that never came. Then hangs up. */
export function answerBrokenLine(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const problem =
    error.code === "HPE_HEADER_OVERFLOW"
      ? new Problem("input-too-large", "The headers are larger than this server takes", "Send fewer or shorter headers, at most 16 KiB together.")
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? new Problem("unavailable", "The request did not come in whole in time", "Try again, in smaller pieces; an upload goes on where it was cut.")
        : new Problem("input-malformed", "This is not an HTTP request", "Send a request as RFC 9112 describes it.");
  const { status } = problem.toDocument();
  const body = JSON.stringify(problem.toDocument());
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroy(error);
}

/** Wires error and not-found answers; knows every registered address, so a wrong method is told apart from a wrong address. */
export function answerProblems(server: FastifyInstance, unforeseen: Unforeseen): void {
  const known: { readonly pattern: RegExp; readonly method: string }[] = [];
  server.addHook("onRoute", (route) => {
    const source = route.url
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/:\w+/g, "[^/]+")
      .replace(String.raw`\*`, ".*");
    for (const method of [route.method].flat()) known.push({ pattern: new RegExp(`^${source}$`), method });
  });
  server.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error);
    if (problem !== null) return await sendProblem(reply, problem);
    unforeseen({ route: request.routeOptions.url ?? "", ...trace(error) });
    return await reply.code(500).type("application/problem+json").send({
      type: "https://rugdekking.nl/problems/unavailable",
      title: "Something went wrong on the server",
      status: 500,
      code: "unavailable",
      detail: "The server met an error it did not foresee; what was confirmed before is safe",
      mend: "Try again; if it stays, tell whoever runs this server the time it happened.",
    });
  });
  server.setNotFoundHandler(async (request: FastifyRequest, reply) => {
    const path = request.url.split("?")[0] ?? "";
    const methods = [...new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
    if (methods.length > 0 && !methods.includes(request.method)) {
      reply.header("Allow", methods.join(", "));
      return await sendProblem(reply, new Problem("method-unknown", `This address takes ${methods.join(", ")}`, "Use one of these methods."));
    }
    return await sendProblem(reply, new Problem("not-found", "There is nothing at this address", "See /api/openapi.json for what there is."));
  });
}

/** First line of our own code in the stack, without the message. */
function trace(error: unknown): { name: string; code: string; at: string } {
  if (!(error instanceof Error)) return { name: typeof error, code: "", at: "" };
  const at = /\b((?:apps|services|engines)\/[\w./-]+:\d+)/.exec(error.stack ?? "")?.[1] ?? "";
  return { name: error.name, code: "code" in error ? String(error.code) : "", at };
}

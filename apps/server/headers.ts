/** The response headers that keep a browser to what this server serves, and the check that a change came from our own page. For create-server.ts. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "#services/problem/index.ts";

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types rugdekking",
].join("; ");

/**
 * [Note: WebAssembly] Only workers may compile WebAssembly, and only those whose file is named `…-wasm-worker` by the build: a worker obeys the policy its own file came with.
 * The page keeps the stricter one, so that nothing that reaches the screen can compile anything.
 */
const compilingPolicy = contentPolicy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
const compilingFile = /[\\/]assets[\\/][a-z-]+-wasm-worker-[\w-]{8}\.js$/;

/** The policy of a file that differs from the page's; null for all others. See [Note: WebAssembly]. @param path of the file on disk, without `.br` or `.gz` */
export const policyOfFile = (path: string): string | null => (compilingFile.test(path) ? compilingPolicy : null);

const fixed: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Permissions-Policy":
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
};

/** Version of the API, told on every answer under /api (API Design Rules /core/version-header). */
export const apiVersion = "1.0.0";

/** Header without which nothing changes: a page of another origin cannot set it without a preflight, which is never granted. */
const ownHeader = "x-rugdekking";

/**
 * Whether a request is for an address under `prefix`: by its letters (what is not found is found nowhere else) or by the route that was found. The letters alone
 * do not do: the router decodes an address (`/%61pi/v1/…` finds `/api/v1/…`), and a guard that only reads the letters would be passed by.
 */
const isUnder = (prefix: string, { routeOptions, url }: FastifyRequest): boolean => url.startsWith(prefix) || routeOptions.url?.startsWith(prefix) === true;

/** Wires the headers and the origin check. @param origin this server's own, such as `https://rugdekking.example.nl`. */
export function guardHeaders(server: FastifyInstance, origin: string): void {
  const secure = origin.startsWith("https:");
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(fixed);
    if (secure) reply.header("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    if (request.raw.httpVersion === "1.1" && request.headers.host === undefined)
      throw new Problem("input-malformed", "The request names no host", "Send the header Host (RFC 9112 section 3.2).");
    if (!isUnder("/api/", request)) return;
    reply.header("API-Version", apiVersion);
    reply.header("Cache-Control", "no-store");
    if (request.method !== "GET" && request.method !== "HEAD") checkOrigin(request, origin);
  });
}

function checkOrigin(request: FastifyRequest, origin: string): void {
  const refuse = (detail: string): never => {
    throw new Problem("origin-refused", detail, "Use the page this server serves, or the rugdekking command.");
  };
  if (request.headers[ownHeader] !== "1") refuse("The header X-Rugdekking: 1 is missing");
  const from = request.headers.origin;
  if (from !== undefined && from !== origin) refuse("The Origin header names another site");
  const site = request.headers["sec-fetch-site"];
  if (from === undefined && site !== undefined && site !== "same-origin") refuse("The browser says the request came from another site");
}

/** The response headers that keep a browser to what this server serves, and the check that a change came from our own page. For create-server.ts. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "#services/problem/index.ts";

/** @param script what `script-src` allows besides this server's own files */
const policyWith = (script: string): string =>
  [
    "default-src 'none'",
    `script-src 'self'${script}`,
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
const contentPolicy = policyWith("");

/**
 * [Note: WebAssembly] Built worker scripts that may start WebAssembly, by the name before the hash of the build. A worker obeys the policy its own file came with, so
 * `'wasm-unsafe-eval'` stands on the answer with that file and on no page: nothing that reaches the screen can compile anything. The whole list: add a worker here and nowhere else.
 */
const wasmWorkers = ["paper-worker", "attachment-wasm-worker", "work-wasm-worker", "triage-worker"] as const;
const wasmPolicy = policyWith(" 'wasm-unsafe-eval'");

/** The content policy for a file of the build when it differs from every other answer's; null for all but {@link wasmWorkers}. @param path on disk, or the `.br` or `.gz` beside it */
export function policyOfFile(path: string): string | null {
  const name = /[\\/]assets[\\/]([a-z-]+)-[A-Za-z0-9_-]{8}\.js(?:\.br|\.gz)?$/u.exec(path)?.[1];
  return wasmWorkers.some((worker) => worker === name) ? wasmPolicy : null;
}

/** What the app uses of a device: the camera (a photo as evidence), passkeys, and copying a text (handing a link to another app is allowed by itself, and not every browser knows its name). */
const used = ["camera", "clipboard-write", "publickey-credentials-create", "publickey-credentials-get"] as const;
/** All else that a page could ask for, by the names that browsers know. */
const unused = [
  "accelerometer",
  "autoplay",
  "bluetooth",
  "clipboard-read",
  "compute-pressure",
  "cross-origin-isolated",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
] as const;
const permissions = [...used.map((name) => `${name}=(self)`), ...unused.map((name) => `${name}=()`)].join(", ");

const fixed: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": permissions,
  // A process of its own where the browser can give one, also beside other origins of the same site.
  "Origin-Agent-Cluster": "?1",
  "X-Permitted-Cross-Domain-Policies": "none",
  // A link in a message must not tell a name server that it was seen.
  "X-DNS-Prefetch-Control": "off",
};

/** Headers on every answer of a server that is reached by this origin. */
export const headersEverywhere = (origin: string): Readonly<Record<string, string>> =>
  origin.startsWith("https:") ? { ...fixed, "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : fixed;

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
  const everywhere = headersEverywhere(origin);
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(everywhere);
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

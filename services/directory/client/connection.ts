/** The one door through which every client room talks to the server: JSON in and out, each answer parsed, each failure a Problem. Runs in browser and Node. */
import Type, { type Static, type TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import type { Purse } from "#services/admission/client/purse.ts";
import { purposeOf, tokenHeader } from "#services/admission/contract/door.ts";
import { Problem, problems, type ProblemCode } from "#services/problem/index.ts";

/** `fetch` as the client needs it; tests and the CLI may bring their own. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** How to reach the server. */
export interface ConnectionOptions {
  /** Address of the server without a path, for example `https://rugdekking.example.nl`; in a browser usually `location.origin`. */
  readonly base: string;
  readonly fetch?: Fetch;
  /** `browser`: fetch carries the cookie (credentials). `own`: this object keeps `__Host-session` itself, as Node's fetch does not. Default: `browser` where there is a `document` or `self` with a location, else `own`. */
  readonly cookies?: "browser" | "own";
  /** Milliseconds before a JSON request is given up (default 30,000). Uploads and downloads have no limit of their own; use a signal. */
  readonly timeout?: number;
  /** Tokens asked at once by who is not signed in: one unless somebody may come back for a second (a browser). */
  readonly tokensAtOnce?: number;
}

/** What may be given with one request. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  /** Media type of `body`. */
  readonly mediaType?: string;
  /** Milliseconds before the request is given up as `unavailable`; null for none (streams). Default: the connection's. */
  readonly timeout?: number | null;
  /** What a token is spent on when nobody is signed in ([Note: A token is for one thing]), and to which desk it goes when that is known; left out: on this one request. */
  readonly admission?: { readonly use: string; readonly desk?: string | null | undefined } | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

const sessionCookie = "__Host-session";

const ProblemAnswer = Type.Object({ code: Type.String(), detail: Type.String(), mend: Type.String() });
const knownCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/**
 * Checks a value from outside against a contract type.
 * @param what names the value in the error, for example `GET /api/v1/desks`.
 * @throws {@link Problem} input-malformed naming the first place that is wrong; the value itself is never quoted.
 */
export function parseAnswer<S extends TSchema>(schema: S, value: unknown, what: string): Static<S> {
  if (Check(schema, value)) return value;
  const first = Errors(schema, value)[0];
  throw new Problem(
    "input-malformed",
    `${what}: ${first === undefined ? "unknown shape" : `${first.instancePath || "/"} ${first.message}`}`,
    "Client and server may be of different versions; reload the page or update the program.",
  );
}

/** A connection to one server. Holds the session cookie in Node; holds no keys. */
export class Connection {
  /** Origin of the server, as signed into sign-in statements (`SignIn.audience`). */
  readonly origin: string;
  readonly #fetch: Fetch;
  readonly #cookies: "browser" | "own";
  readonly #timeout: number;
  #cookie: string | null = null;
  readonly #tokensAtOnce: number;
  #purse: Promise<Purse> | null = null;
  /** The same, once it is there: a request does not wait for it when nobody asked for tokens yet. */
  #tokens: Purse | null = null;

  /** @throws {@link Problem} input-malformed when `base` is not an http(s) address. */
  constructor(options: ConnectionOptions) {
    const url = URL.parse(options.base);
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
      throw new Problem("input-malformed", `${options.base} is not the address of a server`, "Give an address such as https://rugdekking.example.nl.");
    }
    this.origin = url.origin;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#cookies = options.cookies ?? "browser";
    this.#timeout = options.timeout ?? 30_000;
    this.#tokensAtOnce = options.tokensAtOnce ?? 1;
  }

  /** The tokens of this connection; what works for them is loaded when it is first asked for. */
  purse(): Promise<Purse> {
    this.#purse ??= import("#services/admission/client/index.ts").then(({ Purse: Opened }) => (this.#tokens = new Opened(this, this.#tokensAtOnce)));
    this.#purse.catch(() => (this.#purse = null));
    return this.#purse;
  }

  /** The session cookie kept in Node (`null` when signed out or in a browser), so that a CLI can continue a session; treat it as a secret. */
  get cookie(): string | null {
    return this.#cookie;
  }
  /** Continues a session kept by an earlier process. Has no effect in a browser. */
  set cookie(value: string | null) {
    this.#cookie = value;
  }

  /** GET and parse. @throws {@link Problem} any code the server gives; unavailable; input-malformed. */
  async get<S extends TSchema>(path: string, schema: S, options: RequestOptions = {}): Promise<Static<S>> {
    return this.#parsed("GET", path, schema, options);
  }

  /** POST a JSON value and parse the answer. @throws as {@link Connection.get}. */
  async post<S extends TSchema>(path: string, value: unknown, schema: S, options: RequestOptions = {}): Promise<Static<S>> {
    return this.#parsed("POST", path, schema, { ...options, body: JSON.stringify(value), mediaType: "application/json" });
  }

  /** Any request that answers without content (204). @throws as {@link Connection.get}. */
  async command(method: "POST" | "PUT" | "DELETE", path: string, value?: unknown, options: RequestOptions = {}): Promise<void> {
    const answer = await this.request(method, path, value === undefined ? options : { ...options, body: JSON.stringify(value), mediaType: "application/json" });
    await answer.body?.cancel();
  }

  /**
   * One request; the answer is returned when its status is 2xx, and turned into a Problem otherwise. When the door asks for a token, one is worked for, and the request goes once more.
   * @throws {@link Problem} the server's own code; `unavailable` when nothing came back; the abort reason when `signal` was used.
   */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
    let use = options.admission?.use;
    for (let earned = 0; ; earned += 1) {
      const token = use === undefined ? null : (this.#tokens?.tokenFor(use) ?? null);
      try {
        return await this.#once(method, path, token === null ? options : { ...options, headers: { ...options.headers, [tokenHeader]: token } });
      } catch (error) {
        // Three times: what lay in reserve may be over, and the level may rise between the working and the sending.
        if (!(error instanceof Problem) || error.code !== "work-required" || earned >= 3) throw error;
        options.signal?.throwIfAborted();
        use ??= crypto.randomUUID();
        const purse = await this.purse();
        if (token !== null) purse.refused(use);
        await purse.keep({ purpose: purposeOf(path), use, desk: options.admission?.desk, signal: options.signal });
      }
    }
  }

  async #once(method: Method, path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { "X-Rugdekking": "1", Accept: "application/json, application/problem+json", ...options.headers };
    if (options.mediaType !== undefined) headers["Content-Type"] = options.mediaType;
    if (this.#cookies === "own" && this.#cookie !== null) headers["Cookie"] = `${sessionCookie}=${this.#cookie}`;
    const limit = options.timeout === null ? undefined : AbortSignal.timeout(options.timeout ?? this.#timeout);
    const signals = [options.signal, limit].filter((signal) => signal !== undefined);
    const init: RequestInit = { method, headers, redirect: "error", cache: "no-store" };
    if (this.#cookies === "browser") init.credentials = "same-origin";
    if (signals.length > 0) init.signal = AbortSignal.any(signals);
    if (options.body !== undefined) init.body = options.body;
    const answer = await this.#send(this.origin + path, init, options.signal);
    this.#keepCookie(answer);
    if (answer.ok) return answer;
    throw await this.#problem(answer, `${method} ${path.split("?")[0]}`);
  }

  async #send(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    try {
      return await this.#fetch(url, init);
    } catch {
      signal?.throwIfAborted();
      throw new Problem("unavailable", "The server did not answer", "Check the connection and try again; nothing that was confirmed is lost.");
    }
  }

  async #parsed<S extends TSchema>(method: Method, path: string, schema: S, options: RequestOptions): Promise<Static<S>> {
    const answer = await this.request(method, path, options);
    const what = `${method} ${path.split("?")[0]}`;
    let value: unknown;
    try {
      value = await answer.json();
    } catch {
      options.signal?.throwIfAborted();
      throw new Problem("unavailable", `${what}: the answer broke off or is not JSON`, "Try again.");
    }
    return parseAnswer(schema, value, what);
  }

  #keepCookie(answer: Response): void {
    if (this.#cookies !== "own") return;
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const [name, value = ""] = pair.trim().split("=");
      if (name !== sessionCookie) continue;
      const ended = value === "" || attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      this.#cookie = ended ? null : value;
    }
  }

  async #problem(answer: Response, what: string): Promise<Problem> {
    let value: unknown;
    try {
      value = await answer.json();
    } catch {
      value = null;
    }
    if (Check(ProblemAnswer, value) && knownCode(value.code)) return new Problem(value.code, value.detail, value.mend);
    if (answer.status === 404) return new Problem("not-found", `${what}: there is nothing at this address`, "Check the address.");
    return new Problem(
      answer.status >= 500 ? "unavailable" : "input-malformed",
      `${what}: the server answered ${answer.status} without saying why`,
      "Try again later.",
    );
  }
}

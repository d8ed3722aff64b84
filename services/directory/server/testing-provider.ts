/** A real OpenID provider (oidc-provider) on loopback that signs in whoever types a name, and can be made to answer wrongly on its way out. For tests only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";
import OidcProvider from "oidc-provider";
import { v4 as uuidv4 } from "uuid";

/** What a test may put in the place of an id token that the provider made. */
export type Tamper = (claims: Readonly<Record<string, unknown>>, key: CryptoKey) => Promise<string>;

/** A running provider. */
export interface TestProvider {
  readonly issuer: string;
  readonly client: string;
  readonly secret: string;
  /** Groups by account. */
  readonly groups: Map<string, readonly string[]>;
  /** Puts another id token in the place of the next ones. */
  tamper(how: Tamper | null): void;
  /** Logout tokens it sent. */
  readonly sent: { readonly status: string }[];
  stop(): Promise<void>;
  /** Starts to listen again at the same address. */
  resume(): Promise<void>;
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const page = (uid: string): string =>
  `<!doctype html><html lang="nl"><title>Aanmelden bij Gemeente Demostad</title><main><h1>Aanmelden bij Gemeente Demostad</h1><p>Verzonnen voor een proef.</p>
<form method="post" action="/aanmelden/${escape(uid)}"><label>Naam <input name="name" autocomplete="off"></label> <button>Meld u aan</button></form></main></html>`;

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
  return new URLSearchParams(Buffer.concat(pieces).toString());
}

const listen = async (server: Server, port: number): Promise<number> => {
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  return (server.address() as AddressInfo).port;
};

/** Starts one. @param redirects where it may send people back to; @param backChannel where it tells that someone signed out */
export async function openProvider(redirects: readonly string[], backChannel: string): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: "proef", use: "sig", alg: "RS256" };
  const client = "rugdekking";
  const secret = `geheim-${uuidv4()}`;
  const groups = new Map<string, readonly string[]>();
  const sent: { status: string }[] = [];
  let tamper: Tamper | null = null;
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
  const server = createServer((request, response) => handle(request, response));
  const port = await listen(server, 0);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new OidcProvider(issuer, {
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: [...redirects],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_basic",
        backchannel_logout_uri: backChannel,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [uuidv4()] },
    claims: { openid: ["sub", "groups"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    pkce: { required: () => true },
    // Its own fetch refuses this machine, where the house of a test stands.
    fetch: async (url: string, { method, headers, body, redirect, signal }: RequestInit) =>
      await fetch(url, {
        ...(method === undefined ? {} : { method }),
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
        ...(redirect === undefined ? {} : { redirect }),
        ...(signal === undefined ? {} : { signal }),
      }),
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, groups: groups.get(id) ?? [] }) }),
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/aanmelden/${uid}` },
    // Nobody is asked for consent: the organisation's own people, to what the organisation runs.
    loadExistingGrant: async (context: {
      readonly oidc: { readonly client: { readonly clientId: string }; readonly session: { readonly accountId: string }; readonly provider: OidcProvider };
    }) => {
      const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  provider.on("backchannel.success", () => void sent.push({ status: "success" }));
  provider.on("backchannel.error", (_context, error) => void sent.push({ status: error instanceof Error ? error.message : "error" }));
  const answer = provider.callback();
  handle = (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    const signing = /^\/aanmelden\/([A-Za-z0-9_-]+)$/u.exec(path);
    if (signing !== null && request.method === "GET") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(page(signing[1] ?? ""));
      return;
    }
    if (signing !== null) {
      void bodyOf(request).then(async (body) => {
        await provider.interactionFinished(request, response, { login: { accountId: body.get("name") ?? "niemand" } }, { mergeWithLastSubmission: false });
      });
      return;
    }
    if (path === "/token" && tamper !== null) alter(response, tamper, privateKey);
    answer(request, response);
  };
  return {
    issuer,
    client,
    secret,
    groups,
    sent,
    tamper: (how) => {
      tamper = how;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => void server.close(() => done()));
    },
    resume: async () => void (await listen(server, port)),
  };
}

/** Lets the provider work, and changes the id token in what it answers. */
function alter(response: ServerResponse, tamper: Tamper, key: CryptoKey): void {
  const end = response.end.bind(response);
  response.end = ((chunk?: unknown) => {
    const told = JSON.parse(String(chunk)) as Record<string, unknown>;
    const token = told["id_token"];
    if (typeof token !== "string") return end(String(chunk));
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
    void tamper(claims, key).then((other) => {
      const text = JSON.stringify({ ...told, id_token: other });
      response.setHeader("Content-Length", Buffer.byteLength(text));
      end(text);
    });
    return response;
  }) as typeof response.end;
}

/** A browser's memory at the provider, for tests without a browser. */
export class Jar {
  readonly #cookies = new Map<string, string>();

  /** One request, cookies along. */
  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(address, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Signs in as `account` where the provider asks who it is, and stops where it sends the browser back. @returns that address */
  async signIn(address: string, account: string): Promise<URL> {
    let next = new URL(address);
    for (let hop = 0; hop < 12; hop += 1) {
      const answer =
        /^\/aanmelden\/[^/]+$/u.test(next.pathname) && next.origin === new URL(address).origin
          ? await this.ask(next.href, { method: "POST", body: new URLSearchParams({ name: account }) })
          : await this.ask(next.href);
      const location = answer.headers.get("location");
      if (location === null) throw new Error(`the provider stopped at ${next.pathname} with ${answer.status}: ${await answer.text()}`);
      next = new URL(location, next);
      if (next.origin !== new URL(address).origin) return next;
    }
    throw new Error("the provider sends its people round and round");
  }

  /** Signs out at the provider, which then tells whom it should. */
  async signOut(issuer: string): Promise<void> {
    const asked = await this.ask(`${issuer}/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/u.exec(await asked.text())?.[1] ?? "";
    await this.ask(`${issuer}/session/end/confirm`, { method: "POST", body: new URLSearchParams({ xsrf, logout: "yes" }) });
  }
}

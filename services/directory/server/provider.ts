/** Talks OpenID Connect with the provider of one organisation: where to go, what an answer is worth, who signed out there. Used by organisation-sign-in.ts only. */
import { createHmac } from "node:crypto";
import { createRemoteJWKSet, customFetch as keysFetch, jwtVerify, errors as joseErrors } from "jose";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type Configuration,
} from "openid-client";
import { returnPage } from "#services/directory/contract/organisation-sign-in.ts";
import { Problem } from "#services/problem/index.ts";
import type { ProviderSettings } from "./organisation-providers.ts";

/** Seconds one request to a provider may take. */
const patience = 8;
/** Bytes of an answer that are read. */
const answerLimit = 512 * 1024;
/** Seconds that clocks may differ. */
const clockDifference = 10;
/** What a provider says of itself is read anew after this long, milliseconds. */
const discoveryLasts = 3_600_000;
/** After this long the provider is asked again whether it is there, milliseconds. */
const standingLasts = 60_000;
/** A logout token older than this is not taken, seconds. */
const logoutLasts = 300;
/** Signatures that are taken: of a key pair, never `none` and never a shared secret. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** What a provider vouched for. */
export interface Vouched {
  /** Marks instead of names: HMAC under a key of this server, apart for each organisation. */
  readonly subject: string;
  /** Mark of the session at the provider, when it named one. */
  readonly providerSession: string | null;
  /** Groups in the claim that the organisation named; null when it names none or the token holds none. */
  readonly groups: readonly string[] | null;
}

/** `state` and what goes with it; the secret halves follow from `state` under the server's key, so that no database holds them. */
interface Begun {
  readonly state: string;
  readonly address: string;
}

const away = (organisation: string): Problem =>
  new Problem("provider-away", `The sign-in of ${organisation} does not answer`, "Try again in a few minutes, or ask your organisation.");
const notVouched = (what: string): Problem =>
  new Problem("provider-refused", `What the organisation's sign-in answered does not hold: ${what}`, "Begin again from your account.");

/** Reads no more than {@link answerLimit} bytes and follows no redirect: an answer must not fill the memory or lead elsewhere. */
async function shortFetch(input: string | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, { ...init, redirect: "manual" });
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    length += piece.length;
    if (length > answerLimit) throw new TypeError("the answer is too long");
    pieces.push(piece);
  }
  const { status, headers } = answer;
  return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(pieces), { status, headers });
}

/** Whether nothing, or only a fault of its own, came back; anything else is an answer that does not hold. */
function isAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof TypeError || at.name === "TimeoutError" || at.name === "AbortError") return true;
    if ("code" in at && typeof at.code === "string" && /^(E[A-Z]+|UND_ERR_.*|ERR_JWKS_TIMEOUT|OAUTH_TIMEOUT|OAUTH_RESPONSE_IS_NOT_.*)$/u.test(at.code))
      return true;
    if (at.cause instanceof Response && at.cause.status >= 500) return true;
    if ("status" in at && typeof at.status === "number" && at.status >= 500) return true;
  }
  return false;
}

/** A short word for what was wrong, without anything of the answer in it. */
const wordOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "it cannot be read");

/** One provider. Holds no state that another server of the same house would need. */
export class Provider {
  readonly settings: ProviderSettings;
  readonly #origin: string;
  readonly #key: Uint8Array;
  #configuration: { readonly made: number; readonly value: Promise<Configuration> } | null = null;
  #keys: { readonly address: string; readonly set: ReturnType<typeof createRemoteJWKSet> } | null = null;
  #standing: { readonly at: number; readonly away: boolean } | null = null;

  /** @param origin of this house; @param key 32 bytes, the same on every server of it */
  constructor(settings: ProviderSettings, origin: string, key: Uint8Array) {
    this.settings = settings;
    this.#origin = origin;
    this.#key = key;
  }

  #derive(what: string, ...parts: readonly string[]): string {
    return createHmac("sha256", this.#key)
      .update(JSON.stringify([what, this.settings.organisation, ...parts]))
      .digest("base64url");
  }

  #configured(): Promise<Configuration> {
    if (this.#configuration !== null && Date.now() - this.#configuration.made < discoveryLasts) return this.#configuration.value;
    const { issuer, client, secret, insecure } = this.settings;
    const metadata = { [clockTolerance]: clockDifference };
    const value = discovery(new URL(issuer), client, metadata, ClientSecretBasic(secret), {
      timeout: patience,
      [customFetch]: async (url, { body, headers, method, signal }) =>
        // A token request is a form; nothing else is sent to a provider.
        await shortFetch(url, { headers, method, ...(body instanceof URLSearchParams ? { body } : {}), ...(signal === undefined ? {} : { signal }) }),
      // The library marks this as deprecated so that it is noticed; the settings allow it to this machine alone, outside production.
      execute: [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])],
    });
    this.#configuration = { made: Date.now(), value };
    value.catch(() => {
      this.#configuration = null;
    });
    return value;
  }

  /** @throws {@link Problem} provider-away, provider-refused */
  async #asked<T>(ask: (configuration: Configuration) => Promise<T>): Promise<T> {
    try {
      const done = await ask(await this.#configured());
      this.#standing = { at: Date.now(), away: false };
      return done;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (isAway(error)) {
        this.#standing = { at: Date.now(), away: true };
        this.#configuration = null;
        throw away(this.settings.organisation);
      }
      throw notVouched(wordOf(error));
    }
  }

  /** Whether the provider does not answer, as this server found out itself not longer than a minute ago. A stranger cannot say so in its place. */
  async isAway(): Promise<boolean> {
    if (this.#standing !== null && Date.now() - this.#standing.at < standingLasts) return this.#standing.away;
    this.#configuration = null;
    try {
      await this.#asked(async () => undefined);
      return false;
    } catch (error) {
      return error instanceof Problem && error.code === "provider-away";
    }
  }

  /** Where a person goes to sign in: code flow with PKCE (S256), state and nonce. @throws {@link Problem} provider-away, provider-refused */
  async begin(state: string): Promise<Begun> {
    // Asked anew, so that nobody is sent to a provider that is away.
    this.#configuration = null;
    return await this.#asked(async (configuration) => {
      const address = buildAuthorizationUrl(configuration, {
        response_type: "code",
        redirect_uri: this.#origin + returnPage(this.settings.organisation),
        scope: ["openid", ...this.settings.scopes].join(" "),
        state,
        nonce: this.#derive("nonce", state),
        code_challenge: await calculatePKCECodeChallenge(this.#derive("verifier", state)),
        code_challenge_method: "S256",
      });
      return { state, address: address.href };
    });
  }

  /**
   * What the answer is worth: exchanges the code and checks the id token (signature, iss, aud, azp, exp, iat, nonce), `state` and `iss` of the answer.
   * @param answer query of the address the browser came back on; @throws {@link Problem} provider-refused, provider-away
   */
  async judge(answer: string, state: string): Promise<Vouched> {
    return await this.#asked(async (configuration) => {
      const address = new URL(this.#origin + returnPage(this.settings.organisation));
      address.search = answer;
      const tokens = await authorizationCodeGrant(configuration, address, {
        expectedState: state,
        expectedNonce: this.#derive("nonce", state),
        pkceCodeVerifier: this.#derive("verifier", state),
        idTokenExpected: true,
      }).catch((error: unknown) => {
        if (error instanceof AuthorizationResponseError) throw notVouched(error.error === "access_denied" ? "access_denied" : "the provider refused");
        throw error;
      });
      const claims = tokens.claims();
      if (claims === undefined) throw notVouched("there is no id token");
      const sid = claims["sid"];
      return {
        subject: this.#subject(claims.sub),
        providerSession: typeof sid === "string" ? this.#derive("sid", claims.iss, sid) : null,
        groups: this.#groups(claims),
      };
    });
  }

  #subject(sub: string): string {
    return this.#derive("sub", this.settings.issuer, sub);
  }

  #groups(claims: Readonly<Record<string, unknown>>): readonly string[] | null {
    if (this.settings.groups === null || this.settings.groups === undefined) return null;
    const told = claims[this.settings.groups.claim];
    if (typeof told === "string") return [told];
    return Array.isArray(told) ? told.filter((one) => typeof one === "string") : null;
  }

  /**
   * Reads a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6): signed by the provider, for this client, about this issuer, just made, with the event, without a nonce.
   * @returns marks of who signed out and when; a replay says nothing new, since only confirmations of before `at` end.
   * @throws {@link Problem} provider-refused, provider-away
   */
  async readLogout(token: string): Promise<{ readonly subject: string | null; readonly providerSession: string | null; readonly at: Date }> {
    return await this.#asked(async (configuration) => {
      const { issuer, jwks_uri: address } = configuration.serverMetadata();
      if (address === undefined) throw notVouched("the provider has no keys");
      if (this.#keys?.address !== address)
        this.#keys = { address, set: createRemoteJWKSet(new URL(address), { timeoutDuration: patience * 1_000, [keysFetch]: shortFetch }) };
      const { payload } = await jwtVerify(token, this.#keys.set, {
        issuer,
        audience: this.settings.client,
        algorithms,
        clockTolerance: clockDifference,
        maxTokenAge: logoutLasts,
        requiredClaims: ["iat", "jti", "events"],
      }).catch((error: unknown) => {
        throw error instanceof joseErrors.JOSEError && !(error instanceof joseErrors.JWKSTimeout) ? notVouched(error.code) : error;
      });
      const { events, sub, sid, nonce, iat = 0 } = payload as Readonly<Record<string, unknown>> & { readonly iat?: number };
      const named = typeof events === "object" && events !== null && "http://schemas.openid.net/event/backchannel-logout" in events;
      if (!named || nonce !== undefined || (typeof sub !== "string" && typeof sid !== "string")) throw notVouched("it is not a logout token");
      return {
        subject: typeof sub === "string" ? this.#subject(sub) : null,
        providerSession: typeof sid === "string" ? this.#derive("sid", issuer, sid) : null,
        at: new Date(iat * 1_000),
      };
    });
  }
}

/** The providers of a house, by organisation. */
export const openProviders = (settings: ReadonlyMap<string, ProviderSettings>, origin: string, key: Uint8Array): ReadonlyMap<string, Provider> =>
  new Map([...settings].map(([organisation, one]) => [organisation, new Provider(one, origin, key)]));

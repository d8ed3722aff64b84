/** The one door through which this house calls others: https only, no redirects, short patience, small answers, no forbidden addresses. For this room. */
import { lookup as resolve } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { DeliveryFailure } from "./failure.ts";

/** Milliseconds one request may take, from the look-up of the name to the last byte. */
export const requestTimeout = 10_000;
/** Bytes of an answer that are read. */
const answerLimit = 256 * 1024;

/**
 * [Note: Where messages may go] Destinations come from the operator's own file, never from a user or from an answer. Addresses inside an organisation's network are allowed: that is where its zaaksysteem stands. Never
 * allowed, whatever the name resolves to at the moment of calling: link-local addresses (the metadata services of clouds live there), multicast and "no address". Redirects are not followed.
 * TLS is required; plain http only to this machine itself, and not in production.
 */
const forbidden = new BlockList();
forbidden.addSubnet("0.0.0.0", 8, "ipv4");
forbidden.addSubnet("169.254.0.0", 16, "ipv4");
forbidden.addSubnet("224.0.0.0", 3, "ipv4");
forbidden.addAddress("::", "ipv6");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addSubnet("fd00:ec2::", 32, "ipv6");
forbidden.addSubnet("ff00::", 8, "ipv6");

const isForbidden = (address: string): boolean => {
  const version = isIP(address);
  return version === 0 || forbidden.check(address, version === 4 ? "ipv4" : "ipv6");
};

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, "");

/** Why an address may not be a destination; null when it may. */
export function addressTrouble(text: string, production: boolean): string | null {
  const url = URL.parse(text);
  if (url === null) return "is not an address";
  if (url.username !== "" || url.password !== "") return "holds a name or password; secrets stand in a file of their own";
  if (url.hash !== "") return "holds a # part";
  const host = bare(url.hostname);
  if (isIP(host) !== 0 && isForbidden(host)) return "is a link-local, multicast or empty address";
  if (url.protocol === "https:") return null;
  const local = url.protocol === "http:" && (host === "127.0.0.1" || host === "::1" || host === "localhost");
  if (!local) return "is not an https address";
  return production ? "is not an https address; production sends nothing without TLS" : null;
}

/** Resolves a name and refuses the whole of it when one of its addresses is forbidden: the check is made on the address that is called, so a name cannot change in between. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) return callback(error ?? new DeliveryFailure("unreachable"), "", 0);
    if (addresses.some(({ address }) => isForbidden(address))) return callback(new DeliveryFailure("address-forbidden"), "", 0);
    if (options.all === true) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** A request to a destination. */
export interface Outbound {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Breaks the request off; it then counts as unreachable. */
  readonly stopping?: AbortSignal;
}

/** What came back. */
export interface Inbound {
  readonly status: number;
  readonly body: string;
  /** Seconds of `Retry-After`; null without. */
  readonly wait: number | null;
}

function readWait(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : null;
}

/**
 * Sends one request over a connection of its own: a kept connection that the other side just closed would make a failure of a POST that never arrived.
 *
 * It ends within `timeout`, whatever the other side does: the clock below is ours and does not wait for a socket to say something. An answer that asks to go on in another protocol (101) is none.
 * @throws {@link DeliveryFailure} `unreachable`, `timed-out`, `address-forbidden`, `answer-unreadable`
 */
export async function call(outbound: Outbound, timeout = requestTimeout): Promise<Inbound> {
  const url = new URL(outbound.url);
  if (isIP(bare(url.hostname)) !== 0 && isForbidden(bare(url.hostname))) throw new DeliveryFailure("address-forbidden");
  const body = outbound.body === undefined ? null : Buffer.from(outbound.body);
  const { stopping } = outbound;
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  const headers = { ...outbound.headers, "User-Agent": "rugdekking", ...(body === null ? {} : { "Content-Length": String(body.length) }) };
  return await new Promise<Inbound>((answered, failed) => {
    const settled = (): void => {
      clearTimeout(late);
      stopping?.removeEventListener("abort", stop);
    };
    const fail = (error: unknown): void => {
      settled();
      failed(error instanceof DeliveryFailure ? error : new DeliveryFailure("unreachable"));
      request.destroy();
    };
    const stop = (): void => fail(new DeliveryFailure("unreachable"));
    const request = open(url, { method: outbound.method, headers, agent: false, lookup: guardedLookup }, (response) => {
      const pieces: Buffer[] = [];
      let size = 0;
      response.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size > answerLimit) response.destroy(new DeliveryFailure("answer-unreadable", response.statusCode ?? null));
        else pieces.push(piece);
      });
      response.on("error", fail);
      response.on("end", () => {
        settled();
        answered({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString("utf8"), wait: readWait(response.headers["retry-after"]) });
      });
      response.on("close", () => fail(new DeliveryFailure("unreachable")));
    });
    request.on("error", fail);
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      fail(new DeliveryFailure("answer-unreadable", response.statusCode ?? null));
    });
    const late = setTimeout(() => fail(new DeliveryFailure("timed-out")), timeout);
    if (stopping?.aborted === true) return stop();
    stopping?.addEventListener("abort", stop, { once: true });
    request.end(body ?? undefined);
  });
}

/** @throws {@link DeliveryFailure} `redirected` or `refused` for every answer that is not yes. */
export function requireYes({ status, wait }: Inbound): void {
  if (status >= 200 && status < 300) return;
  throw new DeliveryFailure(status >= 300 && status < 400 ? "redirected" : "refused", status, wait);
}

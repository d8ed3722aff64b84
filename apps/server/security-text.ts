/** `/.well-known/security.txt` (RFC 9116): where a weakness may be reported. For house.ts, which has the contact from the operator. */
import type { FastifyPluginAsync } from "fastify";

/** Days until the text is out of date; the RFC advises less than a year. It is worded anew with every request, so only a copy grows old. */
const validDays = 180;

/**
 * Fastify plugin with the text.
 * @param contact `mailto:…` or `https://…` as the operator set it. @param origin this server's own, for `Canonical`.
 */
export function securityText(contact: string, origin: string, clock: () => Date): FastifyPluginAsync {
  return async (server) => {
    server.get("/.well-known/security.txt", { schema: { hide: true } }, async (_, reply) => {
      const expires = new Date(clock().getTime() + validDays * 86_400_000).toISOString();
      return await reply
        .type("text/plain; charset=utf-8")
        .header("Cache-Control", "no-cache")
        .send(`Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: nl, en\nCanonical: ${origin}/.well-known/security.txt\n`);
    });
  };
}

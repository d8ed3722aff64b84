/** Random tokens and the only form in which the server keeps them. For this room. */
import { createHash, randomBytes } from "node:crypto";

/** A challenge is good for two minutes: a passphrase on an old telephone takes some seconds. */
export const challengeMinutes = 2;

/** 256 bits of chance as 43 characters of base64url. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** SHA-256 of a token's text, base64url: what is stored and looked up. The token has 256 bits of chance, so no salt is needed, and a lookup by hash leaks no timing of the token. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** SHA-256 as a person compares it: `sha256sum`, papers and screens print hexadecimal, entries and lists hold base64url. Any room may use it. */
import { base64urlnopad, hex } from "@scure/base";

/** @param digest base64url without padding; @throws Error when it is none */
export const hexOf = (digest: string): string => hex.encode(base64urlnopad.decode(digest));

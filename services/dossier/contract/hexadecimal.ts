/** SHA-256 as a person compares it: `sha256sum`, papers and screens print hexadecimal, entries and lists hold base64url. Any room may use it, so it uses no package. */

/** @param digest base64url without padding; @throws Error when it is none */
export function hexOf(digest: string): string {
  if (!/^[A-Za-z0-9_-]*$/u.test(digest)) throw new TypeError("A digest is base64url without padding");
  return Array.from(atob(digest.replaceAll("-", "+").replaceAll("_", "/")), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** The way back. @param text hexadecimal, two signs a byte; @throws Error when it is none */
export function digestOfHex(text: string): string {
  if (!/^(?:[0-9a-f]{2})*$/u.test(text)) throw new TypeError("A digest in hexadecimal has two of 0-9 and a-f for each byte");
  const bytes = (text.match(/../gu) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

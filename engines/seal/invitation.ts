/** The code on an invitation to a survey: from it follows one proof per wave, which the server knows by its hash only; clients call it. An entry of its own, so that a page that proves an invitation need not load what seals. */
import { utf8, wipe, type Bytes } from "./bytes.ts";
import { codeData, type CodeKind, generateCode, parseCode } from "./code.ts";
import { SealError } from "./errors.ts";
import { deriveKey } from "./kdf.ts";

/** 20 random characters (100 bits) and 4 check characters: six groups of four. */
export const invitationKind: CodeKind = { label: "invitation/1", data: 20, code: "invitation-malformed" };

/** A fresh invitation code: six groups of four, 100 random bits. */
export function generateInvitationCode(): string {
  return generateCode(invitationKind);
}

/** The canonical spelling of a typed invitation code. @throws SealError `invitation-malformed`, `data.group` (from 1) when it can tell where the mistake is */
export function parseInvitationCode(text: string): string {
  return parseCode(invitationKind, text);
}

/**
 * The 32 bytes an invitation proves itself with in one wave: HKDF-SHA256 of the code's data characters with info `rugdekking.nl/invitation/1\n<wave>`. 100 bits need no slow derivation.
 * @param wave 1 to 40 of `a-z 0-9 -`
 * @throws SealError `invitation-malformed`, `context-malformed`
 */
export function invitationProof(code: string, wave: string): Bytes {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(wave)) throw new SealError("context-malformed", "A wave is named by 1 to 40 lower-case letters, digits or hyphens.");
  const data = utf8(codeData(invitationKind, parseInvitationCode(code)));
  try {
    return deriveKey(data, `invitation/1\n${wave}`);
  } finally {
    wipe(data);
  }
}

/** The recovery sheet: a code on paper that unlocks when everything else is lost; clients call it. */
import { utf8, wipe } from "./bytes.ts";
import { codeData, type CodeKind, generateCode, parseCode } from "./code.ts";
import { deriveKey } from "./kdf.ts";
import type { UnlockSecret } from "./unlock.ts";

/** 28 random characters (140 bits) and 4 check characters: eight groups of four. */
export const sheetKind: CodeKind = { label: "sheet/1", data: 28, code: "sheet-malformed" };

/** A fresh code for a recovery sheet: eight groups of four, 140 random bits. */
export function generateSheetCode(): string {
  return generateCode(sheetKind);
}

/** The canonical spelling of a typed sheet code. @throws SealError `sheet-malformed`, `data.group` when it can tell */
export function parseSheetCode(text: string): string {
  return parseCode(sheetKind, text);
}

/** The unlock secret of a sheet: HKDF-SHA256 of the data characters; 140 bits need no slow derivation. @throws SealError `sheet-malformed` */
export async function sheetSecret(code: string): Promise<UnlockSecret> {
  const data = utf8(codeData(sheetKind, parseSheetCode(code)));
  try {
    return deriveKey(data, "sheet/1 secret");
  } finally {
    wipe(data);
  }
}

/** The receipt of someone who reports without an account: one code on paper from which the guest's keys follow; clients call it. */
import { utf8, uuidFromBytes, wipe } from "./bytes.ts";
import { codeData, type CodeKind, generateCode, parseCode } from "./code.ts";
import { deriveKey } from "./kdf.ts";
import { type Person, signFirstCard } from "./person.ts";

/** 20 random characters (100 bits) and 4 check characters: six groups of four. */
export const receiptKind: CodeKind = { label: "receipt/1", data: 20, code: "receipt-malformed" };
/** A guest's card must be the same whenever it is made, and must not tell when that was. */
const GUEST_MOMENT = "1970-01-01T00:00:00Z";

/** A fresh receipt code: six groups of four, 100 random bits. */
export function generateReceiptCode(): string {
  return generateCode(receiptKind);
}

/** The canonical spelling of a typed code. @throws SealError `receipt-malformed`, `data.group` (from 1) when it can tell where the mistake is */
export function parseReceiptCode(text: string): string {
  return parseCode(receiptKind, text);
}

/** The guest of a receipt: same code, same keys, same id, same card. @throws SealError `receipt-malformed` */
export async function guestFromReceipt(code: string): Promise<Person> {
  const data = utf8(codeData(receiptKind, parseReceiptCode(code)));
  const secrets = { sealSeed: deriveKey(data, "receipt/1 seal"), signSeed: deriveKey(data, "receipt/1 sign") };
  try {
    return await signFirstCard(secrets, uuidFromBytes(deriveKey(data, "receipt/1 person", 16)), "guest", GUEST_MOMENT);
  } finally {
    wipe(data, secrets.sealSeed, secrets.signSeed);
  }
}

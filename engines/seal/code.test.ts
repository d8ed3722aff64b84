/** Codes on paper: what a tired person may mistype, and what must follow from a code for ever. */
import { describe, expect, it } from "vitest";
import { codeFromValues, isWhole } from "./code.ts";
import { fromBase64Url } from "./bytes.ts";
import {
  digestOf,
  generateReceiptCode,
  generateSheetCode,
  guestFromReceipt,
  parseReceiptCode,
  parseSheetCode,
  parseUuid,
  sheetSecret,
  statementHash,
  verifyPersonCard,
} from "./index.ts";
import { receiptKind } from "./receipt.ts";
import vectors from "./vectors/receipts.json" with { type: "json" };

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const refused = (text: string) => {
  try {
    parseReceiptCode(text);
  } catch (cause) {
    return cause;
  }
  return null;
};

describe("receipt codes", () => {
  it.each(vectors)("$code gives the same guest as when the vector was made", async ({ values, code, person, signPublicKey, sealPublicKeyDigest, cardHash }) => {
    expect(codeFromValues(receiptKind, values)).toBe(code);
    const guest = await guestFromReceipt(code);
    expect([guest.person, guest.sign.publicKey]).toEqual([person, signPublicKey]);
    expect(await digestOf(fromBase64Url(guest.seal.publicKey, "key"))).toBe(sealPublicKeyDigest);
    expect(await statementHash(guest.card)).toBe(cardHash);
    expect((await verifyPersonCard(guest.card)).card).toMatchObject({ kind: "guest", person: parseUuid(person) });
  });
  it("are six groups of four, and different every time", () => {
    const codes = Array.from({ length: 200 }, generateReceiptCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(200);
  });
  it("may be typed in any case, with O for 0, I and L for 1, and any spacing", () => {
    const [code = ""] = vectors.map((vector) => vector.code);
    const typed = ` ${code.toLowerCase().replaceAll("-", "  ").replaceAll("0", "o").replace("1", "l")}\n`;
    expect(parseReceiptCode(typed)).toBe(code);
    expect(parseReceiptCode(code.replaceAll("1", "I").replaceAll("-", "–"))).toBe(code);
  });
  it("with any one character wrong are caught (every place, every character)", () => {
    for (const { code } of vectors) {
      const bare = code.replaceAll("-", "");
      expect(isWhole(receiptKind, bare)).toBe(true);
      for (let at = 0; at < bare.length; at++) {
        for (const other of ALPHABET)
          if (other !== bare[at]) expect(isWhole(receiptKind, bare.slice(0, at) + other + bare.slice(at + 1)), `${code} ${at} ${other}`).toBe(false);
        expect(refused(`${bare.slice(0, at)}${bare[at] === "5" ? "6" : "5"}${bare.slice(at + 1)}`)).toMatchObject({ code: "receipt-malformed" });
      }
    }
  });
  it("with two neighbours swapped are caught", () => {
    for (const code of [...vectors.map((vector) => vector.code), ...Array.from({ length: 20 }, generateReceiptCode)]) {
      const bare = code.replaceAll("-", "");
      for (let at = 0; at + 1 < bare.length; at++) {
        if (bare[at] !== bare[at + 1])
          expect(isWhole(receiptKind, bare.slice(0, at) + bare[at + 1] + bare[at] + bare.slice(at + 2)), `${code} ${at}`).toBe(false);
      }
    }
  });
  it("name the group of a single mistake, nearly always", () => {
    let named = 0;
    const tries = 60;
    for (let n = 0; n < tries; n++) {
      const code = generateReceiptCode();
      const at = [0, 1, 2, 3, 5, 6, 7, 8, 20, 21, 27, 28][n % 12] ?? 0;
      const other = code[at] === "7" ? "8" : "7";
      const found = refused(code.slice(0, at) + other + code.slice(at + 1));
      if (found instanceof Error && "data" in found && JSON.stringify(found.data) === JSON.stringify({ group: Math.floor(at / 5) + 1 })) named++;
    }
    expect(named).toBeGreaterThanOrEqual(tries - 2);
  });
  it("name the group that holds a character no code has, and count what is missing", () => {
    const code = generateReceiptCode();
    expect(refused(`${code.slice(0, 11)}U${code.slice(12)}`)).toMatchObject({ code: "receipt-malformed", data: { group: 3 } });
    expect(refused(code.slice(5))).toMatchObject({ code: "receipt-malformed", data: { characters: 20, expected: 24 } });
    expect(refused("")).toMatchObject({ code: "receipt-malformed" });
  });
  it("never say in an error what was typed", () => {
    const code = generateReceiptCode();
    const found = refused(`${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`);
    for (const group of code.split("-").slice(0, 5)) expect(String(found) + JSON.stringify(found)).not.toContain(group);
  });
});

describe("recovery sheets", () => {
  it("are eight groups of four and open as typed", async () => {
    const code = generateSheetCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await sheetSecret(code.toLowerCase().replaceAll("-", " "))).toEqual(await sheetSecret(code));
  });
  it("cannot pass for receipts, nor receipts for sheets", () => {
    expect(() => parseSheetCode(generateReceiptCode())).toThrow(expect.objectContaining({ code: "sheet-malformed" }));
    expect(refused(generateSheetCode())).toMatchObject({ code: "receipt-malformed" });
  });
});

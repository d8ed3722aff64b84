/** Codes that people write down and type back: Crockford base32 in groups of four with check characters; receipt.ts, sheet.ts and invitation.ts define theirs with it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes, utf8 } from "./bytes.ts";
import { SealError, type SealErrorCode } from "./errors.ts";

/** Crockford's base32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;
/** 20 bits: a wrong code passes once in a million times. */
const CHECKS = 4;

/** One kind of code. `data` characters carry 5 random bits each; the label keeps one kind from passing for another. */
export type CodeKind = {
  readonly label: string;
  readonly data: number;
  readonly code: Extract<SealErrorCode, "receipt-malformed" | "sheet-malformed" | "invitation-malformed">;
};

/** A fresh code, in groups of four joined by hyphens; the last group is the check. */
export function generateCode(kind: CodeKind): string {
  return codeFromValues(
    kind,
    Array.from(randomBytes(kind.data), (byte) => byte & 31),
  );
}

/** The code of given 5-bit values; fixed values are for vectors only. */
export function codeFromValues(kind: CodeKind, values: readonly number[]): string {
  const data = values.map((value) => ALPHABET.charAt(value & 31)).join("");
  return grouped(data + checkOf(kind, data));
}

/**
 * The canonical spelling of what was typed. Case, spaces, hyphens and dots do not matter; O reads as 0, I and L as 1.
 * @throws SealError with `kind.code`; `data.group` (from 1) when it can tell where the mistake is
 */
export function parseCode(kind: CodeKind, text: unknown): string {
  if (typeof text !== "string" || text.length > 200) throw new SealError(kind.code, "The code is not text of a reasonable length.");
  const typed = text
    .toUpperCase()
    .replace(/[\s.\-–—_]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  const strange = [...typed].findIndex((character) => !ALPHABET.includes(character));
  if (strange >= 0) throw wrongGroup(kind, Math.floor(strange / GROUP) + 1, "a character that no code has");
  const length = kind.data + CHECKS;
  if (typed.length !== length) {
    throw new SealError(kind.code, `The code has ${typed.length} characters and should have ${length}. Check for a missing or doubled group.`, {
      characters: typed.length,
      expected: length,
    });
  }
  if (!isWhole(kind, typed)) {
    const group = likelyGroup(kind, typed);
    if (group === null) throw new SealError(kind.code, "The code does not add up. Compare each group with the paper.");
    throw wrongGroup(kind, group, "probably the mistake");
  }
  return grouped(typed);
}

/** The data characters of a canonical code, as the key derivation takes them. */
export function codeData(kind: CodeKind, canonical: string): string {
  return canonical.replaceAll("-", "").slice(0, kind.data);
}

/** Whether the check characters fit the data characters of an ungrouped canonical code. */
export function isWhole(kind: CodeKind, typed: string): boolean {
  return checkOf(kind, typed.slice(0, kind.data)) === typed.slice(kind.data);
}

function checkOf(kind: CodeKind, data: string): string {
  const hash = sha256(utf8(`rugdekking.nl/${kind.label}\n${data}`));
  const bits = ((hash[0] ?? 0) << 12) | ((hash[1] ?? 0) << 4) | ((hash[2] ?? 0) >> 4);
  return [15, 10, 5, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 31)).join("");
}

/** The group in which one changed character, or two swapped neighbours, would make the code whole; null when none or several do. */
function likelyGroup(kind: CodeKind, typed: string): number | null {
  const groups = new Set<number>();
  for (let i = 0; i < typed.length; i++) {
    const before = typed.slice(0, i);
    const own = typed.charAt(i);
    for (const other of ALPHABET) {
      if (other !== own && isWhole(kind, before + other + typed.slice(i + 1))) groups.add(Math.floor(i / GROUP) + 1);
    }
    const next = typed.charAt(i + 1);
    if (next !== "" && next !== own && isWhole(kind, before + next + own + typed.slice(i + 2))) groups.add(Math.floor(i / GROUP) + 1);
  }
  const [group] = groups;
  return group !== undefined && groups.size === 1 ? group : null;
}

function wrongGroup(kind: CodeKind, group: number, why: string): SealError {
  return new SealError(kind.code, `Look at group ${group} of the code: it has ${why}.`, { group });
}

function grouped(characters: string): string {
  return characters.match(/.{1,4}/g)?.join("-") ?? "";
}

/**
 * Every function that reads what others wrote, by its name (`parse…`, `decode…`): each has a property test (nothing but its own error, no time lost on what is hostile, what was written comes back), here or in the file that is
 * named. A new one that is in neither list makes this test fail.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeBundle,
  encodeBundle,
  leafText,
  LedgerError,
  parseAddCheckpoint,
  parseCheckpoint,
  parseLeafText,
  parseNote,
  parseProof,
  parseSignerKey,
  parseTilePath,
  parseVerifierKey,
  parseWitnessKey,
  parseWitnessSigner,
  tilePath,
} from "@rugdekking/ledger";
import {
  generateInvitationCode,
  generateReceiptCode,
  generateSheetCode,
  parseInvitationCode,
  parsePaperShare,
  parseReceiptCode,
  parseSheetCode,
  readAgeHeader,
} from "@rugdekking/seal";
import {
  isSealedKey,
  parseEnvelope,
  parseRecoveryConfirmation,
  parseRecoveryRefusal,
  parseRecoveryRequest,
  parseRecoverySet,
  parseRoster,
  parseUnlockRecord,
  parseUuid,
  SealError,
} from "@rugdekking/seal/verify";
import { decodePending, decodeToken, parseTokenKeyId, TokenError } from "@rugdekking/tokens";
import { CommandError, parseCall, type Command } from "#apps/cli/command.ts";
import { parseAnswer } from "#services/directory/client/connection.ts";
import { EntryHeader } from "#services/dossier/contract/index.ts";
import { parseAnswers } from "#services/monitor/questionnaire/record.ts";
import { parseCursor as parseFeedCursor } from "#services/parliament/feed/cursor.ts";
import { decodeText } from "#services/parliament/reading/source-text.ts";
import { Problem } from "#services/problem/index.ts";

const root = join(import.meta.dirname, "..", "..");

/** Where a reader is put to the proof that is not put to it below: that file names it and has properties. */
const elsewhere: Readonly<Record<string, string>> = {
  "engines/survey/csv/parse.ts parseCsv": "engines/survey/csv/parse.test.ts",
  "engines/survey/estimate/spec.ts parseSpec": "engines/survey/hostile.test.ts",
  "engines/survey/models/formula.ts parseFormula": "engines/survey/hostile.test.ts",
  "engines/survey/models/formula.ts parseTerms": "engines/survey/hostile.test.ts",
  "engines/triage/message.ts parseTime": "engines/triage/fuzz.test.ts",
  "engines/triage/message.ts parseMessage": "engines/triage/fuzz.test.ts",
  "engines/triage/message.ts parseLine": "engines/triage/fuzz.test.ts",
  "engines/triage/personal/watch.ts parseWatch": "engines/triage/personal/watch.test.ts",
  "services/reporting/import/items.ts parseCursor": "services/reporting/import/resume.test.ts",
  "services/reporting/import/readers/whatsapp.ts parseOpening": "services/reporting/import/hostile.test.ts",
  "services/monitor/client/participation.ts parseParticipation": "services/monitor/client/participation.test.ts",
};

interface Reader {
  readonly read: (value: string) => unknown;
  /** Errors it may throw; null: none at all. */
  readonly own: (new (...given: never[]) => Error) | null;
  /** Something right, to be spoiled; left out where there is none to write. */
  readonly right?: () => string;
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
const id = "0199b1c4-1111-7222-8333-444455556666";
const line = "A".repeat(43);
const base = { desk: id, organisation: "x", name: "x", function: "x", epoch: 1, previous: null, by: "x", at: "2026-01-01T00:00:00Z", members: [] };
const call: Command = {
  name: "look",
  about: "",
  takes: "FILE...",
  options: {},
  example: "",
  run: () => Promise.resolve(0),
};
const screen = { out: () => undefined, err: () => undefined, tty: false, columns: 80 } as unknown as Parameters<typeof parseCall>[2];

/** Readers by file and name. */
const here: Readonly<Record<string, Reader>> = {
  "engines/ledger/receipt.ts parseProof": { read: parseProof, own: LedgerError, right: () => "c2sp.org/tlog-proof@v1\nindex 0\n\nx\n" },
  "engines/ledger/receipt.ts parseLeafText": { read: parseLeafText, own: null, right: () => leafText("entry", line) },
  "engines/ledger/tiles.ts parseTilePath": {
    read: parseTilePath,
    own: null,
    right: () => tilePath({ level: 1, index: 1234, width: 9 }),
  },
  "engines/ledger/tiles.ts decodeBundle": {
    read: (text) => decodeBundle(bytes(text), 1),
    own: LedgerError,
    right: () => new TextDecoder().decode(encodeBundle([bytes("x")])),
  },
  "engines/ledger/checkpoint.ts parseCheckpoint": { read: parseCheckpoint, own: LedgerError, right: () => `demo\n1\n${line}=\n` },
  "engines/ledger/note.ts parseSignerKey": { read: (text) => parseSignerKey(text), own: LedgerError },
  "engines/ledger/note.ts parseVerifierKey": { read: parseVerifierKey, own: LedgerError },
  "engines/ledger/note.ts parseNote": { read: parseNote, own: LedgerError, right: () => "words\n\n— demo AAAAAAA=\n" },
  "engines/ledger/cosignature.ts parseWitnessKey": { read: parseWitnessKey, own: LedgerError },
  "engines/ledger/cosignature.ts parseWitnessSigner": { read: (text) => parseWitnessSigner(text), own: LedgerError },
  "engines/ledger/witness.ts parseAddCheckpoint": { read: parseAddCheckpoint, own: LedgerError, right: () => `old 0\n\ndemo\n1\n${line}=\n` },
  "engines/seal/recovery-statements.ts parseRecoverySet": {
    read: (text) => parseRecoverySet(json(text)),
    own: SealError,
    right: () => JSON.stringify({ version: 1, threshold: 2, holders: [] }),
  },
  "engines/seal/recovery-statements.ts parseRecoveryRequest": {
    read: (text) => parseRecoveryRequest(json(text)),
    own: SealError,
    right: () => JSON.stringify({ recovery: id, members: [{ person: id }] }),
  },
  "engines/seal/recovery-statements.ts parseRecoveryConfirmation": {
    read: (text) => parseRecoveryConfirmation(json(text)),
    own: SealError,
    right: () => JSON.stringify({ recovery: id, attempt: id }),
  },
  "engines/seal/recovery-statements.ts parseRecoveryRefusal": {
    read: (text) => parseRecoveryRefusal(json(text)),
    own: SealError,
    right: () => JSON.stringify({ recovery: id, attempt: null, by: id }),
  },
  "engines/seal/recovery-statements.ts parseUnlockRecord": {
    read: (text) => parseUnlockRecord(json(text)),
    own: SealError,
    right: () => JSON.stringify({ person: id, unlocks: [{}, {}], previous: null }),
  },
  "engines/seal/recovery-statements.ts parseRosterRecovery": {
    read: (text) => parseRoster({ ...base, recovery: json(text) }),
    own: SealError,
    right: () => JSON.stringify({ holders: [{}, {}, {}] }),
  },
  "engines/seal/recovery.ts parsePaperShare": { read: parsePaperShare, own: SealError, right: () => "A".repeat(80) },
  "engines/seal/code.ts parseCode": { read: parseReceiptCode, own: SealError, right: generateReceiptCode },
  "engines/seal/receipt.ts parseReceiptCode": { read: parseReceiptCode, own: SealError, right: generateReceiptCode },
  "engines/seal/sheet.ts parseSheetCode": { read: parseSheetCode, own: SealError, right: generateSheetCode },
  "engines/seal/invitation.ts parseInvitationCode": { read: parseInvitationCode, own: SealError, right: generateInvitationCode },
  "engines/seal/bytes.ts parseUuid": { read: parseUuid, own: SealError, right: () => id },
  "engines/seal/header.ts readAgeHeader": { read: (text) => readAgeHeader(bytes(text)), own: SealError, right: () => "age-encryption.org/v1\n-> x\n--- " },
  "engines/seal/sealed-key.ts parseSealedKey": { read: isSealedKey, own: null, right: () => `h1.${"A".repeat(1556)}` },
  "engines/seal/roster.ts parseRoster": {
    read: (text) => parseRoster(json(text)),
    own: SealError,
    right: () => JSON.stringify({ desk: id, epoch: 1, members: [] }),
  },
  "engines/seal/card.ts parseSealPublicKey": { read: (text) => parseRoster({ ...base, epochPublicKey: text }), own: SealError, right: () => "A".repeat(1622) },
  "engines/seal/card.ts parseSignPublicKey": {
    read: (text) => parseRoster({ ...base, members: [{ signPublicKey: text }] }),
    own: SealError,
    right: () => line,
  },
  "engines/seal/envelope.ts parseEnvelope": {
    read: (text) => parseEnvelope(json(text)),
    own: SealError,
    right: () => JSON.stringify({ payloadType: "x", payload: "", signatures: [{ keyid: "", sig: "" }] }),
  },
  "engines/tokens/request.ts decodePending": { read: decodePending, own: TokenError, right: () => "A".repeat(1500) },
  "engines/tokens/key.ts parseTokenKeyId": { read: parseTokenKeyId, own: TokenError, right: () => line },
  "engines/tokens/token.ts decodeToken": { read: decodeToken, own: TokenError, right: () => "A".repeat(800) },
  "services/monitor/questionnaire/record.ts parseAnswers": {
    read: (text) => parseAnswers(json(text)),
    own: null,
    right: () => JSON.stringify({ a: "x", b: ["y"] }),
  },
  "services/directory/client/connection.ts parseAnswer": {
    read: (text) => parseAnswer(EntryHeader, json(text), "an answer"),
    own: Problem,
    right: () => JSON.stringify({ dossier: id, seq: 1 }),
  },
  "services/parliament/reading/source-text.ts decodeText": {
    read: (text) => decodeText(Buffer.from(text, "latin1")),
    own: null,
    right: () => "\u00ff\u00feA\u0000",
  },
  "services/parliament/feed/cursor.ts parseCursor": {
    read: (text) => parseFeedCursor(json(text), "x"),
    own: null,
    right: () => JSON.stringify({ query: "x" }),
  },
  // The words of one's own shell; Node's parser takes them one by one from the front, so a line of a hundred thousand words takes its time.
  "apps/cli/command.ts parseCall": { read: (text) => parseCall(call, text.split(" ").slice(0, 2_000), screen), own: CommandError, right: () => "--json file" },
};

async function refusedOrRead({ read, own }: Reader, text: string): Promise<void> {
  try {
    await read(text);
  } catch (error) {
    if (own === null || !(error instanceof own)) throw error;
  }
}

/** Reading functions of the tree; tests, screens and the store's own rows are not boundaries. */
function readers(): string[] {
  const found: string[] = [];
  for (const top of ["engines", "services", "apps", "registers"])
    for (const entry of readdirSync(join(root, top), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1);
      if (!entry.isFile() || !path.endsWith(".ts") || /\.test\.ts$|\/testing|\/screens\/|\/store\/|node_modules|^apps\/checks\//u.test(path)) continue;
      for (const [, name] of readFileSync(join(root, path), "utf8").matchAll(
        /^export (?:async )?(?:function|const) ((?:parse|decode)[A-Z]\w*|readAgeHeader)/gmu,
      ))
        found.push(`${path} ${name}`);
    }
  return found.toSorted();
}

test("every reader is in one of the lists", () => {
  expect(readers()).toEqual([...Object.keys(here), ...Object.keys(elsewhere)].toSorted());
});

test.each(Object.entries(elsewhere))("%s has properties in %s", (reader, file) => {
  const text = readFileSync(join(root, file), "utf8");
  expect(text).toContain(reader.split(" ").at(-1));
  expect(text).toMatch(/fc\.assert/u);
});

describe.each(Object.entries(here))("%s", (_, reader) => {
  test("reads or refuses anything, and what is nearly right", async () => {
    const right = reader.right?.() ?? "";
    const spoiled = fc
      .tuple(
        fc.nat(Math.max(0, right.length)),
        fc.nat(3),
        fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("\n", " ", "=", "\u0000", '"', "{", "-1", "é")),
      )
      .map(([at, gone, put]) => right.slice(0, at) + put + right.slice(at + gone));
    const anything = fc.oneof(
      spoiled,
      spoiled,
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.json(),
      fc.constantFrom("", "\n", "\n\n", "null", "[]", "__proto__", right),
    );
    await fc.assert(
      fc.asyncProperty(anything, (text) => refusedOrRead(reader, text)),
      { numRuns: 150 },
    );
  });

  test("takes no longer for what is long and hostile than in proportion", async () => {
    const right = reader.right?.() ?? "x";
    const hostile = (size: number) => ["(", "[", '{"a":', "A", "\n", " ", "=", "- ", right].map((piece) => piece.repeat(Math.ceil(size / piece.length)));
    const time = async (size: number): Promise<number> => {
      const began = performance.now();
      for (const text of hostile(size)) await refusedOrRead(reader, text);
      return performance.now() - began;
    };
    await time(2_000);
    const [small, large] = [await time(20_000), await time(200_000)];
    // Ten times as much: ten times the time and some, never a hundred times. Below two seconds a busy machine decides; what is quadratic takes minutes.
    expect(large).toBeLessThan(Math.max(2_000, small * 45));
  });
});

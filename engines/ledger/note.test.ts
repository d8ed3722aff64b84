/** C2SP signed-note and tlog-checkpoint: outside vectors, strict reading, forged signatures. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  generateNoteKey,
  hashLeaf,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signCheckpoint,
  signNote,
  verifyNote,
} from "./index.ts";

/** Key, text and note from the documentation of the Go package golang.org/x/mod/sumdb/note. */
const go = {
  signer: "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
  verifier: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
};
/** Key and note from the C2SP signed-note specification, "Verifier keys". */
const c2sp = {
  verifier: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
  note: "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
};

describe("Go sumdb/note vector", () => {
  test("signing gives the published note byte for byte", async () => {
    const signer = await parseSignerKey(go.signer);
    expect(signer.verifierKey).toBe(go.verifier);
    expect(await signNote(go.text, signer)).toBe(`${go.text}\n${go.line}`);
  });
  test("the published note verifies", async () => {
    expect((await verifyNote(`${go.text}\n${go.line}`, parseVerifierKey(go.verifier)))?.text).toBe(go.text);
  });
});

describe("C2SP signed-note vector", () => {
  test("verifies", async () => {
    expect((await verifyNote(c2sp.note, parseVerifierKey(c2sp.verifier)))?.text).toBe("This is an example message.\n");
  });
  test("an altered text is refused", async () => {
    await expect(verifyNote(c2sp.note.replace("an example", "a forged"), parseVerifierKey(c2sp.verifier))).rejects.toMatchObject({ code: "signature-invalid" });
  });
  test("another key did not sign it", async () => {
    expect(await verifyNote(c2sp.note, parseVerifierKey(go.verifier))).toBeNull();
  });
  test("unknown signatures beside it are ignored; two of one key must both hold", async () => {
    expect(await verifyNote(c2sp.note + go.line, parseVerifierKey(c2sp.verifier))).not.toBeNull();
    const [, own = ""] = c2sp.note.split("\n\n");
    const forged = own.replace("aQM=", "aQI=");
    await expect(verifyNote(c2sp.note + forged, parseVerifierKey(c2sp.verifier))).rejects.toMatchObject({ code: "signature-invalid" });
  });
});

describe("keys", () => {
  test.each([
    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
    "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "",
  ])("verifier key %j is refused", (text) => {
    expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining({ code: "key-malformed" }));
  });
  test("a broken signer key is refused without being repeated", async () => {
    const broken = go.signer.replace("c74f20a3", "c74f20a4");
    await expect(parseSignerKey(broken)).rejects.toMatchObject({ code: "key-malformed", message: expect.not.stringContaining("AYEK") });
    await expect(parseSignerKey(go.verifier)).rejects.toMatchObject({ code: "key-malformed" });
  });
  test("generated keys sign and verify; names with spaces or + are refused", async () => {
    const { signerKey, verifierKey } = await generateNoteKey("log.example.nl/ledger");
    const signer = await parseSignerKey(signerKey);
    expect(signer.verifierKey).toBe(verifierKey);
    expect(await verifyNote(await signNote("demonstratie\n", signer), parseVerifierKey(verifierKey))).not.toBeNull();
    for (const name of ["", "a b", "a+b", "a\nb"]) await expect(generateNoteKey(name)).rejects.toMatchObject({ code: "key-malformed" });
  });
});

describe("notes are read to the letter", () => {
  const { line } = go;
  test.each([
    ["no signature", "text\n\n"],
    ["no empty line", `text\n${line}`],
    ["no newline at the end", `text\n\n${line.trimEnd()}`],
    ["a tab", `te\txt\n\n${line}`],
    ["a hyphen for the dash", `text\n\n${line.replace("—", "-")}`],
    ["two spaces", `text\n\n${line.replace(" x", "  x")}`],
    ["base64 without padding", `text\n\n${line.replace("=", "")}`],
    ["loose bits in base64", `text\n\n${line.replace("AM=", "AN=")}`],
    ["half a surrogate", `\ud800\n\n${line}`],
    ["101 signatures", `text\n\n${line.repeat(101)}`],
  ])("%s", (_, note) => {
    expect(() => parseNote(note)).toThrow(expect.objectContaining({ code: "note-malformed" }));
  });
  test("a text may hold empty lines: the last one divides", () => {
    expect(parseNote(`a\n\nb\n\n${line}`).text).toBe("a\n\nb\n");
  });
  test("whatever the text, parsing either gives it back or is a LedgerError", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: "binary" }), (text) => {
        try {
          parseNote(text);
        } catch (error) {
          expect(error).toMatchObject({ name: "LedgerError", code: "note-malformed" });
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("C2SP tlog-checkpoint", () => {
  const example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  test("the specification's example is read", () => {
    const checkpoint = parseCheckpoint(example);
    expect([checkpoint.origin, checkpoint.size, checkpoint.extensions]).toEqual(["example.com/behind-the-sofa", 20852163, []]);
    expect(Buffer.from(checkpoint.root).toString("base64")).toBe("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
  });
  test.each([
    ["leading zero", example.replace("\n2", "\n02")],
    ["plus sign", example.replace("\n2", "\n+2")],
    ["above 2^53", example.replace("20852163", "9007199254740993")],
    ["short root", example.replace("CsUY", "")],
    ["empty extension line", `${example}\nmore\n`],
    ["no origin", example.replace("example.com/behind-the-sofa", "")],
    ["no final newline", example.trimEnd()],
    ["two lines", "a\n1\n"],
  ])("%s is refused", (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: "checkpoint-malformed" }));
  });
  test("signed, opened, and refused under another origin or key", async () => {
    const { signerKey, verifierKey } = await generateNoteKey("log.example.nl");
    const head = { origin: "log.example.nl", size: 1, root: hashLeaf(new Uint8Array(0)), extensions: ["x 1"] };
    const signed = await signCheckpoint(head, await parseSignerKey(signerKey));
    expect(await openCheckpoint(signed, parseVerifierKey(verifierKey))).toEqual(head);
    await expect(openCheckpoint(signed, parseVerifierKey(verifierKey), "other.example.nl")).rejects.toMatchObject({ code: "origin-mismatch" });
    await expect(openCheckpoint(signed, parseVerifierKey(go.verifier))).rejects.toMatchObject({ code: "signature-missing" });
    await expect(openCheckpoint(signed.replace("\n1\n", "\n2\n"), parseVerifierKey(verifierKey))).rejects.toMatchObject({ code: "signature-invalid" });
    const forger = await parseSignerKey((await generateNoteKey("log.example.nl")).signerKey);
    await expect(openCheckpoint(await signCheckpoint(head, forger), parseVerifierKey(verifierKey))).rejects.toMatchObject({ code: "signature-missing" });
  });
});

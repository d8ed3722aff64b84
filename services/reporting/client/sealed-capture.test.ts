/** Captures of the browser extension: what is sealed to one person opens with theirs only, whole and unmixed; and its records are about its bytes. */
import { createHash } from "node:crypto";
import { generateSeed, newUuid, sealKeyPair, type SealKeyPair } from "@rugdekking/seal";
import { Check } from "typebox/value";
import { beforeAll, describe, expect, it } from "vitest";
import { mostPartBytes, SealedCapture } from "#services/reporting/contract/extension.ts";
import { openCapture, sealCapture, type SealedPage, type TakenPage } from "./sealed-capture.ts";

const page: TakenPage = {
  capturedAt: "2026-11-25T22:10:00.000Z",
  facts: {
    url: "https://demoplein.example/bericht/1",
    title: "Demoplein",
    platform: "demoplein.example",
    account: "Sjon Verzonnen (@sjon)",
    time: { shown: "gisteren", stated: "2026-11-24T21:03:00+01:00" },
    from: { text: "article", account: "rel=author", time: "time" },
  },
  begin: "Wethouder, dit is verzonnen",
  lacks: { whole: false, text: false, frames: false },
  files: [
    { role: "visible", name: "schermafdruk.png", mediaType: "image/png", bytes: new Uint8Array(300_000).fill(7) },
    { role: "text", name: "bericht.txt", mediaType: "text/plain", bytes: new TextEncoder().encode("Wethouder, dit is verzonnen\n") },
  ],
};

let person: { readonly person: string; readonly seal: SealKeyPair };
let other: { readonly person: string; readonly seal: SealKeyPair };
let sealed: SealedPage;
beforeAll(async () => {
  person = { person: newUuid(), seal: await sealKeyPair(generateSeed()) };
  other = { person: newUuid(), seal: await sealKeyPair(generateSeed()) };
  sealed = await sealCapture(page, { person: person.person, sealPublicKey: person.seal.publicKey });
});

/** Sealed bytes of one part. */
const bytesOf = (from: SealedPage, item: string): Uint8Array => from.files.get(item) ?? new Uint8Array(0);

describe("[Note: Sealed captures]", () => {
  it("is of the form the bridge carries, and shows no word of the page", () => {
    expect(Check(SealedCapture, sealed.capture)).toBe(true);
    expect(sealed.capture.parts.map(({ size }) => size)).toEqual([...sealed.files.values()].map(({ length }) => length));
    const seen = JSON.stringify(sealed.capture) + [...sealed.files.values()].map((bytes) => Buffer.from(bytes).toString("latin1")).join("");
    for (const word of ["Sjon Verzonnen", "demoplein", "verzonnen", "bericht.txt"]) expect(seen).not.toContain(word);
  });

  it("opens with the person's key to every file as it was, with a record that is about its bytes", async () => {
    const { sheet, open } = await openCapture(sealed.capture, person);
    expect(sheet).toMatchObject({ id: sealed.capture.id, capturedAt: page.capturedAt, facts: page.facts, begin: page.begin });
    expect(sheet.parts.map(({ role, record }) => [role, record.name, record.how])).toEqual([
      ["visible", "schermafdruk.png", "extension"],
      ["text", "bericht.txt", "extension"],
      ["sheet", "vastlegging.json", "extension"],
    ]);
    for (const part of sheet.parts) {
      const bytes = await open(part, bytesOf(sealed, part.item));
      expect(part.record).toMatchObject({
        size: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        capturedAt: page.capturedAt,
        from: { url: page.facts.url, account: page.facts.account, platform: page.facts.platform },
        tool: "rugdekking 0.1.0 (extension)",
      });
    }
    const [first] = sheet.parts;
    expect(first && (await open(first, bytesOf(sealed, first.item)))).toEqual(page.files[0]?.bytes);
  });

  it("writes a sheet for people that names every file with its SHA-256", async () => {
    const { sheet, open } = await openCapture(sealed.capture, person);
    const part = sheet.parts.at(-1);
    const text = part === undefined ? "" : new TextDecoder().decode(await open(part, bytesOf(sealed, part.item)));
    expect(JSON.parse(text)).toEqual({
      format: "rugdekking-page/1",
      capturedAt: page.capturedAt,
      ...page.facts,
      lacks: page.lacks,
      files: sheet.parts.slice(0, -1).map(({ record: { name, size, sha256 } }) => ({ name, size, sha256 })),
    });
  });

  it("leaves out a picture that is too large, says so, and keeps the words and the rest", async () => {
    const large = { role: "whole", name: "heel-bericht.png", mediaType: "image/png", bytes: new Uint8Array(mostPartBytes + 1) } as const;
    const kept = await sealCapture({ ...page, files: [large, ...page.files] }, { person: person.person, sealPublicKey: person.seal.publicKey });
    expect(kept.tooLarge).toBe(1);
    const { sheet } = await openCapture(kept.capture, person);
    expect(sheet.parts.map(({ role }) => role)).toEqual(["visible", "text", "sheet"]);
    expect(sheet.lacks).toEqual({ ...page.lacks, pictures: true });
    expect(sealed.tooLarge).toBe(0);
  });

  it("does not open with another's key, nor for another person", async () => {
    await expect(openCapture(sealed.capture, other)).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(openCapture(sealed.capture, { person: other.person, seal: person.seal })).rejects.toMatchObject({ code: "hand-over-refused" });
  });

  it("does not open under another capture's name, or with another capture's sheet", async () => {
    const second = await sealCapture(page, { person: person.person, sealPublicKey: person.seal.publicKey });
    await expect(openCapture({ ...sealed.capture, id: second.capture.id }, person)).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(openCapture({ ...sealed.capture, sheet: second.capture.sheet }, person)).rejects.toMatchObject({ code: "item-refused" });
  });

  it("refuses a file that is altered, or another file of the same capture in its place", async () => {
    const { sheet, open } = await openCapture(sealed.capture, person);
    const [picture, text] = sheet.parts;
    if (picture === undefined || text === undefined) throw new Error("two parts were sealed");
    const altered = new Uint8Array(bytesOf(sealed, text.item));
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    await expect(open(text, altered)).rejects.toMatchObject({ code: "item-refused" });
    await expect(open(text, bytesOf(sealed, picture.item))).rejects.toMatchObject({ code: "item-refused" });
  });

  it("refuses a sheet that names a file the capture does not have", async () => {
    await expect(openCapture({ ...sealed.capture, parts: sealed.capture.parts.slice(1) }, person)).rejects.toMatchObject({ code: "input-malformed" });
  });
});

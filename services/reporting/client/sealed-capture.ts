/**
 * Seals what the browser extension captured to the public key of one person, and opens it with theirs. The extension seals, the page that takes captures over opens; neither needs a server.
 *
 * [Note: Sealed captures] Every capture has a key of its own, handed over by HPKE to the person's sealing key under the purpose `capture`. Its sheet and files are age files under that
 * key, each bound to the capture and to its own item id. Anyone can seal to a public key: that a capture opens does not prove that the extension made it.
 */
import { generateDossierKey, handOver, newUuid, openItem, openJson, sealItem, sealJson, takeOver, type SealKeyPair } from "@rugdekking/seal";
import { base64urlnopad } from "@scure/base";
import { Check } from "typebox/value";
import { captureFile } from "#services/dossier/client/capture.ts";
import {
  CaptureSheet,
  mostPartBytes,
  type CapturedPart,
  type CaptureRole,
  type PageFacts,
  type SealedCapture,
} from "#services/reporting/contract/extension.ts";
import { Problem } from "#services/problem/index.ts";

const channel = "capture";

/** A file as it was captured. */
export interface TakenFile {
  readonly role: CaptureRole;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What was captured, before it is sealed. */
export interface TakenPage {
  readonly capturedAt: string;
  readonly facts: PageFacts;
  readonly begin: string;
  readonly lacks: CaptureSheet["lacks"];
  readonly files: readonly TakenFile[];
}

/** Whom it is for: public halves only. */
export interface CaptureReader {
  readonly person: string;
  readonly sealPublicKey: string;
}

/** A sealed capture with its sealed files. */
export interface SealedPage {
  readonly capture: SealedCapture;
  /** Sealed bytes by item. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** How many pictures were too large to keep. */
  readonly tooLarge: number;
}

/** A sheet for people to read, with the SHA-256 of every other file: it goes along as a file of its own. */
function sheetFor({ capturedAt, facts, lacks }: TakenPage, parts: readonly CapturedPart[]): Uint8Array<ArrayBuffer> {
  const files = parts.map(({ record }) => ({ name: record.name, size: record.size, sha256: record.sha256 }));
  return new TextEncoder().encode(`${JSON.stringify({ format: "rugdekking-page/1", capturedAt, ...facts, lacks, files }, null, 2)}\n`);
}

const isTooLarge = ({ bytes }: TakenFile): boolean => bytes.length > mostPartBytes;
const isPicture = ({ role }: TakenFile): boolean => role === "visible" || role === "whole";

/**
 * Writes the capture record of every file, then seals all of it to one person. A picture that is too large stays out, and the sheet says so: the words, the address and the time are worth
 * keeping without it, and a picture made smaller would no longer be what the browser gave.
 * @throws {@link Problem} input-malformed (another file that is too large); SealError key-malformed (not a sealing key).
 */
export async function sealCapture(taken: TakenPage, reader: CaptureReader): Promise<SealedPage> {
  const kept = taken.files.filter((file) => !(isPicture(file) && isTooLarge(file)));
  const tooLarge = taken.files.length - kept.length;
  const page: TakenPage = { ...taken, files: kept, lacks: tooLarge === 0 ? taken.lacks : { ...taken.lacks, pictures: true } };
  const id = newUuid();
  const key = generateDossierKey();
  const sealedKey = await handOver(key, reader.sealPublicKey, { purpose: "capture", subject: id, to: reader.person });
  const parts: CapturedPart[] = [];
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const add = async (file: TakenFile): Promise<void> => {
    const { role, name, mediaType, bytes } = file;
    if (isTooLarge(file)) throw new Problem("input-malformed", `${name} is larger than ${mostPartBytes} bytes`, "Capture a smaller part of the page.");
    const from = { url: page.facts.url, account: orNull(page.facts.account), platform: page.facts.platform };
    const record = await captureFile(new Blob([bytes]), { name, how: "extension", where: "extension", capturedAt: page.capturedAt, from });
    const item = newUuid();
    parts.push({ item, role, mediaType, record });
    files.set(item, await sealItem(bytes, key, { dossier: id, item, channel }));
  };
  for (const file of page.files) await add(file);
  await add({ role: "sheet", name: "vastlegging.json", mediaType: "application/json", bytes: sheetFor(page, parts) });
  const sheet: CaptureSheet = { version: 1, id, capturedAt: page.capturedAt, facts: page.facts, begin: page.begin, lacks: page.lacks, parts };
  const sealedSheet = await sealJson(sheet, key, { dossier: id, item: id, channel });
  return {
    capture: {
      id,
      capturedAt: page.capturedAt,
      to: reader.person,
      key: sealedKey,
      sheet: base64urlnopad.encode(sealedSheet),
      parts: parts.map(({ item }) => ({ item, size: files.get(item)?.length ?? 0 })),
    },
    files,
    tooLarge,
  };
}

const orNull = (text: string): string | null => (text === "" ? null : text);

/** A capture whose sheet was opened. */
export interface OpenedCapture {
  readonly sheet: CaptureSheet;
  /** Opens one of its files, which the caller fetched sealed. @throws SealError when it is not that file. */
  readonly open: (part: CapturedPart, sealed: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens the sheet of a capture with the person's key.
 * @throws SealError hand-over-refused (sealed to another), item-refused; {@link Problem} input-malformed when what is inside is no sheet, or of another capture.
 */
export async function openCapture(capture: SealedCapture, person: { readonly person: string; readonly seal: SealKeyPair }): Promise<OpenedCapture> {
  const key = await takeOver(capture.key, person.seal, { purpose: "capture", subject: capture.id, to: person.person });
  const sheet = await openJson(base64urlnopad.decode(capture.sheet), key, { dossier: capture.id, item: capture.id, channel });
  const items = new Set(capture.parts.map(({ item }) => item));
  if (!Check(CaptureSheet, sheet) || sheet.id !== capture.id || sheet.parts.some(({ item }) => !items.has(item)))
    throw new Problem("input-malformed", `What is inside capture ${capture.id} is not what it says`, "Capture the page again.");
  return {
    sheet,
    open: async (part, sealed) => await openItem(sealed, key, { dossier: capture.id, item: part.item, channel }, part.record.size),
  };
}

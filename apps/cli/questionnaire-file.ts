/** The digest of a published questionnaire's file, as a wave's statement names it: what was asked is fixed. Called by whoever states a wave. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { digestOf } from "@rugdekking/seal/verify";

/** SHA-256 of the file, base64url. @param set and `version` of a questionnaire that was published */
export const questionnaireDigest = async (set: string, version: number): Promise<string> =>
  await digestOf(new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(`#registers/questionnaires/${set}-${version}.json`)))));

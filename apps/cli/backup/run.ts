/** What `rugdekking backup` and `rugdekking restore` do. Loaded only when one of them runs: it brings the whole server side along. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Call, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { readManifest } from "./manifest.ts";
import { placeOf, withDatabase } from "./place.ts";
import { checkBackup, putBack } from "./put-back.ts";
import { takeBackup } from "./take.ts";
import { pack, unpack } from "./tar.ts";
import { humanBytes } from "#apps/cli/screen.ts";
import { openBlobs } from "#apps/server/blob-store.ts";
import { programVersion } from "#apps/server/version.ts";

function keysOf(call: Call, folder: string): { readonly folder: string; readonly recipient: string | null } | null {
  const recipient = call.text("keys-to");
  if (recipient !== null && call.flag("keys-plain")) throw new CommandError("--keys-to was given with --keys-plain", "leave one of the two out");
  return recipient === null && !call.flag("keys-plain") ? null : { folder, recipient };
}

/** Makes a backup. */
export async function back(call: Call): Promise<ExitCode> {
  const place = placeOf(call);
  const target = resolve(call.at(0));
  // A tar needs the lengths of its files beforehand, so it is packed from a folder that is removed again.
  const folder = target.endsWith(".tar") ? `${target}.folder` : target;
  if (folder !== target && (await stat(target).catch(() => null)) !== null)
    throw new CommandError(`${target} is there already`, "name a file that does not exist");
  const { store } = await openBlobs(place.blobs, true);
  const { manifest, digest, faults } = await withDatabase(
    place,
    async (database) =>
      await takeBackup({ database, blobs: store, target: folder, program: await programVersion(), keys: keysOf(call, place.keys), progress: () => undefined }),
  );
  if (folder !== target) await pack(folder, target).finally(async () => await rm(folder, { recursive: true }));
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const keys =
    manifest.keys === null ? "Without the keys: back them up apart (--keys-to), without them the log cannot go on." : `With the keys (${manifest.keys.form}).`;
  call.screen.answer(
    {
      target,
      digest,
      made: manifest.made,
      rows,
      blobs: manifest.blobs.count,
      bytes: manifest.blobs.bytes,
      keys: manifest.keys?.form ?? null,
      erased: manifest.blobs.erased,
      faults,
    },
    [
      `${target}: ${rows} rows of ${manifest.tables.length} tables and ${manifest.blobs.count} sealed files (${humanBytes(manifest.blobs.bytes)}), as they were at ${manifest.made}.`,
      keys,
      `SHA-256 of manifest.json, to be kept elsewhere: ${digest}`,
      ...faults.map((one) => `FOUT ${one}`),
    ].join("\n"),
  );
  return faults.length === 0 ? 0 : 2;
}

/** Puts one back. */
export async function put(call: Call): Promise<ExitCode> {
  const named = resolve(call.at(0));
  if ((await stat(named).catch(() => null))?.isFile() !== true) return await putFrom(named, call);
  const folder = await mkdtemp(`${named}.unpacked-`);
  try {
    await unpack(named, folder);
    return await putFrom(folder, call);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function putFrom(folder: string, call: Call): Promise<ExitCode> {
  const manifest = await readManifest(folder);
  const faults = await checkBackup(folder, manifest);
  if (faults.length > 0) {
    call.screen.answer({ ok: false, faults }, faults.map((one) => `FOUT ${one}`).join("\n"));
    throw new CommandError(`this backup is not whole: ${faults[0] ?? ""}`, "take another one; nothing was put back");
  }
  if (call.flag("check")) {
    call.screen.answer(
      { ok: true, made: manifest.made, tables: manifest.tables.length, blobs: manifest.blobs.count },
      `The backup of ${manifest.made} is whole.`,
    );
    return 0;
  }
  const place = placeOf(call);
  const [identity, checkpoint] = [call.text("keys-identity"), call.text("checkpoint")];
  const keys =
    identity === null && manifest.keys?.form !== "plain" ? null : { folder: place.keys, identity: identity === null ? null : await readFile(identity, "utf8") };
  const { store } = await openBlobs(place.blobs, true);
  const pinned = checkpoint === null ? null : await readFile(checkpoint, "utf8");
  const restored = await withDatabase(
    place,
    async (database) => await putBack({ folder, manifest, database, blobs: store, keys, checkpoint: pinned, progress: () => undefined }),
  );
  call.screen.answer(
    { ok: true, ...restored },
    [
      `Put back as it was at ${manifest.made}: ${restored.rows} rows, ${restored.blobs} sealed files; checked ${restored.statements} statements and ${restored.dossiers} dossiers against the log.`,
      ...(restored.migrated.length === 0 ? [] : [`The schema went on by ${restored.migrated.length} steps; the content is the same.`]),
      restored.keys.length === 0 ? `The keys were not put back: lay them in ${place.keys} before starting.` : `Keys put back: ${restored.keys.join(", ")}.`,
      "Everyone signs in anew.",
    ].join("\n"),
  );
  return 0;
}

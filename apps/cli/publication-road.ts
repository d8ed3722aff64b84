/**
 * The road of a publication after it was made, the Monitor's and the national picture's alike: one signs to have made it, another clears it, anyone checks, an operator lays it where the server hands it out. Called by
 * publications.ts and pictures.ts, which say what they publish.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Call, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble, writeAgain, writeNew } from "#apps/cli/plain-files.ts";
import { clearanceFile, layOut, madeFile, statementIn, type PublicationFile } from "#apps/cli/publication-folder.ts";
import { listed } from "#apps/cli/published-list.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import { checkClearance, clearPublication, signMade, type ClearanceStatements } from "#services/directory/client/index.ts";
import type { PublicationPayload } from "#services/directory/contract/clearance.ts";

/** A folder that is to the last byte a publication of its kind. */
interface HeldPublication {
  readonly id: string;
  /** Made up, as an example: nobody's to clear. */
  readonly invented: boolean;
  readonly manifest: Uint8Array;
  readonly files: readonly PublicationFile[];
}

/** What differs between the two. */
export interface PublicationRoad {
  /** First word of its commands. */
  readonly command: "monitor" | "figures";
  readonly types: ClearanceStatements;
  /** Name of the list of what is out. */
  readonly list: string;
  /** Page where people read it. */
  readonly page: string;
  /** @throws {@link CommandError} for a folder that is none */
  readonly read: (folder: string) => Promise<HeldPublication>;
}

type Signed = Pick<PublicationRoad, "command" | "types">;
const makerMends = ({ command }: Signed): string => `let who made it run rugdekking ${command} made`;

/** Who cleared a folder and who made it, both by signatures that hold. @throws {@link CommandError}; Problem signature-invalid */
export async function clearedBy(call: Call, road: Signed, folder: string, manifest: Uint8Array): Promise<PublicationPayload> {
  const statements = {
    made: await statementIn(folder, madeFile, makerMends(road)),
    clearance: await statementIn(folder, clearanceFile, `let another member of the research desk run rugdekking ${road.command} clear`),
  };
  return await checkClearance(visit(call).trust, road.types, statements, manifest);
}

/** The four steps, by the command's last word. */
export function roadWork(road: PublicationRoad) {
  const made = async (call: Call): Promise<ExitCode> => {
    const { id, manifest } = await road.read(call.at(0));
    const envelope = await signMade(await signIn(call), road.types, { manifest, desk: call.need("desk") }, new Date());
    const out = join(call.at(0), madeFile);
    await writeNew(out, JSON.stringify(envelope));
    call.screen.answer({ publication: id, out }, `Wrote ${out}: you made ${id}. Another member of the desk can clear it now.`);
    return 0;
  };
  const clear = async (call: Call): Promise<ExitCode> => {
    const { id, manifest } = await road.read(call.at(0));
    const by = await statementIn(call.at(0), madeFile, makerMends(road));
    const envelope = await clearPublication(await signIn(call), road.types, { manifest, made: by }, new Date());
    const out = join(call.at(0), clearanceFile);
    await writeNew(out, JSON.stringify(envelope));
    call.screen.answer({ publication: id, out }, `Wrote ${out}: you cleared ${id}.`);
    return 0;
  };
  const check = async (call: Call): Promise<ExitCode> => {
    const { manifest, files } = await road.read(call.at(0));
    const payload = await clearedBy(call, road, call.at(0), manifest);
    call.screen.answer(
      { ...payload, files: files.length },
      `${payload.publication}, all ${files.length} files of it, is what ${payload.by} cleared at ${payload.at}; ${payload.madeBy} signed to have made it.`,
    );
    return 0;
  };
  /** Lays out exactly the files of the list with the two statements; may be run again after it was cut off. */
  const place = async (call: Call): Promise<ExitCode> => {
    const { id, invented, manifest, files } = await road.read(call.at(0));
    // An example that is made up is nobody's to clear.
    if (!invented) await clearedBy(call, road, call.at(0), manifest);
    const root = join(resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data"), "publications");
    const list = join(root, road.list);
    const before = await listed(list);
    const to = join(root, id);
    await mkdir(root, { recursive: true }).catch((error: unknown) => {
      throw fileTrouble(root, error);
    });
    await layOut(to, files);
    await writeAgain(list, JSON.stringify({ version: 1, publications: [id, ...before.filter((one) => one !== id)] }));
    call.screen.answer({ id, to }, `${id} is handed out at /publicaties/${id}/ and shown at ${road.page}.`);
    return 0;
  };
  return { made, clear, check, place } as const;
}

/** The day of publication as it was given. @throws {@link CommandError} */
export function dayOf(call: Call): string {
  const on = call.need("on");
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(on)) throw new CommandError(`--on ${JSON.stringify(on)} is no day`, "give it as 2026-12-17");
  return on;
}

/** The edition as it was given, 1 without a word. @throws {@link CommandError} */
export function editionOf(call: Call): number {
  const edition = Number(call.text("edition") ?? "1");
  if (!Number.isInteger(edition) || edition < 1 || edition > 999)
    throw new CommandError("--edition is no whole number from 1", "give 1, or 2 for the first correction");
  return edition;
}

/** What is made ready in a report, written and read back: the newest of each counts, older ones stay in the story. Screens, papers and the command line use it. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { PreparationBody, type ComplaintPreparation, type NoticePreparation, type ShieldingPreparation } from "#services/reporting/contract/preparation.ts";

/** Everything made ready, as it stands now. */
export interface Preparations {
  readonly complaint: ComplaintPreparation | null;
  /** By id, in the order in which they were first made. */
  readonly notices: ReadonlyMap<string, NoticePreparation>;
  /** By step of the register. */
  readonly shielding: ReadonlyMap<string, ShieldingPreparation>;
}

/** Keeps what was made ready, sealed. Nothing is sent to anyone. @throws {@link Problem} role-forbidden, input-too-large. */
export const prepare = (handle: DossierHandle, body: PreparationBody): Promise<Receipt> => append(handle, { kind: "preparation", body });

/** Reads what was made ready; entries without a key to them are passed over. @throws {@link Problem} digest-mismatch, input-malformed. */
export async function preparationsOf(handle: DossierHandle): Promise<Preparations> {
  let complaint: ComplaintPreparation | null = null;
  const notices = new Map<string, NoticePreparation>();
  const shielding = new Map<string, ShieldingPreparation>();
  const readable = handle.entries.filter(({ header, readable: open }) => open && header.kind === "preparation");
  for (const body of await Promise.all(readable.map((entry) => handle.readBody(entry, PreparationBody)))) {
    if (body.type === "complaint") complaint = body;
    else if (body.type === "platform-notice") notices.set(body.id, body);
    else shielding.set(body.step, body);
  }
  return { complaint, notices, shielding };
}

/** Providing the measures: the employer's and the office-holder's steps, and the small life of each measure. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { MessageBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { MeasureBody, ProvisionListBody, type RequestBody, type CompletionBody, type ProvisionLine } from "#services/scanning/contract/index.ts";
import { isSettled, type MeasureState } from "#services/scanning/contract/provision.ts";
import { coverOf, type RequestDraft } from "./request.ts";

/** One measure to provide and what happened to it. */
export interface MeasureLife {
  readonly line: ProvisionLine;
  /** `advised` until the first step. */
  readonly state: MeasureState;
  /** Every step, oldest first, with who took it by its header. */
  readonly steps: readonly { readonly body: MeasureBody; readonly at: string; readonly byOwner: boolean }[];
}

/**
 * The newest provision list with the life of each measure; null when there is no list yet.
 * @throws {@link Problem} role-forbidden (no key), input-malformed.
 */
export async function measuresOf(handle: DossierHandle): Promise<{ readonly list: ProvisionListBody; readonly measures: readonly MeasureLife[] } | null> {
  const entry = handle.newest("provision-list");
  if (entry === null) return null;
  const list = await handle.readBody(entry, ProvisionListBody);
  const steps: { body: MeasureBody; at: string; byOwner: boolean }[] = [];
  for (const one of handle.entries) {
    if (one.header.kind !== "measure" || one.seq < entry.seq) continue;
    steps.push({ body: await handle.readBody(one, MeasureBody), at: one.header.at, byOwner: one.header.author.desk === null });
  }
  const measures = list.lines.map((line): MeasureLife => {
    const own = steps.filter(({ body }) => body.measure === line.id);
    return { line, state: own.at(-1)?.body.state ?? "advised", steps: own };
  });
  return { list, measures };
}

/** A step in the life of one measure; the employer's first one starts the providing. @throws {@link Problem} role-forbidden, phase-forbidden, input-malformed for a measure that is not on the list. */
export async function recordMeasure(handle: DossierHandle, body: Omit<MeasureBody, "version">): Promise<Receipt> {
  const known = await measuresOf(handle);
  if (known?.measures.some(({ line }) => line.id === body.measure) !== true)
    throw new Problem("input-malformed", `Measure ${body.measure} is not on the provision list`, "Choose one of the list.");
  if (body.state === "declined" && body.reason.trim() === "")
    throw new Problem("input-malformed", "Declining a measure needs a reason", "Write in a few words why.");
  const action = handle.view.actions.includes("provide") ? "provide" : null;
  return append(handle, { kind: "measure", action, body: { ...body, version: 1 } satisfies MeasureBody });
}

/**
 * Everything is provided or declined, or there was nothing to provide; lists what stays on loan for the duration of the office (lid 7).
 * @throws {@link Problem} requirement-missing while a measure is open, role-forbidden.
 */
export async function complete(handle: DossierHandle, note = ""): Promise<Receipt> {
  const known = await measuresOf(handle);
  const left = known?.measures.find(({ state }) => !isSettled(state));
  if (left !== undefined)
    throw new Problem("requirement-missing", `Measure ${left.line.id} is neither provided nor declined`, "Record what happened to it first.");
  const onLoan = (known?.measures ?? [])
    .filter(({ line, state }) => line.provided === "on-loan" && state !== "declined" && state !== "returned")
    .map(({ line }) => line.id);
  return append(handle, {
    kind: "completion",
    action: handle.view.phase === "adopted" ? "finish" : "complete",
    body: { version: 1, note, onLoan } satisfies CompletionBody,
  });
}

/** The office-holder moved (lid 6): a new request on the same dossier, leading to a new advice. @throws {@link Problem} phase-forbidden unless completed. */
export function moveHouse(handle: DossierHandle, request: RequestDraft): Promise<Receipt> {
  const body: RequestBody = { ...request, moved: true, version: 1, attachments: [] };
  return append(handle, { kind: "request", action: "move", body, cover: coverOf(body) });
}

/** A message on a scan. @throws {@link Problem} role-forbidden (the employer has no say here). */
export const sendScanMessage = (handle: DossierHandle, text: string): Promise<Receipt> =>
  append(handle, { kind: "message", body: { version: 1, text, attachments: [] } satisfies MessageBody });

/** The office-holder ends the scan. @throws {@link Problem} phase-forbidden once adopted. */
export const withdrawScan = (handle: DossierHandle, reason = ""): Promise<Receipt> =>
  append(handle, { kind: "withdrawal", action: "withdraw", body: { version: 1, reason } satisfies WithdrawalBody });

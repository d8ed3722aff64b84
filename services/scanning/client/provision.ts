/** Providing the measures: the employer's and the office-holder's steps, and the small life of each measure. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { MessageBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import {
  DepartureBody,
  MeasureBody,
  ProvisionListBody,
  type CompletionBody,
  type ProvisionLine,
  type RequestBody,
  type ScanFact,
} from "#services/scanning/contract/index.ts";
import { isSettled, type MeasureState } from "#services/scanning/contract/provision.ts";
import { dayClass, FactError, factOf } from "#services/scanning/facts/index.ts";
import { coverOf, type RequestDraft } from "./request.ts";

/** One measure to provide and what happened to it. */
export interface MeasureLife {
  readonly line: ProvisionLine;
  /** `advised` until the first step. */
  readonly state: MeasureState;
  /** Every step, oldest first, with who took it by its header. */
  readonly steps: readonly { readonly body: MeasureBody; readonly at: string; readonly byOwner: boolean }[];
}

/** What there is to provide, and what became of it. */
export interface KnownMeasures {
  /** The newest list. */
  readonly list: ProvisionListBody;
  readonly measures: readonly MeasureLife[];
  /** Loans of lists of before a move: they go back or along. */
  readonly earlier: readonly MeasureLife[];
  /** The person leaves office; null when nobody said so. */
  readonly departure: DepartureBody | null;
}

/**
 * The newest provision list with the life of each measure, the loans of older lists, and the departure; null when there is no list yet.
 * @throws {@link Problem} role-forbidden (no key), input-malformed.
 */
export async function measuresOf(handle: DossierHandle): Promise<KnownMeasures | null> {
  const lists = await Promise.all(
    handle.entries.filter(({ header }) => header.kind === "provision-list").map(async (entry) => await handle.readBody(entry, ProvisionListBody)),
  );
  const list = lists.at(-1);
  if (list === undefined) return null;
  const taken = handle.entries.filter(({ header }) => header.kind === "measure");
  const steps = await Promise.all(
    taken.map(async (one) => ({ body: await handle.readBody(one, MeasureBody), at: one.header.at, byOwner: one.header.author.desk === null })),
  );
  const lifeOf = (line: ProvisionLine): MeasureLife => {
    const own = steps.filter(({ body }) => body.measure === line.id);
    return { line, state: own.at(-1)?.body.state ?? "advised", steps: own };
  };
  const now = new Set(list.lines.map(({ id }) => id));
  const older = new Map(
    lists
      .slice(0, -1)
      .flatMap(({ lines }) => lines)
      .filter(({ id, provided }) => provided === "on-loan" && !now.has(id))
      .map((line) => [line.id, line]),
  );
  const departed = handle.newest("departure");
  return {
    list,
    measures: list.lines.map(lifeOf),
    earlier: [...older.values()].map(lifeOf).filter(({ state }) => state === "on-loan" || state === "checked" || state === "returned"),
    departure: departed === null ? null : await handle.readBody(departed, DepartureBody),
  };
}

/** What is on loan now, of this list and of older ones. */
export const loansOf = ({ measures, earlier }: KnownMeasures): MeasureLife[] => [...measures, ...earlier].filter(isOut);

const isOut = ({ line, state }: MeasureLife): boolean => line.provided === "on-loan" && (state === "on-loan" || state === "checked");

/** A step in the life of one measure; the employer's first one starts the providing. @throws {@link Problem} role-forbidden, phase-forbidden, input-malformed for a measure that is not on the list. */
export async function recordMeasure(handle: DossierHandle, body: Omit<MeasureBody, "version">): Promise<Receipt> {
  const known = await measuresOf(handle);
  const present = known?.measures.some(({ line }) => line.id === body.measure) === true;
  if (!present && known?.earlier.some(({ line }) => line.id === body.measure) !== true)
    throw new Problem("input-malformed", `Measure ${body.measure} is not on the provision list`, "Choose one of the list.");
  if (body.state === "declined" && body.reason.trim() === "")
    throw new Problem("input-malformed", "Declining a measure needs a reason", "Write in a few words why.");
  // Taking back a loan of the old home is no beginning of providing for the new one.
  const action = present && handle.view.actions.includes("provide") ? "provide" : null;
  return append(handle, { kind: "measure", action, body: { ...body, version: 1 } satisfies MeasureBody });
}

/** The person leaves office: from then on every loan asks to come back (lid 7). @throws {@link Problem} role-forbidden, phase-forbidden. */
export const recordDeparture = (handle: DossierHandle, body: Omit<DepartureBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "departure", body: { ...body, version: 1 } satisfies DepartureBody });

/**
 * The anonymous fact of this scan as it stands (see [Note: What the scan fact holds]); null where none can be made: nothing to provide, or days that contradict each other.
 * Made from the provision channel, so that the employer's client can make it. Sends nothing.
 */
export async function factFor(handle: DossierHandle): Promise<ScanFact | null> {
  const known = await measuresOf(handle);
  const adoption = handle.newest("adoption");
  if (known === null || adoption === null) return null;
  const { measures } = known;
  try {
    return factOf({
      adoptedOn: dutchDay(new Date(adoption.header.at)),
      advised: measures.map(({ line: { id, provided } }) => ({ id, provided })),
      // Each life in its own order is enough: the fact looks at one measure at a time.
      steps: measures.flatMap(({ steps }) => steps.map(({ body: { measure, state, on } }) => ({ measure, state, on }))),
    });
  } catch (error) {
    if (error instanceof FactError) return null;
    throw error;
  }
}

/**
 * Everything is provided or declined, or there was nothing to provide; lists what stays on loan for the duration of the office (lid 7) and keeps the fact of this scan.
 * @throws {@link Problem} requirement-missing while a measure is open, role-forbidden.
 */
export async function complete(handle: DossierHandle, note = ""): Promise<Receipt> {
  const known = await measuresOf(handle);
  const left = known?.measures.find(({ state }) => !isSettled(state));
  if (left !== undefined)
    throw new Problem("requirement-missing", `Measure ${left.line.id} is neither provided nor declined`, "Record what happened to it first.");
  const onLoan = (known === null ? [] : loansOf(known)).map(({ line }) => line.id);
  const fact = await factFor(handle);
  const receipt = await append(handle, {
    kind: "completion",
    action: handle.view.phase === "adopted" ? "finish" : "complete",
    body: { version: 1, note, onLoan, ...(fact === null ? {} : { fact }) } satisfies CompletionBody,
  });
  leaveFact(async () => {
    if (fact === null) return null;
    const days = Math.floor((Date.now() - Date.parse(handle.view.opened)) / 86_400_000);
    return {
      dossier: handle.id,
      person: handle.session.person.person,
      organisation: null,
      fact: { ...fact, kind: "scan-completed", throughput: dayClass(days) },
    };
  });
  return receipt;
}

/** What happens to a loan of the old home. */
export interface MovedLoan {
  readonly measure: string;
  /** Told to the employer, in the person's own language. */
  readonly words: string;
}

/**
 * The office-holder moved (lid 6): a new request on the same dossier, leading to a new advice, and a word to the employer for each loan of the old home.
 * @throws {@link Problem} phase-forbidden unless completed.
 */
export async function moveHouse(handle: DossierHandle, request: RequestDraft, loans: readonly MovedLoan[] = []): Promise<Receipt> {
  const body: RequestBody = { ...request, moved: true, version: 1, attachments: [] };
  const receipt = await append(handle, { kind: "request", action: "move", body, cover: coverOf(body) });
  for (const { measure, words } of loans) await recordMeasure(handle, { measure, state: "on-loan", on: dutchDay(new Date()), reason: words, cost: null });
  return receipt;
}

/** A message on a scan. @throws {@link Problem} role-forbidden (the employer has no say here). */
export const sendScanMessage = (handle: DossierHandle, text: string): Promise<Receipt> =>
  append(handle, { kind: "message", body: { version: 1, text, attachments: [] } satisfies MessageBody });

/** The office-holder ends the scan. @throws {@link Problem} phase-forbidden once adopted. */
export const withdrawScan = (handle: DossierHandle, reason = ""): Promise<Receipt> =>
  append(handle, { kind: "withdrawal", action: "withdraw", body: { version: 1, reason } satisfies WithdrawalBody });

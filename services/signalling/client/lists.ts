/** The signals a desk has to do with, with their chain from the cover: what the list and the figures are drawn from without opening every dossier. Called by screens and the command line. */
import { Check } from "typebox/value";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { listDossiers, openCovers, readWorklist } from "#services/dossier/client/index.ts";
import type { DossierRole, Term } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { deskFunctionOfRole } from "#services/dossier/workflow/enforce.ts";
import { SignalCover } from "#services/signalling/contract/index.ts";
import { chainOf, factOf, stepsOfUnit, type ChainEntry, type Followed, type Station } from "#services/signalling/facts/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { dueFor, signedUnit } from "./answers.ts";
import { openSignal } from "./raise.ts";

/** One signal in a list. */
export interface ListedSignal {
  readonly id: string;
  readonly phase: string;
  readonly opened: string;
  /** Moment of the last entry. */
  readonly changed: string;
  readonly term: Term | null;
  /** Few words about it; null when this device cannot open them. */
  readonly cover: SignalCover | null;
}

const table: Workflow = signal;

/** Whether what police or OM owe is past its term; an office-holder who takes their time is not late. */
export const isLate = ({ term }: Pick<ListedSignal, "term">, now: number = Date.now()): boolean =>
  term !== null && term.waitsFor !== "office-holder" && (term.overdue || Date.parse(term.due) < now);

/** Order of a list: late first, then what is due first, then what waits for nobody, newest first. */
export function byNeed(a: Pick<ListedSignal, "term" | "changed">, b: Pick<ListedSignal, "term" | "changed">): number {
  if (a.term !== null && b.term !== null) return a.term.due.localeCompare(b.term.due);
  if (a.term === null && b.term === null) return b.changed.localeCompare(a.changed);
  return a.term === null ? 1 : -1;
}

/** A desk's signals, late first. @throws {@link Problem} role-forbidden, unavailable. */
export async function deskSignals(session: Session, desk: OpenDesk): Promise<ListedSignal[]> {
  const found: ListedSignal[] = [];
  for await (const { lines } of readWorklist(session, desk.id, { pageSize: 500 })) {
    const wanted = lines.filter(({ kind }) => kind === "signal");
    const covers = await openCovers(wanted, desk.keys);
    found.push(
      ...wanted.map(({ id, phase, opened, changed, term }, place) => {
        const cover = covers[place];
        return { id, phase, opened, changed, term, cover: Check(SignalCover, cover) ? cover : null };
      }),
    );
  }
  return found.toSorted(byNeed);
}

/** Ids of the person's own signals, newest first. @throws {@link Problem} session-missing, unavailable. */
export async function ownSignals(session: Session): Promise<string[]> {
  const views = await listDossiers(session);
  return views
    .filter(({ kind }) => kind === "signal")
    .toSorted((a, b) => b.opened.localeCompare(a.opened))
    .map(({ id }) => id);
}

/** The role a desk of this function has in a signal; null for desks that answer nothing. */
export function roleOfDesk(deskFunction: OpenDesk["function"]): Extract<DossierRole, "police" | "prosecution" | "chief-prosecutor" | "safety-desk"> | null {
  for (const role of ["police", "prosecution", "chief-prosecutor", "safety-desk"] as const) if (deskFunctionOfRole[role] === deskFunction) return role;
  return null;
}

/** The actions the table gives a role in a phase, in its order. */
export const actionsIn = (phase: string, role: DossierRole): string[] =>
  Object.entries(table.phases[phase] ?? {})
    .filter(([, { by }]) => by.includes(role))
    .map(([action]) => action);

/** The road as the cover tells it: each step is the one action of the table that leads from the phase before to this one. */
function roadOf({ steps }: SignalCover): { readonly entries: ChainEntry[]; readonly around: boolean } {
  const entries = steps.map(({ phase, at }, place): ChainEntry => {
    const from = steps[place - 1]?.phase;
    const action = from === undefined ? undefined : Object.entries(table.phases[from] ?? {}).find(([, { to }]) => to === phase)?.[0];
    return { action: action ?? null, at };
  });
  return { entries, around: steps[0]?.phase === "raised-around" };
}

/** The stations of a signal in a list; none when its cover is not opened here. Until when it is waited for comes from the term the server counts, the steps that were taken from the cover. */
export function stationsInList({ cover, term }: Pick<ListedSignal, "cover" | "term">, now: Date = new Date()): Station[] {
  if (cover === null) return [];
  const { entries, around } = roadOf(cover);
  return chainOf(entries, dueFor(cover.urgency, cover.lengths), now, around).map((station) =>
    term === null || (station.state !== "waiting" && station.state !== "late")
      ? station
      : { ...station, due: term.due, state: isLate({ term }, now.valueOf()) ? "late" : "waiting" },
  );
}

/** Signals that are opened at once for their unit. */
const atOnce = 8;

/** The unit of a signal on this desk's list. One of the police is there because the owner consented to that very desk; for another the signal says it, and null when it is not there any more. */
async function unitFor(session: Session, desk: OpenDesk, id: string): Promise<string | null> {
  if (desk.function === "police") return desk.organisation.slice(0, 40);
  try {
    return await signedUnit(await openSignal(session, id));
  } catch (error) {
    if (error instanceof Problem && (error.code === "not-found" || error.code === "grant-ended")) return null;
    throw error;
  }
}

/** The facts of a desk's signals as they stand now; what is not opened here is left out. @throws {@link Problem} signature-invalid, unavailable. */
export async function factsOf(session: Session, desk: OpenDesk, signals: readonly ListedSignal[], now: Date = new Date()): Promise<Followed[]> {
  const facts: Followed[] = [];
  const opened = signals.flatMap(({ id, cover }) => (cover === null ? [] : [{ id, cover }]));
  for (let place = 0; place < opened.length; place += atOnce)
    facts.push(
      ...(await Promise.all(
        opened.slice(place, place + atOnce).map(async ({ id, cover }): Promise<Followed> => {
          const { entries, around } = roadOf(cover);
          const dueOf = dueFor(cover.urgency, cover.lengths);
          return { ...factOf(entries, dueOf, await unitFor(session, desk, id), now, around), ofUnit: stepsOfUnit(entries, dueOf, now, around) };
        }),
      )),
    );
  return facts;
}

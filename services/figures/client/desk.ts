/** What a research desk does with facts: state a quarter with its keys, and collect what came when it is over. The command line calls it. */
import { fromBase64Url, openJson, signStatement, takeOver } from "@rugdekking/seal";
import { SealError } from "@rugdekking/seal/verify";
import Type from "typebox";
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import { FactBody, FactPage, QuarterKeys, quarterStatement, type QuarterPayload } from "#services/figures/contract/delivery.ts";
import { FactCount, factKinds, quarterOf, type Fact, type FactKind } from "#services/figures/contract/facts.ts";
import { Problem } from "#services/problem/index.ts";
import { readQuarter, type StatedQuarter } from "./quarters.ts";

/** Keys asked for in one request: a slow machine takes some seconds for each. */
const keysAtOnce = 2;

/**
 * Has a key made for every kind, and states the quarter: from then on everyone is shown the same keys. Cut off and called again it goes on where it was.
 * @throws {@link Problem} role-forbidden (not a lead), already-there, phase-forbidden (it is over), statement-mismatch, epoch-stale.
 */
export async function stateQuarter(
  session: Session,
  desk: string,
  quarter: string,
  progress: (share: number) => void = () => undefined,
): Promise<StatedQuarter> {
  const keys: QuarterPayload["keys"] = [];
  for (let at = 0; at < factKinds.length; at += keysAtOnce) {
    const kinds = factKinds.slice(at, at + keysAtOnce);
    const made = await session.connection.post("/api/v1/figures/keys", { desk, quarter, kinds }, QuarterKeys);
    kinds.forEach((kind, place) => keys.push({ kind, spki: made.keys[place] ?? "" }));
    progress(keys.length / factKinds.length);
  }
  const { epoch } = await session.trust.desk(desk);
  const payload: QuarterPayload = { version: 1, quarter, desk, epoch, keys, by: session.person.person, at: new Date().toISOString() };
  await session.connection.command("POST", "/api/v1/figures/quarters", { statement: await signStatement(quarterStatement, payload, session.person.sign) });
  const stated = await readQuarter(session.trust, quarter);
  if (stated === null) throw new Problem("not-found", `Quarter ${quarter} is not there after it was stated`, "Try again.");
  return stated;
}

/** A fact, opened; `fact` is null when it does not open, is not of the agreed shape, or is of another kind or quarter than its token; `why` then says it. */
export type OpenedFact = { readonly kind: FactKind; readonly fact: Fact } | { readonly kind: FactKind; readonly fact: null; readonly why: string };

const place = (quarter: string): string => `/api/v1/figures/quarters/${quarter}`;

/**
 * Fetches and opens every fact of a quarter that has ended. One that does not open is counted, never left out without a word.
 * @throws {@link Problem} phase-forbidden while the quarter runs, role-forbidden (also without a key of the quarter's epoch).
 */
export async function downloadFacts(session: Session, quarter: StatedQuarter, progress: (opened: number) => void = () => undefined): Promise<OpenedFact[]> {
  const pair = (await session.openDesk(quarter.desk)).keys.get(quarter.epoch);
  if (pair === undefined)
    throw new Problem("role-forbidden", `Facts are sealed to epoch ${quarter.epoch} of the desk, which you hold no key of`, "Ask a lead of the desk.");
  const opened: OpenedFact[] = [];
  for (let after: string | null = null; ;) {
    const page: FactPage = await session.connection.get(
      `${place(quarter.quarter)}/facts${after === null ? "" : `?after=${encodeURIComponent(after)}`}`,
      FactPage,
    );
    for (const { kind, fact: sealed } of page.facts) {
      try {
        const key = await takeOver(sealed.key, pair, { purpose: "fact", subject: sealed.id, to: `${quarter.desk}/${quarter.epoch}` });
        const place = { dossier: sealed.id, item: sealed.id, channel: "main" } as const;
        const { fact } = parseAnswer(FactBody, await openJson(fromBase64Url(sealed.sealed, "A fact", "item-malformed"), key, place), "a fact");
        if (fact.kind !== kind) throw new Problem("input-malformed", `It says ${fact.kind}, and its token is of ${kind}`, "It is left out.");
        if (quarterOf(fact.month) !== quarter.quarter)
          throw new Problem("input-malformed", `It is of ${fact.month}, outside ${quarter.quarter}`, "It is left out.");
        opened.push({ kind, fact });
      } catch (error) {
        if (!(error instanceof Problem) && !(error instanceof SealError)) throw error;
        opened.push({ kind, fact: null, why: error.message });
      }
    }
    progress(opened.length);
    if (page.next === null) return opened;
    after = page.next;
  }
}

/** How complete the facts of a quarter that has ended are. @throws {@link Problem} phase-forbidden, role-forbidden. */
export const countQuarter = async (session: Session, quarter: string): Promise<FactCount[]> =>
  (await session.connection.get(`${place(quarter)}/counts`, Type.Object({ counts: Type.Array(FactCount) }))).counts;

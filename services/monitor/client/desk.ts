/** What a research desk does with a wave: state it with its keys, put in invitations, look at the counts, open the answers when it has ended. Screens and the command line call it. */
import { fromBase64Url, invitationProof, openJson, signStatement, takeOver } from "@rugdekking/seal";
import { digestOf, SealError } from "@rugdekking/seal/verify";
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import {
  AnswerBody,
  AnswerPage,
  Fieldwork,
  InvitationCount,
  Keys,
  leastInvited,
  monitorStatements,
  mostInvitationsAtOnce,
  stratumName,
  Uncollected,
  type Stratum,
  type WavePayload,
} from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { readWave, type Wave } from "./waves.ts";

/** What the desk decides about a wave; strata as `services/monitor/frame` makes them. */
export interface WavePlan extends Pick<WavePayload, "wave" | "title" | "questionnaire" | "recallMonths" | "opens" | "closes" | "ends" | "labels"> {
  readonly desk: string;
  readonly strata: readonly Omit<Stratum, "spki">[];
}

/** Keys asked for in one request: a slow machine takes some seconds for each, and a request must not be given up meanwhile. */
const keysAtOnce = 4;

const place = (wave: string): string => `/api/v1/monitor/waves/${encodeURIComponent(wave)}`;

/**
 * Has a key made for every stratum, and states the wave: from then on everyone is shown the same keys. Cut off and called again it goes on where it was.
 * @param progress 0..1; making a key takes the server about a second
 * @throws {@link Problem} requirement-missing for a stratum that is no crowd; role-forbidden (not a lead), already-there, statement-mismatch, epoch-stale (the desk changed meanwhile).
 */
export async function stateWave(session: Session, plan: WavePlan, progress: (share: number) => void = () => undefined): Promise<Wave> {
  const thin = plan.strata.find(({ invited }) => invited < leastInvited);
  if (thin !== undefined)
    throw new Problem(
      "requirement-missing",
      `Stratum ${stratumName(thin.key)} has ${thin.invited} invited people, and at least ${leastInvited} make a crowd`,
      "Merge it with its neighbour.",
    );
  const names = plan.strata.map(({ key }) => stratumName(key));
  const made: string[] = [];
  for (let at = 0; at < names.length; at += keysAtOnce) {
    const { keys } = await session.connection.post(
      "/api/v1/monitor/keys",
      { desk: plan.desk, wave: plan.wave, strata: names.slice(at, at + keysAtOnce) },
      Keys,
    );
    made.push(...keys);
    progress(made.length / names.length);
  }
  const { epoch } = await session.trust.desk(plan.desk);
  const payload: WavePayload = {
    version: 1,
    ...plan,
    epoch,
    strata: plan.strata.map((stratum, at) => ({ ...stratum, spki: made[at] ?? "" })),
    by: session.person.person,
    at: new Date().toISOString(),
  };
  await session.connection.command("POST", "/api/v1/monitor/waves", { statement: await signStatement(monitorStatements.wave, payload, session.person.sign) });
  return await readWave(session.trust, plan.wave);
}

/** The mark the server knows an invitation by: SHA-256 of its proof. @throws SealError invitation-malformed. */
export const markOf = async (code: string, wave: string): Promise<string> => await digestOf(invitationProof(code, wave));

/**
 * Puts in invitations, by their codes; sent twice they count once. They go in the order of their marks, which is pure chance: in the order of the frame, which may well be a public list, a stolen table would tell
 * whose each mark is.
 * @returns how many the wave has. @throws {@link Problem} quota-reached, role-forbidden.
 */
export async function addInvitations(
  session: Session,
  wave: string,
  invitations: readonly { readonly code: string; readonly stratum: string }[],
  progress: (share: number) => void = () => undefined,
): Promise<number> {
  const marked = (await Promise.all(invitations.map(async ({ code, stratum }) => ({ mark: await markOf(code, wave), stratum })))).toSorted((a, b) =>
    a.mark < b.mark ? -1 : 1,
  );
  let count = 0;
  for (let at = 0; at < marked.length; at += mostInvitationsAtOnce) {
    const some = marked.slice(at, at + mostInvitationsAtOnce);
    ({ invitations: count } = await session.connection.post(`${place(wave)}/invitations`, { invitations: some }, InvitationCount));
    progress((at + some.length) / marked.length);
  }
  return count;
}

/** Marks of invitations that got no token: whom a reminder may go to. @throws {@link Problem} role-forbidden. */
export async function listUncollected(session: Session, wave: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (let after = ""; ;) {
    const { marks, next }: Uncollected = await session.connection.get(`${place(wave)}/uncollected?after=${after}`, Uncollected);
    for (const mark of marks) found.add(mark);
    if (next === null) return found;
    after = next;
  }
}

/** How the strata stand. @throws {@link Problem} role-forbidden. */
export const readFieldwork = async (session: Session, wave: string): Promise<Fieldwork> => await session.connection.get(`${place(wave)}/fieldwork`, Fieldwork);

/** An answer, opened; `record` is null when it does not open, is not of the agreed shape or answers something else than the wave asks, `why` then says it. */
export type OpenedAnswer =
  | { readonly stratum: string; readonly record: AnswerBody["record"] }
  | { readonly stratum: string; readonly record: null; readonly why: string };

/**
 * Fetches and opens every answer of a wave that has ended. One that does not open is counted, never left out without a word.
 * @throws {@link Problem} phase-forbidden while the wave runs, role-forbidden (also without a key of the wave's epoch).
 */
export async function downloadAnswers(session: Session, wave: Wave, progress: (opened: number) => void = () => undefined): Promise<OpenedAnswer[]> {
  const pair = (await session.openDesk(wave.desk)).keys.get(wave.epoch);
  if (pair === undefined)
    throw new Problem("role-forbidden", `Answers are sealed to epoch ${wave.epoch} of the desk, which you hold no key of`, "Ask a lead of the desk.");
  const opened: OpenedAnswer[] = [];
  for (let after: string | null = null; ;) {
    const page: AnswerPage = await session.connection.get(
      `${place(wave.wave)}/answers${after === null ? "" : `?after=${encodeURIComponent(after)}`}`,
      AnswerPage,
    );
    for (const { stratum, answer } of page.answers) {
      try {
        const key = await takeOver(answer.key, pair, { purpose: "answer", subject: answer.id, to: `${wave.desk}/${wave.epoch}` });
        const body = parseAnswer(
          AnswerBody,
          await openJson(fromBase64Url(answer.sealed, "An answer", "item-malformed"), key, { dossier: answer.id, item: answer.id, channel: "main" }),
          "an answer",
        );
        const { set, version } = body.record.questionnaire;
        if (set !== wave.questionnaire.set || version !== wave.questionnaire.version)
          throw new Problem("input-malformed", `It answers version ${version} of questionnaire ${set}`, "It is left out.");
        const { recallMonths } = body.record;
        if (recallMonths !== wave.recallMonths)
          throw new Problem("input-malformed", `It answers about ${recallMonths} months, and the wave asks about ${wave.recallMonths}`, "It is left out.");
        opened.push({ stratum, record: body.record });
      } catch (error) {
        if (!(error instanceof Problem) && !(error instanceof SealError)) throw error;
        opened.push({ stratum, record: null, why: error.message });
      }
    }
    progress(opened.length);
    if (page.next === null) return opened;
    after = page.next;
  }
}

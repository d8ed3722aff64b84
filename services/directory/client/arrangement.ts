/** Offices a desk should have, who is away and who covers; and handing over its leadership. Called by the admin screen and the CLI. */
import { signStatement } from "@rugdekking/seal";
import { readStatement, rostersInForce, SealError, verifyStatement, type RosterMember } from "@rugdekking/seal/verify";
import {
  ArrangementView,
  arrangementTrouble,
  awayOn,
  dayOf,
  DESK_ARRANGEMENT,
  DeskArrangementPayload,
  vacancies,
  type Absence,
  type WantedOffice,
} from "#services/directory/contract/arrangement.ts";
import { Problem } from "#services/problem/index.ts";
import { parseAnswer } from "./connection.ts";
import { rotateDesk } from "./desks.ts";
import type { OpenDesk, Session } from "./session.ts";
import type { VerifiedDesk } from "./trust.ts";

/** A desk's arrangement as this device checked it, without who left and what is over. */
export interface Arrangement {
  /** 0 when there is none yet. */
  readonly number: number;
  readonly hash: string | null;
  readonly offices: readonly WantedOffice[];
  readonly absences: readonly Absence[];
  /** Offices without enough holders in the present roster. */
  readonly vacant: readonly (WantedOffice & { readonly missing: number })[];
  /** Who is away today. */
  readonly away: readonly Absence[];
}

const nothing: Arrangement = { number: 0, hash: null, offices: [], absences: [], vacant: [], away: [] };
const refused = (what: string): Problem => new Problem("signature-invalid", what, "Ask a lead of the desk; tell whoever runs this server if it stays.");

/**
 * Reads and checks it: signed by who led the desk at the time, and never older than this device has seen.
 * @throws {@link Problem} signature-invalid, role-forbidden.
 */
export async function readArrangement(session: Session, desk: VerifiedDesk, today = dayOf(new Date())): Promise<Arrangement> {
  const chain = `arrangement-${desk.id}`;
  const seen = await session.trust.chainSeen(chain);
  const { statement } = await session.connection.get(`/api/v1/desks/${encodeURIComponent(desk.id)}/arrangement`, ArrangementView);
  if (statement === null) {
    if (seen !== null) throw refused(`The server hides the arrangement of ${desk.name}, which this device has seen before`);
    return nothing;
  }
  const payload = parseAnswer(DeskArrangementPayload, readStatement(statement), "an arrangement");
  const rosters = rostersInForce(
    desk.history.map(({ roster }) => roster),
    payload.at,
  );
  const signer = rosters.flatMap(({ members }) => members).findLast(({ person, lead }) => person === payload.by && lead);
  if (signer === undefined || payload.desk !== desk.id) throw refused(`The arrangement of ${desk.name} is not signed by who led it then`);
  const { hash } = await verifyStatement(statement, DESK_ARRANGEMENT, signer.signPublicKey).catch((error: unknown) => {
    if (error instanceof SealError) throw refused(`The arrangement of ${desk.name} does not verify (${error.code})`);
    throw error;
  });
  if (seen !== null && (payload.number < seen.length || (payload.number === seen.length && hash !== seen.last)))
    throw refused(`The server shows an older arrangement of ${desk.name} than this device has seen`);
  await session.trust.rememberChain(chain, { length: payload.number, last: hash });
  const present = new Set(desk.roster.members.map(({ person }) => person));
  const absences = payload.absences
    .filter(({ person, until }) => present.has(person) && until >= today)
    // A stand-in who left covers nobody.
    .map((one) => (one.standIn !== null && !present.has(one.standIn) ? { ...one, standIn: null } : one));
  return {
    number: payload.number,
    hash,
    offices: payload.offices,
    absences,
    vacant: vacancies(payload.offices, desk.roster.members),
    away: absences.filter((one) => awayOn(one, today)),
  };
}

/**
 * Signs a changed arrangement.
 * @param change what it becomes, given what it is
 * @throws {@link Problem} role-forbidden (not a lead), input-malformed (what cannot be so), chain-broken (another lead was first).
 */
export async function arrangeDesk(
  session: Session,
  desk: OpenDesk,
  change: (now: Arrangement) => { readonly offices: readonly WantedOffice[]; readonly absences: readonly Absence[] },
): Promise<Arrangement> {
  const now = await readArrangement(session, desk);
  const { offices, absences } = change(now);
  const payload: DeskArrangementPayload = {
    version: 1,
    desk: desk.id,
    number: now.number + 1,
    previous: now.hash,
    offices: [...offices],
    absences: [...absences],
    by: session.person.person,
    at: new Date().toISOString(),
  };
  const trouble = arrangementTrouble(payload, new Set(desk.roster.members.map(({ person }) => person)), dayOf(new Date()));
  if (trouble !== null) throw new Problem("input-malformed", trouble, "Change the days or choose someone else.");
  const statement = await signStatement(DESK_ARRANGEMENT, payload, session.person.sign);
  await session.connection.command("PUT", `/api/v1/desks/${encodeURIComponent(desk.id)}/arrangement`, { statement });
  return await readArrangement(session, desk);
}

/** Says that someone is away, in the place of what was said of them for those days. @throws as {@link arrangeDesk}. */
export const setAbsence = (session: Session, desk: OpenDesk, absence: Absence): Promise<Arrangement> =>
  arrangeDesk(session, desk, ({ offices, absences }) => ({
    offices,
    absences: [...absences.filter((one) => one.person !== absence.person || one.until < absence.from || one.from > absence.until), absence],
  }));

/** Says that someone is back. @throws as {@link arrangeDesk}. */
export const endAbsence = (session: Session, desk: OpenDesk, absence: Absence): Promise<Arrangement> =>
  arrangeDesk(session, desk, ({ offices, absences }) => ({
    offices,
    absences: absences.filter(({ person, from, until }) => person !== absence.person || from !== absence.from || until !== absence.until),
  }));

/** Says which offices the desk should have. @throws as {@link arrangeDesk}. */
export const setOffices = (session: Session, desk: OpenDesk, offices: readonly WantedOffice[]): Promise<Arrangement> =>
  arrangeDesk(session, desk, ({ absences }) => ({ offices, absences }));

/**
 * Hands the leadership over: the other leads from the next epoch on, and who hands over stays a member without it.
 * @throws {@link Problem} role-forbidden, not-found when the other is no member, epoch-stale.
 */
export async function handOverLeadership(session: Session, desk: OpenDesk, to: string): Promise<VerifiedDesk> {
  const [self, other] = [session.person.person, to].map((person) => desk.roster.members.find((one) => one.person === person));
  if (self === undefined || other === undefined || self === other)
    throw new Problem("not-found", "This person is not another member of the desk", "Take them in first.");
  const keep = ({ person, name, office, signPublicKey }: RosterMember) => ({ person, name, office, signPublicKey });
  return await rotateDesk(session, desk.id, {
    add: [
      { ...keep(other), lead: true },
      { ...keep(self), lead: false },
    ],
  });
}

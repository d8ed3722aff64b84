/** Asks the directory's own rooms what {@link DirectoryQuestions} names; the only file of this room that knows them. */
import { parseRoster, readStatement, rostersInForce } from "@rugdekking/seal/verify";
import {
  absencesOn,
  desksOfPerson,
  holdDesks,
  memberDesks,
  readDesks,
  readOrganisation,
  readPersonKey,
  readRosters,
  registerGuest,
  rosterReceived,
  verifiedGuest,
} from "#services/directory/store/index.ts";
import type { FastifyRequest } from "fastify";
import { dayOf } from "#services/directory/contract/arrangement.ts";
import { requireCaller } from "#services/directory/server/caller.ts";
import { withheldNow } from "#services/directory/server/unconfirmed.ts";
import { Problem } from "#services/problem/index.ts";
import type { DeskFacts } from "./hand-overs.ts";
import type { DirectoryQuestions } from "./services.ts";
import type { Author } from "./submission.ts";
import type { Executor } from "#services/dossier/store/dossiers.ts";

/** Whether the caller is in a desk, which a signed roster vouches for; accounts and guests anyone can be. */
export const isOfDesk = (request: FastifyRequest): boolean => (request.caller?.desks.length ?? 0) > 0;

/** In the place of who is away: their stand-in, else nobody; each person once. Everyone, when nobody would be left. */
function withStandIns(order: readonly string[], away: ReadonlyMap<string, string | null>): readonly string[] {
  const told = order.flatMap((person) => {
    const there = away.has(person) ? (away.get(person) ?? null) : person;
    return there === null || !order.includes(there) ? [] : [there];
  });
  return told.length === 0 ? order : [...new Set(told)];
}

/** The directory of this database. `request.caller` is set by the directory's own hook, so its plugin must be registered on the same server first. */
export function directoryQuestions(): DirectoryQuestions {
  const personKey = async (executor: Executor, person: string): Promise<string> => {
    const key = await readPersonKey(executor, person);
    if (key === null) throw new Problem("not-found", "There is no such person in the directory", "Read the participants again.");
    return key.signPublicKey;
  };
  // Organisations come from the registers at the start and never go; most reports name one of a few.
  const known = new Set<string>();
  const organisationExists = async (executor: Executor, organisation: string): Promise<boolean> => {
    if (known.has(organisation)) return true;
    if ((await readOrganisation(executor, organisation)) === null) return false;
    known.add(organisation);
    return true;
  };
  const inOffice: DirectoryQuestions["inOffice"] = async (trx, desk, { person, signPublicKey }, moment) => {
    // A roster states at most `takenAhead` more than when it came in, so from then on it is in force: no need to read a long chain for every entry.
    const since = await rosterReceived(trx, desk);
    if (since !== null && Date.parse(moment) >= since.getTime()) return true;
    const history = (await readRosters(trx, desk.organisation, desk.id)).map((envelope) => parseRoster(readStatement(envelope)));
    return rostersInForce(history, moment).some(({ members }) => members.some((one) => one.person === person && one.signPublicKey === signPublicKey));
  };
  const authorOf = ({ person, signPublicKey }: Author): Author => ({ person, signPublicKey });
  const contactsOf: DirectoryQuestions["contactsOf"] = async (executor, desks) => {
    const facts = desks.length === 0 ? new Map<string, DeskFacts>() : await readDesks(executor, desks);
    const found = new Map<string, readonly string[]>();
    const away = await absencesOn(executor, desks, dayOf(new Date()));
    for (const [id, desk] of facts) {
      const newest = (await readRosters(executor, desk.organisation, id)).at(-1);
      const members = newest === undefined ? [] : parseRoster(readStatement(newest)).members;
      const order = [...members.filter(({ lead }) => lead), ...members.filter(({ lead }) => !lead)].map(({ person }) => person);
      found.set(id, withStandIns(order, away.get(id) ?? new Map()));
    }
    return found;
  };
  const leadsOf: DirectoryQuestions["leadsOf"] = async (executor, desk) => {
    const facts = (await readDesks(executor, [desk])).get(desk);
    const newest = facts === undefined ? undefined : (await readRosters(executor, facts.organisation, desk)).at(-1);
    return new Set(newest === undefined ? [] : parseRoster(readStatement(newest)).members.flatMap(({ lead, person }) => (lead ? [person] : [])));
  };
  return {
    contactsOf,
    leadsOf,
    caller: async (request) => authorOf(requireCaller(request)),
    callerIfAny: async (request) => (request.caller === null || request.caller === undefined ? null : authorOf(request.caller)),
    desks: async (executor, ids) => (ids.length === 0 ? new Map() : readDesks(executor, ids)),
    holdDesks: async (trx, ids) => (ids.length === 0 ? new Map() : holdDesks(trx, ids)),
    inOffice,
    memberOf: async (executor, person, desks) => {
      // Whoever asks about themself in a session that does not count for a desk is told of no membership there.
      const withheld = withheldNow(person);
      const asked = desks.filter((desk) => !withheld.has(desk));
      return asked.length === 0 ? new Set() : await memberDesks(executor, person, asked);
    },
    desksOf: async (executor, person) => {
      const withheld = withheldNow(person);
      const ids = (await desksOfPerson(executor, person)).filter((desk) => !withheld.has(desk));
      return ids.length === 0 ? [] : [...(await readDesks(executor, ids)).values()];
    },
    personKey,
    organisationExists,
    registerGuest,
    verifiedGuest,
  };
}

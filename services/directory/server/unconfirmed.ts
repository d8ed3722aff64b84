/**
 * For which desks a caller may not act now, since their organisation asks for a confirmed session. This room and every server room that lets members of desks do something asks here.
 *
 * [Note: Unconfirmed desks] The question "is this person a member of that desk" is asked in many places and within transactions, mostly without the request at hand. A guard that each of them must remember would be
 * forgotten once. So what is withheld goes along with the request itself (AsyncLocalStorage, set before its handler runs), and the two functions by which the dossier learns memberships leave those desks out; rooms that
 * read a roster themselves call {@link requireConfirmed}. Nothing is set, and nothing costs anything, where no organisation asks for it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { deskConfirmations, type DeskConfirmation } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";
import type { Provider } from "./provider.ts";

/** What a caller's session lacks: their desks for which it does not count, with the organisation of each. */
export type Unconfirmed = ReadonlyMap<string, string>;

const withheld = new AsyncLocalStorage<{ readonly person: string; readonly desks: Unconfirmed }>();

/** Desks for which this person may not act in the request that is worked on; empty outside requests. */
export function withheldNow(person: string): Unconfirmed {
  const store = withheld.getStore();
  return store?.person === person ? store.desks : new Map();
}

const hour = 3_600_000;

/** Until when a confirmation counts for this session; null when it does not now. */
export async function countsUntil(provider: Provider, row: Pick<DeskConfirmation, "session" | "person">, at: Date): Promise<Date | null> {
  const { hours, graceHours } = provider.settings;
  const until = row.session === null ? 0 : row.session.getTime() + hours * hour;
  if (until > at.getTime()) return new Date(until);
  const late = row.person === null ? 0 : row.person.getTime() + (hours + graceHours) * hour;
  return graceHours > 0 && late > at.getTime() && (await provider.isAway()) ? new Date(late) : null;
}

/** The person's desks for which this session does not count. */
export async function unconfirmedDesks(
  db: Database,
  providers: ReadonlyMap<string, Provider>,
  caller: { readonly session: string; readonly person: string; readonly desks: readonly string[] },
  at: Date,
): Promise<Unconfirmed> {
  const asking = [...providers.values()].filter(({ settings }) => settings.required);
  if (asking.length === 0 || caller.desks.length === 0) return new Map();
  const rows = await deskConfirmations(
    db,
    caller.session,
    caller.person,
    asking.map(({ settings }) => settings.organisation),
  );
  const found = new Map<string, string>();
  for (const row of rows) {
    const provider = providers.get(row.organisation);
    if (provider !== undefined && (await countsUntil(provider, row, at)) === null) found.set(row.desk, row.organisation);
  }
  return found;
}

/** Lets what is withheld go along with each request, after it was read and before its handler. */
export function carryUnconfirmed(server: FastifyInstance): void {
  server.addHook("preHandler", (request, _reply, done) => {
    // The public log was registered before anyone reads who calls: its requests carry no caller at all.
    const caller: FastifyRequest["caller"] | undefined = request.caller;
    if (caller === null || caller === undefined || caller.unconfirmed.size === 0) done();
    else withheld.run({ person: caller.person, desks: caller.unconfirmed }, done);
  });
}

/** @throws {@link Problem} confirmation-missing when the caller's session does not count for this desk. */
export function requireConfirmed({ unconfirmed }: { readonly unconfirmed: Unconfirmed }, desk: string): void {
  if (unconfirmed.has(desk))
    throw new Problem(
      "confirmation-missing",
      "The organisation of this desk asks for a session that its own sign-in confirmed",
      "Confirm at your organisation, then try again; your own dossiers stay open meanwhile.",
    );
}

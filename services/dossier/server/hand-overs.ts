/** Decides whether keys may be handed over: the table's row, the desk's present epoch, and a consent that covers it (law 2). Called by the submission alone. */
import type { ConsentPayload, GrantPayload } from "#services/dossier/contract/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { deskFunctionOfRole, handOverRule, kindsToConsent, openingOf } from "#services/dossier/workflow/enforce.ts";
import type { DossierHead } from "#services/dossier/store/dossiers.ts";
import type { Grant } from "#services/dossier/store/grants.ts";
import type { DossierRole, EntryKind } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { VerifiedGrant } from "./statements.ts";

/** What the directory says about a desk that is to receive keys. */
export interface DeskFacts {
  readonly id: string;
  readonly organisation: string;
  readonly function: string;
  readonly epoch: number;
}

/** A consent as far as a hand-over may rest on it. */
export interface StandingConsent {
  readonly hash: string;
  readonly payload: ConsentPayload;
  readonly withdrawn: Date | null;
}

/** What a hand-over is judged by. */
export interface HandOverCase {
  readonly workflow: Workflow;
  readonly head: DossierHead;
  readonly granter: string;
  /** Roles through which the granter holds the dossier key. */
  readonly roles: readonly DossierRole[];
  readonly opening: boolean;
  readonly desks: ReadonlyMap<string, DeskFacts>;
  readonly consents: ReadonlyMap<string, StandingConsent>;
  /** Kind of the entry an item belongs to, for items of this dossier (those of this very submission included). */
  readonly kindOfItem: ReadonlyMap<string, EntryKind>;
  readonly at: Date;
}

const missing = (detail: string): Problem =>
  new Problem("consent-missing", detail, "Ask the person whose dossier it is for a consent that covers exactly this.");

function coversScope(workflow: Workflow, scope: ConsentPayload["scope"], grant: GrantPayload, kindOfItem: ReadonlyMap<string, EntryKind>): boolean {
  if ("everything" in scope) return true;
  const { keys } = grant;
  switch (keys.scope) {
    case "dossier":
      return false;
    case "channel":
      return "kinds" in scope && kindsToConsent(workflow, keys.channel, grant.role).every((kind) => scope.kinds.includes(kind));
    case "items":
      return keys.items.every(({ item }) => {
        if ("items" in scope) return scope.items.includes(item);
        const kind = kindOfItem.get(item);
        return kind !== undefined && scope.kinds.includes(kind);
      });
  }
}

/** @throws {@link Problem} consent-missing, consent-expired */
function checkConsent(given: HandOverCase, grant: GrantPayload, hash: string, where: string): ConsentPayload {
  const consent = given.consents.get(hash);
  if (consent === undefined) throw missing(`${where}: the consent it names was never given in this dossier`);
  const { payload } = consent;
  if (payload.purpose === "same-actor") throw missing(`${where}: a consent to look for the same actor hands over no keys`);
  if (consent.withdrawn !== null || new Date(payload.until) <= given.at) {
    throw new Problem("consent-expired", `${where}: the consent it names has ended or was withdrawn`, "Ask the person whose dossier it is for a new consent.");
  }
  if (!("desk" in grant.to) || payload.to.desk !== grant.to.desk || payload.to.role !== grant.role)
    throw missing(`${where}: the consent is for another desk or role`);
  if (!coversScope(given.workflow, payload.scope, grant, given.kindOfItem)) throw missing(`${where}: the consent does not reach as far as these keys`);
  return payload;
}

function checkReceiver(given: HandOverCase, grant: GrantPayload, where: string): void {
  if (!("desk" in grant.to)) return;
  const desk = given.desks.get(grant.to.desk);
  const wanted = deskFunctionOfRole[grant.role];
  if (desk === undefined || wanted === undefined || (wanted !== null && desk.function !== wanted)) {
    throw new Problem("requirement-missing", `${where}: there is no desk that can be ${grant.role} under this id`, "Look the desk up again.");
  }
  if ((grant.role === "employer" || grant.role === given.workflow.ownerSitsAt) && desk.organisation !== given.head.organisation) {
    throw new Problem(
      "requirement-missing",
      `${where}: the desk that receives keys as ${grant.role} is not of the organisation of this dossier`,
      "Choose the desk of that organisation.",
    );
  }
  if (desk.epoch !== grant.to.epoch)
    throw new Problem(
      "epoch-stale",
      `${where}: the desk is at epoch ${desk.epoch}, the keys are sealed to ${grant.to.epoch}`,
      "Read the desk's roster and hand over to its present key.",
    );
}

/** The owner's own copy of the dossier key, and single items to a person the owner consults, are the only hand-overs to persons. */
function checkPerson(given: HandOverCase, grant: GrantPayload, where: string): "own-copy" | "by-table" {
  if (!("person" in grant.to)) return "by-table";
  const own = grant.to.person === given.head.owner && grant.role === given.workflow.owner;
  if (own && given.granter === given.head.owner && grant.keys.scope === "dossier" && grant.consent === null) return "own-copy";
  if (grant.role === "consulted" && given.granter === given.head.owner) return "by-table";
  throw new Problem(
    "role-forbidden",
    `${where}: keys go to desks; to a person only as the owner's own copy or for consulting single items`,
    "Hand over to a desk.",
  );
}

/**
 * Judges one hand-over and says until when it lasts.
 * @throws {@link Problem} statement-mismatch, role-forbidden, requirement-missing, epoch-stale, consent-missing, consent-expired, not-found
 */
export function judgeGrant(given: HandOverCase, grant: VerifiedGrant, index: number): Grant {
  const { payload } = grant;
  const where = `/grants/${index}`;
  if (payload.dossier !== given.head.id || payload.by !== given.granter)
    throw new Problem("statement-mismatch", `${where}: the statement is about another dossier or by another person`, "Sign a hand-over for this dossier.");
  const until = payload.until === null ? null : new Date(payload.until);
  if (until !== null && until <= given.at) throw new Problem("consent-expired", `${where}: it ended before it began`, "Choose an end in the future.");
  const done = (end: Date | null): Grant => ({ payload, hash: grant.hash, statement: grant.statement, sealed: grant.sealed, until: end });
  if (checkPerson(given, payload, where) === "own-copy") return done(until);
  const rule = handOverRule(given.workflow, payload, given.roles, given.opening);
  checkReceiver(given, payload, where);
  if (payload.keys.scope === "items") {
    for (const { item } of payload.keys.items) {
      if (!given.kindOfItem.has(item))
        throw new Problem("requirement-missing", `${where}: item ${item} is not in this dossier`, "Name items that were submitted.");
    }
  }
  if (payload.consent !== null) {
    const consented = new Date(checkConsent(given, payload, payload.consent, where).until);
    return done(until !== null && until < consented ? until : consented);
  }
  if (given.workflow.consentAlways === true || (rule.consent && given.granter !== given.head.owner)) throw missing(`${where}: this hand-over needs a consent`);
  return done(until);
}

/** The roles a dossier begins with must each receive the dossier key at the opening, and the owner keeps a copy: nobody may lock themselves out. @throws {@link Problem} requirement-missing */
export function checkOpeningGrants(workflow: Workflow, owner: string, grants: readonly Grant[]): void {
  const handsTo = grants.flatMap(({ payload }) => (payload.keys.scope === "dossier" && "desk" in payload.to ? [payload.role] : []));
  for (const role of openingOf(workflow, handsTo).grants) {
    if (!grants.some(({ payload }) => payload.role === role && payload.keys.scope === "dossier" && "desk" in payload.to)) {
      throw new Problem(
        "requirement-missing",
        `A ${workflow.kind} dossier opens with its key handed to ${role}`,
        "Hand the dossier key to that desk in the first submission.",
      );
    }
  }
  if (!grants.some(({ payload }) => "person" in payload.to && payload.to.person === owner && payload.keys.scope === "dossier")) {
    throw new Problem(
      "requirement-missing",
      "The one who opens a dossier keeps a copy of its key",
      "Hand the dossier key to yourself in the first submission.",
    );
  }
}

/** Holds that keep a dossier from being erased for a while: read, made and ended on the person's own device. Called by the screens of a dossier and the CLI. */
import { newUuid, openJson, sealJson, signStatement, type ItemPlace } from "@rugdekking/seal";
import { digestOf, readStatement, rostersInForce, SealError, verifyStatement } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import {
  erasureTypes,
  HoldPayload,
  Holds,
  longestHoldReason,
  type HoldGround,
  type HoldLiftPayload,
  type HoldView,
} from "#services/dossier/contract/erasure.ts";
import { Problem } from "#services/problem/index.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { openDossier, type DossierHandle } from "./handle.ts";

const Reason = Type.Object({ version: Type.Literal(1), text: Type.String({ maxLength: longestHoldReason }) }, { additionalProperties: false });

/** Where a reason is sealed, so that none can be shown with another hold. */
const placeOf = (dossier: string, hold: string): ItemPlace => ({ dossier, item: hold, channel: "main" });

/** A hold that was checked. */
export interface Hold {
  readonly id: string;
  /** The desk that needs the dossier; null when its owner keeps it. */
  readonly desk: { readonly id: string; readonly name: string } | null;
  /** Who signed, as the desk's roster of that time names them; null for the owner. */
  readonly by: { readonly name: string; readonly office: string } | null;
  readonly ground: HoldGround;
  /** Null for who cannot open it: an owner who has lost the dossier sees who keeps it, until when and on what ground. */
  readonly reason: string | null;
  readonly until: string;
  readonly at: string;
  /** When it was ended before its time, as the server says; null when it was not. */
  readonly ended: string | null;
}

const forged = (): Problem =>
  new Problem("signature-invalid", "A hold is not signed by who could make it then", "Nothing of it is shown; tell whoever runs this server.");

async function checked(session: Session, dossier: string, view: HoldView, handle: DossierHandle | null): Promise<Hold> {
  const payload = parseAnswer(HoldPayload, readStatement(view.statement), "a hold");
  if (payload.dossier !== dossier) throw forged();
  const desk = payload.desk === null ? null : await session.trust.desk(payload.desk);
  const member =
    desk === null
      ? null
      : rostersInForce(
          desk.history.map(({ roster }) => roster),
          payload.at,
        )
          .flatMap(({ members }) => members)
          .findLast(({ person, lead }) => person === payload.by && lead);
  const owner = handle?.owner ?? (payload.by === session.person.person ? { person: payload.by, signPublicKey: session.person.sign.publicKey } : null);
  const key = desk === null ? (owner?.person === payload.by ? owner.signPublicKey : undefined) : member?.signPublicKey;
  if (key === undefined) throw forged();
  try {
    await verifyStatement(view.statement, erasureTypes.hold, key);
  } catch (error) {
    if (error instanceof SealError) throw forged();
    throw error;
  }
  return {
    id: payload.hold,
    desk: desk === null ? null : { id: desk.id, name: desk.name },
    by: member === null || member === undefined ? null : { name: member.name, office: member.office },
    ground: payload.ground,
    reason: await reasonOf(dossier, view, payload, handle),
    until: payload.until,
    at: payload.at,
    ended: view.lifted,
  };
}

async function reasonOf(dossier: string, view: HoldView, payload: HoldPayload, handle: DossierHandle | null): Promise<string | null> {
  const key = handle?.keys.dossierKey ?? null;
  if (key === null) return null;
  const sealed = base64urlnopad.decode(view.reason);
  if ((await digestOf(sealed)) !== payload.reason)
    throw new Problem("digest-mismatch", "The reason of a hold is not the one that was signed for", "Nothing of it is shown; tell whoever runs this server.");
  const opened = await openJson(sealed, key, placeOf(dossier, payload.hold));
  return Check(Reason, opened) ? opened.text : null;
}

/**
 * Every hold of a dossier, newest first; who signed it is held to the roster of its time.
 * @param handle the opened dossier; null for an owner who cannot open it any more
 * @throws {@link Problem} not-found, role-forbidden (only single items are shared with the caller), signature-invalid, digest-mismatch
 */
export async function readHolds(session: Session, dossier: string, handle: DossierHandle | null): Promise<Hold[]> {
  const { holds } = await session.connection.get(`/api/v1/dossiers/${encodeURIComponent(dossier)}/holds`, Holds);
  const all = await Promise.all(holds.map(async (view) => await checked(session, dossier, view, handle)));
  return all.toSorted((a, b) => b.at.localeCompare(a.at));
}

/**
 * Opens a dossier with its holds.
 * @returns `handle` null for an owner who has lost the dossier, while a desk still holds it
 * @throws as {@link readHolds} and `openDossier`
 */
export async function openHolds(
  session: Session,
  dossier: string,
  workflows: Partial<Workflows>,
): Promise<{ readonly handle: DossierHandle | null; readonly holds: readonly Hold[] }> {
  const handle = await openDossier(session, dossier, workflows).catch((error: unknown) => {
    if (error instanceof Problem && (error.code === "not-found" || error.code === "grant-ended")) return null;
    throw error;
  });
  return { handle, holds: await readHolds(session, dossier, handle) };
}

/** What is asked. */
export interface NewHold {
  /** The desk that needs the dossier, which the caller leads; null for the owner. */
  readonly desk: string | null;
  readonly ground: HoldGround;
  readonly reason: string;
  /** Last day it lasts, `YYYY-MM-DD`. */
  readonly until: string;
}

/**
 * Keeps a dossier from being erased until the end of a day. The reason is sealed: everyone who has the whole dossier can read it, the server cannot.
 * @throws {@link Problem} role-forbidden, input-malformed (the day is past, or more than a year away), not-found
 */
export async function placeHold(handle: DossierHandle, { desk, ground, reason, until }: NewHold): Promise<void> {
  const key = handle.keys.dossierKey;
  if (key === null) throw new Problem("role-forbidden", "You do not have the whole dossier", "Ask the person whose dossier it is.");
  const hold = newUuid();
  const sealed = await sealJson({ version: 1, text: reason.trim() } satisfies Static<typeof Reason>, key, placeOf(handle.id, hold));
  const { person } = handle.session;
  const payload: HoldPayload = {
    hold,
    dossier: handle.id,
    desk,
    by: person.person,
    ground,
    reason: await digestOf(sealed),
    until: new Date(`${until}T23:59:59`).toISOString(),
    at: await handle.statedTime(desk),
  };
  const statement = await signStatement(erasureTypes.hold, payload, person.sign);
  await handle.session.connection.command("POST", `/api/v1/dossiers/${handle.id}/holds`, { statement, reason: base64urlnopad.encode(sealed) });
}

/** Ends a hold before its time; what waited for it is erased then. @throws {@link Problem} role-forbidden, not-found */
export async function endHold(session: Session, dossier: string, hold: string): Promise<void> {
  const payload: HoldLiftPayload = { hold, dossier, by: session.person.person, at: new Date().toISOString() };
  const statement = await signStatement(erasureTypes.holdLift, payload, session.person.sign);
  await session.connection.command("POST", `/api/v1/dossiers/${encodeURIComponent(dossier)}/holds/${encodeURIComponent(hold)}/end`, { statement });
}

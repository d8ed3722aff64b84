/** Asking the support team for help in one step, with or without an account, and opening the request again. Everything is sealed here before it leaves. */
import { generateReceiptCode, guestFromReceipt, parseReceiptCode } from "@rugdekking/seal";
import type { Connection, Session, Trust, VerifiedDesk } from "#services/directory/client/index.ts";
import {
  openDossier,
  openNewDossier,
  prepareDossier,
  type DossierEntry,
  type DossierHandle,
  type PreparedDossier,
  type Writer,
} from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import { helpBodies, type HelpContent, type HelpCover, type HelpKind, type HelpRequestBody } from "#services/support/contract/index.ts";
import { help as workflow } from "#services/support/workflow/index.ts";
import { askedFact } from "./facts.ts";

/** What the person told; the version is filled in. */
export type HelpDraft = Omit<HelpRequestBody, "version">;

/** A request for help. */
export interface AskHelp {
  /** A signed-in person, or a guest. A guest's code may be made before, so that a second try after a failure makes the same dossier. */
  readonly as: { readonly session: Session } | { readonly guest: true; readonly receiptCode?: string };
  readonly trust: Trust;
  /** Support desk that receives it; its roster is verified before anything is sealed to it. */
  readonly desk: string;
  readonly request: HelpDraft;
  /** Give the same again to go on after a failure. Default: a fresh one. */
  readonly prepared?: PreparedDossier;
}

/** What asking gives. */
export interface AskedHelp {
  readonly dossier: string;
  /** Checked against the pinned log. */
  readonly receipt: Receipt;
  /** For a guest: the only way back. Null when signed in. */
  readonly receiptCode: string | null;
  /** An earlier try had arrived: the dossier holds what was told then, not what was changed since. */
  readonly earlier: boolean;
}

/** The support teams there are, each verified. @throws {@link Problem} signature-invalid, unavailable. */
export const supportDesks = (trust: Trust): Promise<VerifiedDesk[]> => trust.desks({ function: "support" });

/** First words of what was said; empty when nothing was, then the worklist names kind and day. */
const titleOf = (words: string): string => {
  const plain = words.trim().replace(/\s+/g, " ");
  return plain.length <= 80 ? plain : `${plain.slice(0, 79).trimEnd()}…`;
};

/**
 * Asks for help: verifies the desk, seals the request, hands the key to the support team and to nobody else, and waits for the receipt.
 *
 * [Note: A request for help is the team's] The dossier belongs to the organisation of the support team, not to the person's employer: the server learns that someone asked this team for help, and not from which
 * municipality. That stands in the sealed body, if the person wants to say it.
 * @throws {@link Problem} signature-invalid (the desk does not verify: nothing was sealed to it), role-forbidden (not a support team), server codes.
 */
export async function askHelp(connection: Connection, given: AskHelp): Promise<AskedHelp> {
  const receiptCode = "guest" in given.as ? parseReceiptCode(given.as.receiptCode ?? generateReceiptCode()) : null;
  const writer: Writer =
    "session" in given.as ? given.as.session : { connection, trust: given.trust, person: await guestFromReceipt(receiptCode ?? ""), guest: true };
  const desk = await given.trust.desk(given.desk);
  if (desk.function !== "support")
    throw new Problem("role-forbidden", `Desk ${desk.name} is not a support team by its signed roster`, "Choose the support team; nothing was sent.");
  const prepared = given.prepared ?? prepareDossier();
  const urgency = given.request.acute ? "acute" : "normal";
  const body: HelpRequestBody = { ...given.request, version: 1 };
  const cover: HelpCover = {
    version: 1,
    title: titleOf(body.words),
    name: body.name.slice(0, 120),
    seeker: body.answers.seeker,
    urgency,
  };
  const { receipt, earlier } = await openNewDossier(writer, prepared, {
    kind: "help",
    workflow,
    organisation: desk.organisation,
    urgency,
    body,
    cover,
    grants: [{ role: "support-team", desk: desk.id, keys: { scope: "dossier" }, consent: null, until: null }],
  });
  const { dossier } = prepared;
  leaveFact(async () => ({ dossier, person: writer.person.person, organisation: null, fact: askedFact(body) }));
  return { dossier, receipt, receiptCode, earlier };
}

/** Opens a help dossier; see `openDossier`. @throws {@link Problem} not-found for a dossier of another kind. */
export const openHelp = (session: Session, id: string): Promise<DossierHandle> => openDossier(session, id, { help: workflow });

const isHelpKind = (kind: string): kind is HelpKind => Object.hasOwn(helpBodies, kind);

/**
 * Opens the body of an entry, with its kind to switch on.
 * @throws {@link Problem} role-forbidden (no key), digest-mismatch, input-malformed.
 */
export async function readHelp(handle: DossierHandle, entry: DossierEntry): Promise<HelpContent> {
  const { kind } = entry.header;
  if (!isHelpKind(kind))
    throw new Problem("input-malformed", `An entry of kind ${kind} does not belong in a request for help`, "Tell whoever runs this server.");
  return contentOf(kind, handle, entry);
}

async function contentOf(kind: HelpKind, handle: DossierHandle, entry: DossierEntry): Promise<HelpContent> {
  switch (kind) {
    case "help-request":
      return { kind, body: await handle.readBody(entry, helpBodies["help-request"]) };
    case "message":
      return { kind, body: await handle.readBody(entry, helpBodies.message) };
    case "help-offer":
      return { kind, body: await handle.readBody(entry, helpBodies["help-offer"]) };
    case "aftercare-plan":
      return { kind, body: await handle.readBody(entry, helpBodies["aftercare-plan"]) };
    case "outcome":
      return { kind, body: await handle.readBody(entry, helpBodies.outcome) };
    case "withdrawal":
      return { kind, body: await handle.readBody(entry, helpBodies.withdrawal) };
  }
}

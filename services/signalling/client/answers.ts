/** The steps of a signal after it was raised, one function each; the workflow table says who may take which. */
import {
  append,
  consent,
  consentFor,
  openDossier,
  uploadAll,
  withdrawConsent,
  type AttachmentSource,
  type DossierHandle,
  type GrantPlan,
  type UploadOptions,
} from "#services/dossier/client/index.ts";
import type { DossierRole, Receipt } from "#services/dossier/contract/index.ts";
import type { EvidenceBody, MessageBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { lengthOf, type TermLengths } from "#services/dossier/workflow/lengths.ts";
import { dueMoment } from "#services/dossier/workflow/terms.ts";
import { Problem } from "#services/problem/index.ts";
import {
  SignalBody,
  SignalCover,
  type DecisionBody,
  type FeedbackBody,
  type ProvisionalBody,
  type ReceiptBody,
  type RedirectionBody,
  type RegistrationBody,
  type SignalFact,
  type SignalOutcomeBody,
  type SignedBy,
  type WeighingBody,
} from "#services/signalling/contract/index.ts";
import { chainOf, factOf, type ChainEntry, type DueOf, type Station } from "#services/signalling/facts/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";

/** Name and office of the reader in the signed roster of a desk that takes part in one of these roles. @throws {@link Problem} role-forbidden when the reader is in none. */
async function signerOf(handle: DossierHandle, roles: readonly DossierRole[]): Promise<SignedBy> {
  for (const { role, desk } of handle.view.participants) {
    if (!roles.includes(role) || desk === null || !handle.session.desks.includes(desk)) continue;
    const member = (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === handle.session.person.person);
    if (member !== undefined) return { name: member.name.slice(0, 400), office: member.office.slice(0, 400) };
  }
  throw new Problem("role-forbidden", "You are not in the signed roster of a desk that may do this", "Ask a colleague of that desk.");
}

const answering = ["police", "prosecution", "chief-prosecutor"] as const;

const table: Workflow = signal;

/** The cover with one more step, for the lists. */
async function coverAfter(handle: DossierHandle, action: string): Promise<SignalCover | undefined> {
  const cover = await handle.readCover(SignalCover);
  const rule = table.phases[handle.view.phase]?.[action];
  if (cover === null || rule === undefined) return undefined;
  return { ...cover, lengths: handle.view.termLengths, steps: [...cover.steps, { phase: rule.to, at: new Date().toISOString() }].slice(-40) };
}

/** The hand-over of the whole signal to a role the person consented to from the start; none when that desk has it already. @throws {@link Problem} consent-missing */
function handOn(handle: DossierHandle, role: DossierRole): GrantPlan[] {
  const covering = consentFor(handle.consents, role);
  if (covering === null)
    throw new Problem(
      "consent-missing",
      `No valid consent lets ${role} read this signal: it was withdrawn or has ended`,
      "Ask the office-holder for a new one, by a message here.",
    );
  const { desk } = covering.to;
  const there = handle.view.participants.some(
    (one) => one.role === role && one.desk === desk && one.scope === "dossier" && (one.until === null || Date.parse(one.until) > Date.now()),
  );
  return there ? [] : [{ role, desk, keys: { scope: "dossier" }, consent: covering.hash, until: null }];
}

/** Received, in one tap. @throws {@link Problem} role-forbidden, phase-forbidden (someone else did). */
export async function receive(handle: DossierHandle, given: { readonly reference?: string; readonly text?: string } = {}): Promise<Receipt> {
  const action = handle.view.phase === "raised-around" ? "receive-around" : "receive";
  const body: ReceiptBody = { version: 1, signedBy: await signerOf(handle, answering), reference: given.reference ?? "", text: given.text ?? "" };
  return append(handle, { kind: "receipt", action, body, cover: await coverAfter(handle, action) });
}

/** What a weighing may say; everything may stay empty: heard, no details. */
export interface Weighing {
  readonly text?: string;
  readonly reference?: string;
}

/** The RCCB's first weighing. Serious: the OM's adviser is handed the signal under the consent signed at the start. @throws {@link Problem} role-forbidden, phase-forbidden, consent-missing. */
export async function weigh(handle: DossierHandle, outcome: "serious" | "basic-policing", given: Weighing = {}): Promise<Receipt> {
  const action = outcome === "serious" ? "weigh-serious" : "weigh-basic";
  const body: WeighingBody = { version: 1, signedBy: await signerOf(handle, ["police"]), outcome, text: given.text ?? "", reference: given.reference ?? "" };
  return append(handle, {
    kind: "weighing",
    action,
    body,
    grants: outcome === "serious" ? handOn(handle, "prosecution") : [],
    cover: await coverAfter(handle, action),
  });
}

/** The adviser puts it before the chief prosecutor; from feedback it is a re-test. @throws {@link Problem} role-forbidden, phase-forbidden, consent-missing. */
export async function present(handle: DossierHandle, given: Weighing = {}): Promise<Receipt> {
  const action = handle.view.phase === "fed-back" ? "retest" : "present";
  const body: WeighingBody = {
    version: 1,
    signedBy: await signerOf(handle, ["prosecution"]),
    outcome: "presented",
    text: given.text ?? "",
    reference: given.reference ?? "",
  };
  return append(handle, { kind: "weighing", action, body, grants: handOn(handle, "chief-prosecutor"), cover: await coverAfter(handle, action) });
}

const decisions = { "local-measures": "decide-local", nominated: "decide-nominate", "basic-policing": "decide-basic" } as const;

/**
 * The chief prosecutor decides, with a signature over exactly the weighing that was read.
 * @throws {@link Problem} own-work (who presented it may not decide), requirement-missing, role-forbidden, phase-forbidden.
 */
export async function decide(
  handle: DossierHandle,
  decision: DecisionBody["decision"],
  given: { readonly text?: string; readonly retestOn?: DecisionBody["retestOn"] } = {},
): Promise<Receipt> {
  const weighing = handle.newest("weighing");
  if (weighing === null) throw new Problem("requirement-missing", "There is no weighing to decide on", "Read the signal again.");
  const action = decisions[decision];
  const body: DecisionBody = {
    version: 1,
    signedBy: await signerOf(handle, ["chief-prosecutor"]),
    decision,
    text: given.text ?? "",
    retestOn: given.retestOn ?? null,
  };
  return append(handle, { kind: "decision", action, decides: weighing.header.body, body, cover: await coverAfter(handle, action) });
}

/** Not ours: points on. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function redirect(handle: DossierHandle, to: RedirectionBody["to"], reason: string): Promise<Receipt> {
  const action = handle.view.phase === "raised-around" ? "redirect-around" : "redirect";
  const body: RedirectionBody = { version: 1, signedBy: await signerOf(handle, answering), to, reason };
  return append(handle, { kind: "redirection", action, body, cover: await coverAfter(handle, action) });
}

/** Provisional measures were taken at once. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function recordProvisional(handle: DossierHandle, given: { readonly text?: string; readonly settledWithProsecution: boolean }): Promise<Receipt> {
  const body: ProvisionalBody = {
    version: 1,
    signedBy: await signerOf(handle, ["police", "prosecution"]),
    text: given.text ?? "",
    settledWithProsecution: given.settledWithProsecution,
  };
  return append(handle, { kind: "provisional", body });
}

/** Feedback to the office-holder; without words it says: heard, no details. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function feedBack(handle: DossierHandle, given: { readonly text?: string; readonly next?: string } = {}): Promise<Receipt> {
  const text = given.text ?? "";
  const body: FeedbackBody = {
    version: 1,
    signedBy: await signerOf(handle, answering),
    answer: text.trim() === "" ? "no-details" : "told",
    text,
    next: given.next ?? "",
  };
  return append(handle, { kind: "feedback", action: "feedback", body, cover: await coverAfter(handle, "feedback") });
}

/** VPT-code, number of the aangifte, expectations under the ELA. @throws {@link Problem} role-forbidden. */
export const register = (handle: DossierHandle, body: Omit<RegistrationBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "registration", body: { ...body, version: 1 } satisfies RegistrationBody });

async function words(handle: DossierHandle, action: string | null, text: string, grants: readonly GrantPlan[] = []): Promise<Receipt> {
  const body: MessageBody = { version: 1, text, attachments: [] };
  return append(handle, { kind: "message", action, body, grants, ...(action === null ? {} : { cover: await coverAfter(handle, action) }) });
}

/** A message, either way. @throws {@link Problem} role-forbidden. */
export const sendSignalMessage = (handle: DossierHandle, text: string): Promise<Receipt> => words(handle, null, text);

/** New facts: the police weigh again; also opens a closed signal. @throws {@link Problem} role-forbidden (only the owner), phase-forbidden. */
export const weighAgain = (handle: DossierHandle, text: string): Promise<Receipt> =>
  words(handle, handle.view.phase === "closed" ? "reopen" : "weigh-again", text);

/** More evidence from the person. @throws {@link Problem} role-forbidden, upload codes. */
export async function addSignalEvidence(
  handle: DossierHandle,
  note: string,
  attachments: readonly AttachmentSource[],
  options: UploadOptions = {},
): Promise<Receipt> {
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this signal", "Ask the person whose dossier it is.");
  const { references, notes } = await uploadAll(handle.session.connection, { dossier: handle.id, channel: "main" }, attachments, key, options);
  return append(handle, { kind: "evidence", body: { version: 1, note, attachments: notes } satisfies EvidenceBody, attachments: references });
}

/** The person ends it; no reason is needed. What was read stays read. @throws {@link Problem} phase-forbidden once a decision was taken. */
export async function withdrawSignal(handle: DossierHandle, reason = ""): Promise<Receipt> {
  return append(handle, {
    kind: "withdrawal",
    action: "withdraw",
    body: { version: 1, reason } satisfies WithdrawalBody,
    cover: await coverAfter(handle, "withdraw"),
  });
}

/**
 * Takes back what was consented to for one desk: its hand-overs in the signal end, and so do those of the items that were shared from other dossiers for it.
 * The server delivers nothing more; what was read cannot be unread.
 * @param workflows tables of the dossiers items may come from, as the app wires them
 * @returns how many consents ended.
 * @throws {@link Problem} role-forbidden (only the owner), unavailable.
 */
export async function revoke(handle: DossierHandle, desk: string, workflows: Partial<Workflows>): Promise<number> {
  const now = Date.now();
  const standing = (one: DossierHandle): string[] =>
    one.consents
      .filter(({ to, purpose, withdrawn, until }) => to.desk === desk && purpose === "signal" && withdrawn === null && Date.parse(until) > now)
      .map(({ hash }) => hash);
  let ended = 0;
  for (const hash of standing(handle)) {
    await withdrawConsent(handle.session, handle.id, hash);
    ended += 1;
  }
  for (const source of await sourcesOf(handle)) {
    const shared = await openDossier(handle.session, source, workflows);
    for (const hash of standing(shared)) {
      await withdrawConsent(handle.session, source, hash);
      ended += 1;
    }
  }
  await handle.refresh();
  return ended;
}

/** Dossiers from which items went along. */
async function sourcesOf(handle: DossierHandle): Promise<string[]> {
  const first = handle.newest("signal");
  if (first === null || !first.readable) return [];
  const { shared } = await handle.readBody(first, SignalBody);
  return [...new Set(shared.map(({ dossier }) => dossier))];
}

/** Terms for a signal of this urgency, by the house's own lengths where they are known: what the stations are counted by. */
export const dueFor =
  (urgency: "acute" | "normal", lengths: TermLengths = {}): DueOf =>
  (phase, at) => {
    const rule = table.terms[phase];
    return rule === undefined ? null : dueMoment(at, lengthOf(rule, urgency, lengths));
  };

const dueOf = (handle: DossierHandle): DueOf => dueFor(handle.entries[0]?.header.urgency ?? "normal", handle.view.termLengths);

const chainEntries = (handle: DossierHandle): ChainEntry[] => handle.entries.map(({ header, received }) => ({ action: header.action, at: received }));

/** Whether the road began with the OM. */
const wentAround = (handle: DossierHandle): boolean =>
  handle.view.phase === "raised-around" || handle.entries.some(({ header: { action } }) => action === "receive-around" || action === "redirect-around");

/** The five stations of an opened signal. */
export const stationsOf = (handle: DossierHandle, now: Date = new Date()): Station[] => chainOf(chainEntries(handle), dueOf(handle), now, wentAround(handle));

/** The anonymous fact that closing would keep now: shown before anyone closes. @throws {@link Problem} role-forbidden (no key). */
export async function factBefore(handle: DossierHandle): Promise<SignalFact> {
  const first = handle.newest("signal");
  const unit = first === null ? null : (await handle.readBody(first, SignalBody)).route.unit;
  return factOf(chainEntries(handle), dueOf(handle), unit, new Date(), wentAround(handle));
}

/** Ends it with an outcome, and keeps the anonymous fact that whoever closes was shown. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function closeSignal(handle: DossierHandle, text: string): Promise<Receipt> {
  const body: SignalOutcomeBody = { version: 1, text, fact: await factBefore(handle) };
  return append(handle, { kind: "outcome", action: "close", body, cover: await coverAfter(handle, "close") });
}

/** To the desk it was pointed to, under a new consent; the desk that pointed on gets nothing more. @throws {@link Problem} role-forbidden (only the owner), phase-forbidden. */
export async function raiseAgain(handle: DossierHandle, police: string, text: string, workflows: Partial<Workflows>, until?: string): Promise<Receipt> {
  const desk = await handle.session.trust.desk(police);
  if (desk.function !== "police")
    throw new Problem("role-forbidden", `Desk ${desk.name} is no desk of the police by its signed roster`, "Choose another desk; nothing was sent.");
  const before = handle.view.participants.flatMap((one) => (one.role === "police" && one.desk !== null && one.desk !== police ? [one.desk] : []));
  const end = until ?? new Date(Date.now() + 365 * 86_400_000).toISOString();
  const signed = await consent(handle.session, {
    dossier: handle.id,
    to: { desk: desk.id, role: "police" },
    purpose: "signal",
    scope: { everything: true },
    until: end,
  });
  const body: MessageBody = { version: 1, text, attachments: [] };
  const receipt = await append(handle, {
    kind: "message",
    action: "raise-again",
    body,
    consents: [signed],
    grants: [{ role: "police", desk: desk.id, keys: { scope: "dossier" }, consent: signed.hash, until: null }],
    cover: await coverAfter(handle, "raise-again"),
  });
  for (const one of new Set(before)) await revoke(handle, one, workflows);
  return receipt;
}

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
import { leaveFact } from "#services/figures/contract/sink.ts";
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
import { chainOf, keptFact, type ChainEntry, type DueOf, type Station } from "#services/signalling/facts/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { alreadyShared, shareItems } from "./raise.ts";

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
export async function coverAfter(handle: DossierHandle, action: string): Promise<SignalCover | undefined> {
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

/** New facts: whoever weighed it weighs again, the OM where the road went around the driehoek; also opens a closed signal. @throws {@link Problem} role-forbidden (only the owner), phase-forbidden. */
export const weighAgain = (handle: DossierHandle, text: string): Promise<Receipt> => {
  const action = handle.view.phase === "closed" ? "reopen" : "weigh-again";
  return words(handle, wentAround(handle) ? `${action}-around` : action, text);
};

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

/** Standing consents to a desk for this purpose. */
export const standingFor = (handle: DossierHandle, desk: string): string[] =>
  handle.consents
    .filter(({ to, purpose, withdrawn, until }) => to.desk === desk && purpose === "signal" && withdrawn === null && Date.parse(until) > Date.now())
    .map(({ hash }) => hash);

/** What went along with the signal, from which dossiers. */
async function sharedWith(handle: DossierHandle): Promise<SignalBody["shared"]> {
  const first = handle.newest("signal");
  return first === null || !first.readable ? [] : (await handle.readBody(first, SignalBody)).shared;
}

/**
 * Takes back what was consented to for one desk: the items that were shared for it first, then the signal itself, so that an attempt that was cut off still shows the desk and can be made again.
 * The server delivers nothing more; what was read cannot be unread. A dossier items came from that cannot be reached keeps its consent, and never that to the signal.
 * @param workflows tables of the dossiers items may come from, as the app wires them
 * @returns how many consents ended.
 * @throws {@link Problem} role-forbidden (only the owner), unavailable; whatever stood in the way of the items, once the signal's own consent has ended.
 */
export async function revoke(handle: DossierHandle, desk: string, workflows: Partial<Workflows>): Promise<number> {
  let ended = 0;
  const end = async (one: DossierHandle): Promise<void> => {
    for (const hash of standingFor(one, desk)) {
      await withdrawConsent(handle.session, one.id, hash);
      ended += 1;
    }
  };
  const failures: unknown[] = [];
  const attempt = async <T>(what: () => Promise<T>): Promise<T | null> => {
    try {
      return await what();
    } catch (error) {
      failures.push(error);
      return null;
    }
  };
  for (const { dossier } of (await attempt(async () => await sharedWith(handle))) ?? [])
    await attempt(async () => await end(await openDossier(handle.session, dossier, workflows)));
  await end(handle);
  await handle.refresh();
  if (failures.length > 0) throw failures[0];
  return ended;
}

/** A desk of police or OM in a signal. */
export interface AnsweringDesk {
  readonly desk: string;
  readonly role: Extract<DossierRole, "police" | "prosecution" | "chief-prosecutor">;
}

const isAnswering = (role: DossierRole): role is AnsweringDesk["role"] => answering.some((one) => one === role);
const holds = (handle: DossierHandle, desk: string): boolean =>
  handle.view.participants.some((one) => one.desk === desk && one.scope === "dossier" && (one.until === null || Date.parse(one.until) > Date.now()));

/** Desks of police and OM that hold the signal and may answer it in its present phase: those a link makes sense for. None while the phase waits for the person themselves: nobody is asked for an answer then. */
export function answeringNow(handle: DossierHandle): AnsweringDesk[] {
  if (table.terms[handle.view.phase]?.waitsFor === table.owner) return [];
  const found = new Map<string, AnsweringDesk>();
  const rules = Object.values(table.phases[handle.view.phase] ?? {});
  for (const { desk, role } of handle.view.participants)
    if (desk !== null && isAnswering(role) && holds(handle, desk) && rules.some(({ by }) => by.includes(role))) found.set(desk, { desk, role });
  return [...found.values()];
}

/** Desks that hold the signal now and were not given the items that go along with it: it came to them later, and the person decides. @throws {@link Problem} unavailable. */
export async function awaitingItems(handle: DossierHandle, workflows: Partial<Workflows>): Promise<AnsweringDesk[]> {
  const holding = handle.consents
    .filter(({ to, hash }) => isAnswering(to.role) && holds(handle, to.desk) && standingFor(handle, to.desk).includes(hash))
    .flatMap(({ to: { desk, role } }): AnsweringDesk[] => (isAnswering(role) ? [{ desk, role }] : []));
  const missing = new Map<string, AnsweringDesk>();
  for (const { dossier, items } of holding.length === 0 ? [] : await sharedWith(handle)) {
    const source = await openDossier(handle.session, dossier, workflows);
    const ids = items.map(({ item }) => item);
    for (const one of holding) if (!alreadyShared(source, one.desk, ids, new Date().toISOString())) missing.set(one.desk, one);
  }
  return [...missing.values()];
}

/** Gives a desk that holds the signal the items that go along with it, as long as its consent to the signal lasts. @returns from how many dossiers. @throws {@link Problem} consent-missing, role-forbidden. */
export async function shareAlong(handle: DossierHandle, desk: string, workflows: Partial<Workflows>): Promise<number> {
  const covering = handle.consents.find(({ hash }) => standingFor(handle, desk).includes(hash));
  if (covering === undefined) throw new Problem("consent-missing", "No valid consent lets this desk read the signal", "Give consent again first.");
  return shareUntil(handle, desk, covering.until, workflows);
}

/** The same until a given end. */
export async function shareUntil(handle: DossierHandle, id: string, until: string, workflows: Partial<Workflows>): Promise<number> {
  const desk = await handle.session.trust.desk(id);
  let shared = 0;
  for (const { dossier, items } of await sharedWith(handle)) {
    const source = await openDossier(handle.session, dossier, workflows);
    if (
      await shareItems(
        source,
        items.map(({ item }) => item),
        desk,
        until,
      )
    )
      shared += 1;
  }
  return shared;
}

/** Desks the person once consented to and no longer does: taken back, or ended by its date. Not one whose place another desk has taken since. */
export const lapsedDesks = (handle: DossierHandle): AnsweringDesk[] => {
  const lapsed = new Map<string, AnsweringDesk>();
  const asked = handle.consents.filter(({ purpose }) => purpose === "signal");
  const filled = new Set(asked.filter(({ to, hash }) => standingFor(handle, to.desk).includes(hash)).map(({ to }) => to.role));
  for (const { to } of asked) if (isAnswering(to.role) && !filled.has(to.role)) lapsed.set(to.desk, { desk: to.desk, role: to.role });
  return [...lapsed.values()];
};

/** How long a consent lasts when nobody says otherwise. */
export const aYear = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString();

/**
 * Consents again to a desk whose consent was taken back or has ended; a desk that held the signal before gets it again, another when it comes to that.
 * @throws {@link Problem} role-forbidden (only the owner), phase-forbidden once the signal was withdrawn.
 */
export async function consentAgain(handle: DossierHandle, { desk, role }: AnsweringDesk, text: string, until: string = aYear()): Promise<Receipt> {
  const signed = await consent(handle.session, { dossier: handle.id, to: { desk, role }, purpose: "signal", scope: { everything: true }, until });
  const held = handle.view.participants.some((one) => one.desk === desk && one.role === role);
  return append(handle, {
    kind: "message",
    body: { version: 1, text, attachments: [] } satisfies MessageBody,
    consents: [signed],
    grants: held ? [{ role, desk, keys: { scope: "dossier" }, consent: signed.hash, until: null }] : [],
  });
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
export const wentAround = (handle: DossierHandle): boolean =>
  handle.view.phase === "raised-around" || handle.entries.some(({ header: { action } }) => action === "receive-around" || action === "redirect-around");

/** The five stations of an opened signal. */
export const stationsOf = (handle: DossierHandle, now: Date = new Date()): Station[] => chainOf(chainEntries(handle), dueOf(handle), now, wentAround(handle));

/**
 * The police unit a signal was put before last, by what its owner signed: the newest consent to a desk of the police, and before there is one the road they chose. Never by the cover, which whoever holds the
 * key may rewrite: a unit could be given the lateness of another. @throws {@link Problem} signature-invalid, unavailable.
 */
export async function signedUnit(handle: DossierHandle): Promise<string | null> {
  const [asked] = handle.consents
    .filter(({ to, purpose }) => to.role === "police" && purpose === "signal")
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (asked !== undefined) return (await handle.session.trust.desk(asked.to.desk)).organisation.slice(0, 40);
  const first = handle.newest("signal");
  return first === null || !first.readable ? null : (await handle.readBody(first, SignalBody)).route.unit;
}

/** The anonymous fact that closing would keep now: shown before anyone closes. @throws {@link Problem} role-forbidden (no key). */
export async function factBefore(handle: DossierHandle): Promise<SignalFact> {
  return keptFact(chainEntries(handle), dueOf(handle), await signedUnit(handle), new Date(), wentAround(handle));
}

/** Ends it with an outcome, and keeps the anonymous fact that whoever closes was shown. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function closeSignal(handle: DossierHandle, text: string): Promise<Receipt> {
  const fact = await factBefore(handle);
  const body: SignalOutcomeBody = { version: 1, text, fact };
  const receipt = await append(handle, { kind: "outcome", action: "close", body, cover: await coverAfter(handle, "close") });
  leaveFact(async () => {
    const { regions } = await import("#registers/regions/index.ts");
    return {
      dossier: handle.id,
      person: handle.session.person.person,
      organisation: null,
      // A unit that the register does not name would be a mark on the fact.
      fact: { ...fact, kind: "signal-closed", unit: regions.units.has(fact.unit ?? "") ? fact.unit : null },
    };
  });
  return receipt;
}

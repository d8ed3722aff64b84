/**
 * One actor, many victims: contributes keyed fingerprints of what a dossier knows of an actor, and tells how many other desks have the same. Values are spelled, blinded and unblinded here;
 * the server sees random points and opaque fingerprints. Screens and the command line call it.
 */
import { handOver, takeOver } from "@rugdekking/seal";
import { digestOf, SealError } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import Type, { type Static } from "typebox";
import { parseAnswer, type OpenDesk, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { append, consent, type DossierHandle, type VerifiedConsent } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { actorKinds, spell, type ActorKind, type ActorValue } from "#services/signalling/contract/actor-values.ts";
import {
  ContributionCounts,
  Evaluated,
  mostAtOnce,
  StandingContributions,
  type Contribution,
  type Others,
  type StandingContribution,
} from "#services/signalling/contract/same-actor.ts";
import { heldNetwork, readNetworkState, type HeldNetwork, type NetworkState } from "./network.ts";
import { blind, fingerprintUnder, inputOf, markUnder, unblind } from "./oblivious.ts";

export { admitDesk, askForNetwork, makeNetwork, readNetworkState, verifiedWaiting, type Network, type NetworkState } from "./network.ts";

const placeOf = (desk: string): string => `/api/v1/fingerprints/desks/${encodeURIComponent(desk)}`;

/** What a label says, sealed to the desk: which dossier, and what the value was. A text is kept as its hash and its first words. `mark`: made with the network key ([Note: Labels are marked]). */
const Label = Type.Object(
  {
    dossier: Uuid,
    kind: Type.Enum(actorKinds),
    spelled: Type.String({ maxLength: 210 }),
    words: Type.String({ maxLength: 80 }),
    mark: Type.String({ maxLength: 22 }),
  },
  { additionalProperties: false },
);
type Label = Static<typeof Label>;

/** Every label is this long, so that its length tells no kind; the most one hand-over holds. */
const labelBytes = 256;

/** A value ready to be blinded, and what its label will say. */
interface Ready {
  readonly kind: ActorKind;
  /** Spelled value; of a text the SHA-256 of it. */
  readonly spelled: string;
  readonly words: string;
}

/** Cut so that the label fits whatever the letters weigh. */
function cutTo(text: string, bytes: number): string {
  let cut = "";
  for (const letter of text) {
    if (new TextEncoder().encode(JSON.stringify(cut + letter)).length > bytes) break;
    cut += letter;
  }
  return cut;
}

async function ready(value: ActorValue): Promise<Ready> {
  const { kind, spelled } = spell(value);
  if (kind !== "text") return { kind, spelled, words: "" };
  return { kind, spelled: await digestOf(new TextEncoder().encode(spelled)), words: cutTo(spelled, 60) };
}

/** Fingerprints of values, in order: blinded, evaluated in batches, every proof checked. @throws {@link Problem} quota-reached, signature-invalid */
async function fingerprints(session: Session, desk: string, network: HeldNetwork, values: readonly Ready[]): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < values.length; at += mostAtOnce) {
    const blinded = values.slice(at, at + mostAtOnce).map(({ kind, spelled }) => blind(inputOf(kind, spelled)));
    const answer = await session.connection.post(
      `${placeOf(desk)}/evaluations`,
      { blinded: blinded.map((one) => base64urlnopad.encode(one.blinded)) },
      Evaluated,
    );
    const outputs = unblind(blinded, answer, network.publicKey);
    made.push(...(await Promise.all(outputs.map((output) => fingerprintUnder(network.key, output)))));
  }
  return made;
}

const contextOf = (id: string, desk: string, epoch: number): Parameters<typeof handOver>[2] => ({ purpose: "label", subject: id, to: `${desk}/${epoch}` });

const markOf = (key: Uint8Array<ArrayBuffer>, desk: string, id: string, { dossier, kind, spelled, words }: Omit<Label, "mark">): Promise<string> =>
  markUnder(key, JSON.stringify([desk, id, dossier, kind, spelled, words]));

async function sealLabel(desk: OpenDesk, key: Uint8Array<ArrayBuffer>, id: string, told: Omit<Label, "mark">): Promise<string> {
  const label: Label = { ...told, mark: await markOf(key, desk.id, id, told) };
  const bytes = new TextEncoder().encode(JSON.stringify(label));
  if (bytes.length > labelBytes) throw new Problem("input-malformed", "This value is too long", "Give the name, number or address alone.");
  const padded = new Uint8Array(labelBytes).fill(0x20);
  padded.set(bytes);
  return handOver(padded, desk.epochPublicKey, contextOf(id, desk.id, desk.epoch));
}

/** The consent under which a desk may contribute from a dossier; null when there is none that stands. */
export function standingConsent(handle: Pick<DossierHandle, "consents">, desk: string): VerifiedConsent | null {
  const now = Date.now();
  return (
    handle.consents.find(
      ({ purpose, to, withdrawn, until }) => purpose === "same-actor" && to.desk === desk && withdrawn === null && Date.parse(until) > now,
    ) ?? null
  );
}

/** What the office-holder agrees to. */
export interface ConsentToLook {
  /** The safety desk that may contribute. */
  readonly desk: string;
  /** Said to the desk along with it. */
  readonly text: string;
  /** End, UTC. */
  readonly until: string;
}

/**
 * The person whose dossier it is agrees that their safety desk contributes fingerprints from it (purpose `same-actor`). It hands over no key; it can be withdrawn like every consent, and the desk then takes
 * the contributions back ({@link tidy}).
 * @throws {@link Problem} role-forbidden for anyone else, or when the desk takes no part in the dossier.
 */
export async function consentToLook(handle: DossierHandle, { desk, text, until }: ConsentToLook): Promise<Receipt> {
  if (!handle.mine) throw new Problem("role-forbidden", "Only the person whose dossier it is can agree to this", "Ask them.");
  const part = handle.view.participants.find((one) => one.desk === desk && one.role === "safety-desk");
  if (part === undefined)
    throw new Problem("role-forbidden", "This desk takes no part in the dossier as a safety desk", "Choose the safety desk that helps you.");
  const signed = await consent(handle.session, {
    dossier: handle.id,
    to: { desk, role: "safety-desk" },
    purpose: "same-actor",
    scope: { everything: true },
    until,
  });
  return append(handle, { kind: "message", body: { version: 1, text, attachments: [] }, consents: [signed] });
}

/** What a value came to. */
export interface Answer {
  readonly kind: ActorKind;
  /** As it was compared; of a text its first words. */
  readonly shown: string;
  readonly others: Others;
}

const shown = ({ kind, spelled, words }: Pick<Label, "kind" | "spelled" | "words">): string => (kind === "text" ? words : spelled);

/**
 * Contributes values of a dossier and tells how many other desks have each.
 * @throws {@link Problem} consent-missing; input-malformed for a value that is none; requirement-missing without the network key; quota-reached; signature-invalid when the server's proof does not hold.
 */
export async function contribute(
  session: Session,
  deskId: string,
  handle: Pick<DossierHandle, "id" | "consents">,
  values: readonly ActorValue[],
): Promise<Answer[]> {
  if (standingConsent(handle, deskId) === null)
    throw new Problem(
      "consent-missing",
      "The person whose dossier it is has not agreed to this, or took it back",
      "Ask them first; explain what is and is not learnt.",
    );
  return contributeReady(session, deskId, await Promise.all(values.map(async (value) => ({ ...(await ready(value)), dossier: handle.id }))));
}

/** A value of a dossier; `replaces` is the contribution it is made anew from. */
type ReadyOfDossier = Ready & { readonly dossier: string; readonly replaces?: string };

async function contributeReady(session: Session, deskId: string, values: readonly ReadyOfDossier[]): Promise<Answer[]> {
  const [network, desk] = await Promise.all([heldNetwork(session, deskId), session.openDesk(deskId)]);
  const made = await fingerprints(session, deskId, network, values);
  const answers: Answer[] = [];
  for (let at = 0; at < values.length; at += mostAtOnce) {
    const part = values.slice(at, at + mostAtOnce);
    const contributions = await Promise.all(
      part.map(async ({ kind, spelled, words, dossier, replaces }, place): Promise<Contribution> => {
        // Version 4: it tells no time, as one of our other ids would.
        const id = crypto.randomUUID();
        const label = await sealLabel(desk, network.key, id, { dossier, kind, spelled, words });
        return { id, fingerprint: made[at + place] ?? "", epoch: desk.epoch, label, ...(replaces === undefined ? {} : { replaces }) };
      }),
    );
    const { others } = await session.connection.post(`${placeOf(deskId)}/contributions`, { network: network.hash, contributions }, ContributionCounts);
    answers.push(...part.map((one, place): Answer => ({ kind: one.kind, shown: shown(one), others: others[place] ?? "none" })));
  }
  return answers;
}

/** Tells how many other desks have a value, and leaves nothing behind. It counts against the pace of the desk. @throws as {@link contribute}, without consent. */
export async function check(session: Session, deskId: string, values: readonly ActorValue[]): Promise<Answer[]> {
  const network = await heldNetwork(session, deskId);
  const all = await Promise.all(values.map(ready));
  const made = await fingerprints(session, deskId, network, all);
  const answers: Answer[] = [];
  for (let at = 0; at < all.length; at += mostAtOnce) {
    const { others } = await session.connection.post(`${placeOf(deskId)}/checks`, { fingerprints: made.slice(at, at + mostAtOnce) }, ContributionCounts);
    answers.push(...all.slice(at, at + mostAtOnce).map((one, place): Answer => ({ kind: one.kind, shown: shown(one), others: others[place] ?? "none" })));
  }
  return answers;
}

/** A desk's own contribution, opened. `label` is null when it opens with no key of this desk or bears no mark of its network: somebody else made it. */
export interface OwnContribution extends Omit<StandingContribution, "label"> {
  readonly label: (Label & { readonly shown: string }) | null;
}

/** Everything the desk contributed, with how many others each hits now. @throws {@link Problem} role-forbidden, session codes. */
export async function ownContributions(session: Session, deskId: string): Promise<OwnContribution[]> {
  const [desk, { keys }] = await Promise.all([session.openDesk(deskId), readNetworkState(session, deskId)]);
  const all: OwnContribution[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Static<typeof StandingContributions> = await session.connection.get(
      `${placeOf(deskId)}/contributions${after === null ? "" : `?after=${after}`}`,
      StandingContributions,
    );
    all.push(...(await Promise.all(page.contributions.map(async (one) => ({ ...one, label: await openLabel(desk, keys, one) })))));
    after = page.next;
    more = after !== null;
  }
  return all;
}

async function openLabel(desk: OpenDesk, keys: NetworkState["keys"], { id, epoch, label, network }: StandingContribution): Promise<OwnContribution["label"]> {
  const pair = desk.keys.get(epoch);
  const key = keys.get(network);
  if (pair === undefined || key === undefined) return null;
  try {
    const read = parseAnswer(Label, JSON.parse(new TextDecoder().decode(await takeOver(label, pair, contextOf(id, desk.id, epoch)))), "a label");
    return read.mark === (await markOf(key, desk.id, id, read)) ? { ...read, shown: shown(read) } : null;
  } catch (error) {
    if (error instanceof SealError || error instanceof SyntaxError || error instanceof Problem) return null;
    throw error;
  }
}

/** Takes a contribution back; it counts for nobody from then on. @throws {@link Problem} not-found. */
export const withdraw = (session: Session, desk: string, id: string): Promise<void> =>
  session.connection.command("DELETE", `${placeOf(desk)}/contributions/${encodeURIComponent(id)}`);

/** Refusals that mean a dossier is no longer for this desk to draw from. */
const shut: ReadonlySet<string> = new Set(["not-found", "grant-ended", "role-forbidden", "consent-expired"]);

/**
 * Takes back what rests on a consent that ended or was withdrawn, or came from a dossier the desk may not read any more.
 * @param open opens a dossier by id, with the workflow tables of the app
 * @returns the ids that were taken back
 */
export async function tidy(
  session: Session,
  deskId: string,
  own: readonly OwnContribution[],
  open: (dossier: string) => Promise<Pick<DossierHandle, "consents">>,
): Promise<string[]> {
  const withdrawn: string[] = [];
  for (const [dossier, ones] of Map.groupBy(own, ({ label }) => label?.dossier ?? null)) {
    if (dossier === null || (await stands(deskId, dossier, open))) continue;
    for (const { id } of ones) {
      await withdraw(session, deskId, id);
      withdrawn.push(id);
    }
  }
  return withdrawn;
}

const tidied = new WeakMap<Session, Set<string>>();

/**
 * {@link tidy}, once in a session for each desk; for who shows the list.
 *
 * [Note: When consents are looked at] Looking opens every dossier that something was contributed from. That takes time, and each time shows the server which dossiers these are. So it is done when somebody signs in (or loads
 * the page anew) and opens the list, when they ask for it, and before anything is made anew; not at every look.
 * @returns the ids that were taken back; none when it was done before
 */
export async function tidyOnce(session: Session, deskId: string, own: readonly OwnContribution[], open: Parameters<typeof tidy>[3]): Promise<string[]> {
  const desks = tidied.get(session) ?? new Set<string>();
  tidied.set(session, desks);
  if (desks.has(deskId)) return [];
  const withdrawn = await tidy(session, deskId, own, open);
  desks.add(deskId);
  return withdrawn;
}

async function stands(desk: string, dossier: string, open: (dossier: string) => Promise<Pick<DossierHandle, "consents">>): Promise<boolean> {
  try {
    return standingConsent(await open(dossier), desk) !== null;
  } catch (error) {
    if (error instanceof Problem && shut.has(error.code)) return false;
    throw error;
  }
}

/** What a renewal came to. */
export interface Renewal {
  readonly renewed: number;
  /** Taken back instead, since nobody agrees to them any more. */
  readonly takenBack: number;
  /** Old ones that wait for more turns. */
  readonly left: number;
}

/**
 * Makes contributions of an older network anew under the newest; the old ones go and their month stays. Each costs an evaluation: it goes on batch by batch while the desk has turns, and another day with what is left.
 * Consent is asked for each batch again, so that what is withdrawn meanwhile is not made anew.
 * @param open as in {@link tidy}
 * @throws as {@link contribute}, but for quota-reached
 */
export async function renew(
  session: Session,
  deskId: string,
  own: readonly OwnContribution[],
  open: (dossier: string) => Promise<Pick<DossierHandle, "consents">>,
): Promise<Renewal> {
  const [{ hash }, { left: turns }] = await Promise.all([heldNetwork(session, deskId), readNetworkState(session, deskId)]);
  const old = own.filter(({ network, label }) => network !== hash && label !== null);
  let [renewed, takenBack, done] = [0, 0, 0];
  while (done < old.length && renewed < turns) {
    const batch = old.slice(done, done + Math.min(mostAtOnce, turns - renewed));
    const gone = new Set(await tidy(session, deskId, batch, open));
    const kept = batch.flatMap(({ id, label }) => (label === null || gone.has(id) ? [] : [{ ...label, replaces: id }]));
    try {
      if (kept.length > 0) await contributeReady(session, deskId, kept);
    } catch (error) {
      // A colleague used the turns meanwhile.
      if (!(error instanceof Problem) || error.code !== "quota-reached") throw error;
      return { renewed, takenBack: takenBack + gone.size, left: old.length - done - gone.size };
    }
    done += batch.length;
    renewed += kept.length;
    takenBack += gone.size;
  }
  return { renewed, takenBack, left: old.length - done };
}

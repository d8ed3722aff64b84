/** Checks what people signed: signatures, offices, the chain and the decisions of one bundle. Only verify calls this. */
import { SealError, keyIdOf, laterOf, mayFollow, rostersInForce, verifyPersonCard, verifyRosterChain, verifyStatement } from "@rugdekking/seal/verify";
import type { Roster } from "@rugdekking/seal/verify";
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import type { Envelope } from "#services/directory/contract/index.ts";
import { ConsentPayload, type DossierRole, EntryHeader, GrantPayload, statementTypes } from "#services/dossier/contract/index.ts";
import { fitsSigner } from "#services/dossier/workflow/enforce.ts";
import { Complaint, type ProvenDecision } from "./complaint.ts";
import type { BundleIndex, StatementFile } from "./format.ts";
import { fromBase64url } from "./hashing.ts";

/** A statement with the file it came from. */
export interface Filed {
  readonly file: string;
  readonly statement: StatementFile;
}

/** An entry whose signature holds. */
export interface CheckedEntry {
  readonly file: string;
  readonly header: EntryHeader;
  /** Statement hash, what the receipt is about. */
  readonly hash: string;
  /** Who signed, as the roster in force has it; null for who signs by a card of their own. */
  readonly signer: { readonly name: string; readonly office: string; readonly desk: string } | null;
}

/** Everything people signed, in file order. */
export interface CheckedStatements {
  readonly entries: readonly CheckedEntry[];
  readonly consents: readonly ConsentPayload[];
  readonly grants: readonly GrantPayload[];
  /** Desk id -> name in its newest roster. */
  readonly desks: ReadonlyMap<string, string>;
}

interface Desk {
  readonly file: string;
  readonly history: readonly Roster[];
}

/** The people of a bundle: keys by card and by roster. */
interface People {
  readonly cards: ReadonlyMap<string, { readonly file: string; readonly keys: readonly string[] }>;
  readonly desks: ReadonlyMap<string, Desk>;
}

const sealComplaint = (file: string, error: unknown, what: string): Complaint => {
  if (error instanceof SealError) return new Complaint(file, `${what}: ${error.message}`, null, error.code);
  throw error;
};

function payloadOf<S extends TSchema>(schema: S, value: unknown, file: string, what: string): Static<S> {
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  throw new Complaint(file, `the ${what} does not have the shape of one`, what, first === undefined ? null : `${first.instancePath || "/"} ${first.message}`);
}

async function readPeople(filed: readonly Filed[], registrar: string): Promise<People> {
  const cards = new Map<string, { file: string; keys: string[] }>();
  for (const { file, statement } of filed.filter((one) => one.statement.what === "person-card")) {
    try {
      const { card } = await verifyPersonCard(statement.envelope);
      const known = cards.get(card.person);
      if (known === undefined) cards.set(card.person, { file, keys: [card.signPublicKey] });
      else known.keys.push(card.signPublicKey);
    } catch (error) {
      throw sealComplaint(file, error, "the person card is not signed by its own key");
    }
  }
  const chains = new Map<string, { file: string; envelopes: Envelope[] }>();
  for (const { file, statement } of filed.filter((one) => one.statement.what === "roster")) {
    const desk = deskUnverified(statement.envelope, file);
    const chain = chains.get(desk);
    if (chain === undefined) chains.set(desk, { file, envelopes: [statement.envelope] });
    else chain.envelopes.push(statement.envelope);
  }
  const desks = new Map<string, Desk>();
  for (const [desk, { file, envelopes }] of chains) {
    try {
      const { history } = await verifyRosterChain(envelopes, registrar);
      desks.set(desk, { file, history: history.map(({ roster }) => roster) });
    } catch (error) {
      throw sealComplaint(file, error, "the roster does not go back to the registrar");
    }
  }
  return { cards, desks };
}

/** Desk a roster says it is of, before its chain is checked; only groups them. */
function deskUnverified(envelope: Envelope, file: string): string {
  try {
    const payload: unknown = JSON.parse(new TextDecoder().decode(fromBase64url(envelope.payload) ?? new Uint8Array(0)));
    if (typeof payload === "object" && payload !== null && "desk" in payload && typeof payload.desk === "string") return payload.desk;
  } catch {
    // Falls through: unreadable and without a desk are the same complaint.
  }
  throw new Complaint(file, "the roster does not say of which desk it is");
}

/** Keys by which the author may sign in the role at a moment; by the rule every reader of the dossier goes by. */
function keysFor(people: People, { person, role, desk }: EntryHeader["author"], at: string, file: string): readonly string[] {
  if (desk === null) {
    if (!fitsSigner(role, null)) throw new Complaint(file, "it is signed without a desk in a role that only a desk holds", `a desk for ${role}`, "none");
    return people.cards.get(person)?.keys ?? [];
  }
  const known = people.desks.get(desk);
  if (known === undefined) throw new Complaint(file, "the roster of the desk it was written for is not in the bundle", `a roster of desk ${desk}`, "none");
  const rosters = rostersInForce(known.history, at).filter((roster) => fitsSigner(role, roster));
  return rosters.flatMap((roster) => roster.members.filter((member) => member.person === person).map((member) => member.signPublicKey));
}

/** Name, office and desk of an entry's author in the roster that made the key good. */
function signerOf(people: People, { person, role, desk }: EntryHeader["author"], at: string): CheckedEntry["signer"] {
  const history = desk === null ? undefined : people.desks.get(desk)?.history;
  if (history === undefined) return null;
  for (const roster of rostersInForce(history, at)) {
    const member = fitsSigner(role, roster) ? roster.members.find((one) => one.person === person) : undefined;
    if (member !== undefined) return { name: member.name, office: member.office, desk: roster.name };
  }
  return null;
}

async function verifyBy(envelope: Envelope, type: string, keys: readonly string[], file: string, who: string): Promise<{ payload: unknown; hash: string }> {
  const keyid = envelope.signatures[0]?.keyid ?? "";
  for (const key of keys) {
    if ((await keyIdOf(key)) !== keyid) continue;
    try {
      return await verifyStatement(envelope, type, key);
    } catch (error) {
      throw sealComplaint(file, error, "the signature does not hold");
    }
  }
  throw new Complaint(file, "it is signed by a key that is not of the person it names", who, keyid === "" ? "no key" : `key ${keyid}`);
}

function payloadUnverified(envelope: Envelope, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64url(envelope.payload) ?? new Uint8Array(0)));
  } catch {
    throw new Complaint(file, "the statement is not JSON");
  }
}

/**
 * Checks every signature and office.
 * @throws {@link Complaint} naming the first statement that does not hold.
 */
export async function checkSignatures(filed: readonly Filed[], index: BundleIndex, registrar: string): Promise<CheckedStatements> {
  const people = await readPeople(filed, registrar);
  const consents: ConsentPayload[] = [];
  const grants: GrantPayload[] = [];
  const entries: CheckedEntry[] = [];
  for (const { file, statement } of filed.filter((one) => one.statement.what === "entry")) {
    const header = payloadOf(EntryHeader, payloadUnverified(statement.envelope, file), file, "entry");
    if (header.dossier !== index.dossier) throw new Complaint(file, "the entry belongs to another dossier", index.dossier, header.dossier);
    const keys = keysFor(people, header.author, header.at, file);
    const { hash } = await verifyBy(statement.envelope, statementTypes.entry, keys, file, `${header.author.role} ${header.author.person}`);
    entries.push({ file, header, hash, signer: signerOf(people, header.author, header.at) });
  }
  const owner = entries.find(({ header }) => header.seq === 1)?.header.author.person;
  for (const { file, statement } of filed.filter((one) => one.statement.what === "consent")) {
    const consent = payloadOf(ConsentPayload, payloadUnverified(statement.envelope, file), file, "consent");
    if (consent.dossier !== index.dossier) throw new Complaint(file, "the consent is about another dossier", index.dossier, consent.dossier);
    if (owner !== undefined && consent.by !== owner) throw new Complaint(file, "the consent is not of the person whose dossier it is", owner, consent.by);
    await verifyBy(statement.envelope, statementTypes.consent, people.cards.get(consent.by)?.keys ?? [], file, `person ${consent.by}`);
    consents.push(consent);
  }
  for (const { file, statement } of filed.filter((one) => one.statement.what === "grant")) {
    const grant = payloadOf(GrantPayload, payloadUnverified(statement.envelope, file), file, "hand-over");
    if (grant.dossier !== index.dossier) throw new Complaint(file, "the hand-over is about another dossier", index.dossier, grant.dossier);
    const byRoster = [...people.desks.values()]
      .flatMap(({ history }) => rostersInForce(history, grant.at))
      .flatMap((roster) => roster.members.filter((member) => member.person === grant.by).map((member) => member.signPublicKey));
    // A card is proof of who someone is, not of an office: only the person whose dossier it is hands over by it.
    const byCard = owner === undefined || owner === grant.by ? (people.cards.get(grant.by)?.keys ?? []) : [];
    await verifyBy(statement.envelope, statementTypes.grant, [...byRoster, ...byCard], file, `person ${grant.by}`);
    grants.push(grant);
  }
  const desks = new Map([...people.desks].map(([id, { history }]) => [id, history.at(-1)?.name ?? ""]));
  return { entries, consents, grants, desks };
}

/** Checks numbering and links. @throws {@link Complaint} */
export function checkChain(entries: readonly CheckedEntry[], index: BundleIndex): string {
  let before: CheckedEntry | null = null;
  let latest: string | null = null;
  // The first of them, also for a reader who may not see entry 1: one dossier is of one person.
  const owner = entries.find(({ header }) => header.author.desk === null)?.header.author.person;
  for (const entry of entries) {
    const { seq, previous, author, at } = entry.header;
    const expected: number = (before?.header.seq ?? 0) + 1;
    if (index.view === "whole" ? seq !== expected : seq < expected)
      throw new Complaint(entry.file, "the entry is not the next one", `entry ${expected}`, `entry ${seq}`);
    if (seq === 1 && previous !== null) throw new Complaint(entry.file, "the first entry names one before it", "none", previous);
    if (seq > 1 && seq === expected && previous !== before?.hash)
      throw new Complaint(entry.file, "the entry does not follow the one before it", before?.hash ?? null, previous ?? "none");
    if (author.desk === null && author.person !== owner)
      throw new Complaint(entry.file, "the entry is signed as the person whose dossier it is, by someone else", owner ?? null, author.person);
    if (!mayFollow(latest, at)) throw new Complaint(entry.file, "the entry states a time before that of an entry before it", latest, at);
    latest = laterOf(latest, at);
    before = entry;
  }
  const last = before?.header.seq ?? 0;
  if (last === 0) throw new Complaint(null, "there is no entry in the bundle", "at least 1", "0");
  if (index.view === "whole" && last !== index.lastSeq)
    throw new Complaint("bundle.json", "the last entry is not the one bundle.json names", `entry ${index.lastSeq}`, `entry ${last}`);
  return index.view === "whole"
    ? `${entries.length} entries, none missing`
    : `${entries.length} of ${index.lastSeq} entries: this reader may not see the others`;
}

/** Who may sign each kind of decision. */
const decidedBy: Readonly<Partial<Record<EntryHeader["kind"], DossierRole>>> = { adoption: "authority", return: "authority", decision: "chief-prosecutor" };

/** Checks adoption, return and decision: what is decided on, by whom. @throws {@link Complaint} */
export function checkDecisions(entries: readonly CheckedEntry[], index: BundleIndex): string {
  let checked = 0;
  let apart = 0;
  for (const [place, { file, header }] of entries.entries()) {
    const wanted = decidedBy[header.kind];
    const decision = wanted !== undefined;
    if (decision && header.author.role !== wanted) throw new Complaint(file, `the ${header.kind} is not by the ${wanted}`, wanted, header.author.role);
    if (decision && header.decides === undefined)
      throw new Complaint(file, `the ${header.kind} does not say what it decides on`, "the body that was decided on", "nothing");
    if (header.decides === undefined) continue;
    const { decides } = header;
    const about = header.kind === "decision" ? "weighing" : "advice";
    const advices = entries.slice(0, place).filter((entry) => entry.header.kind === about);
    const newest = advices.at(-1);
    if (newest === undefined || (index.view === "part" && newest.header.body.item !== decides.item)) {
      if (index.view === "whole") throw new Complaint(file, "what it decides on is not in the dossier", `a ${about} before it`, decides.item);
      apart++;
      continue;
    }
    if (newest.header.body.item !== decides.item || newest.header.body.digest !== decides.digest)
      throw new Complaint(
        file,
        `it decides on something else than the newest ${about}`,
        `${newest.header.body.item} ${newest.header.body.digest}`,
        `${decides.item} ${decides.digest}`,
      );
    if (decision) {
      const own = advices.find((entry) => entry.header.author.person === header.author.person);
      if (own !== undefined) throw new Complaint(file, `the person who decided wrote the ${about}`, "someone else", `author of entry ${own.header.seq}`);
      checked++;
    }
  }
  return `${checked} decisions${apart > 0 ? `; ${apart} about an advice that this reader may not see` : ""}`;
}

/** The authority's decisions among entries that passed every check on statements. Call it only then: it believes what it is given. */
export function decisionsOf(entries: readonly CheckedEntry[]): ProvenDecision[] {
  return entries.flatMap(({ header, signer }): ProvenDecision[] => {
    const { kind, decides, author, seq, at } = header;
    if ((kind !== "adoption" && kind !== "return") || decides === undefined || signer === null || author.desk === null) return [];
    const advice = entries.find((entry) => entry.header.body.item === decides.item && entry.header.body.digest === decides.digest);
    return [
      {
        kind,
        entry: seq,
        at,
        by: { person: author.person, name: signer.name, office: signer.office },
        desk: { id: author.desk, name: signer.desk },
        advice: { entry: advice?.header.seq ?? null, item: decides.item, digest: decides.digest },
      },
    ];
  });
}

/** Hands keys over and writes the consent they rest on. A plan says what is meant; it is sealed to the desk's verified present epoch when it is sent, and again when the desk rotated. */
import { handOver, itemFileKey, newUuid, readAgeHeader, signStatement } from "@rugdekking/seal";
import { digestOf, statementHash, verifyStatement, type Envelope } from "@rugdekking/seal/verify";
import { parseAnswer, type Session, type VerifiedDesk } from "#services/directory/client/index.ts";
import {
  ConsentPayload,
  statementTypes,
  type Channel,
  type ConsentWithdrawalPayload,
  type DossierRole,
  type DossierView,
  type GrantDelivery,
  type GrantPayload,
} from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Static } from "typebox";
import type { KeyRing } from "./keys.ts";
import { recipientName } from "./keys.ts";

/** Who receives: a verified desk (its present epoch), or a person by id and HPKE public key (one's own card). */
export type Recipient = { readonly desk: VerifiedDesk } | { readonly person: string; readonly sealPublicKey: string };

/** What all hand-overs say. */
export interface GrantTerms {
  readonly dossier: string;
  readonly role: DossierRole;
  readonly to: Recipient;
  /** Statement hash of the consent it rests on; null when the owner hands over in person. */
  readonly consent: string | null;
  /** End of the access, or null for as long as the dossier lasts. */
  readonly until: string | null;
  /** The time to state, as the handle's `statedTime` gives it; left out: now. */
  readonly at?: string;
}

/** One item to hand over: its header (the first bytes of the age file, up to and including the MAC line) and where it lives. */
export interface SharedItem {
  readonly item: string;
  readonly channel: Channel;
  readonly header: Uint8Array;
}

const granteeOf = (to: Recipient): GrantPayload["to"] => ("desk" in to ? { desk: to.desk.id, epoch: to.desk.epoch } : { person: to.person });
const publicKeyOf = (to: Recipient): string => ("desk" in to ? to.desk.epochPublicKey : to.sealPublicKey);
const digestOfText = (text: string): Promise<string> => digestOf(new TextEncoder().encode(text));

/** Whoever signs: a session, or the parts of one (a guest who files has no session yet). */
export type Signer = Pick<Session, "person">;

async function deliver(signer: Signer, terms: GrantTerms, keys: GrantPayload["keys"], sealed: Record<string, string>): Promise<GrantDelivery> {
  const payload: GrantPayload = {
    grant: newUuid(),
    dossier: terms.dossier,
    role: terms.role,
    to: granteeOf(terms.to),
    by: signer.person.person,
    keys,
    consent: terms.consent,
    until: terms.until,
    at: terms.at ?? new Date().toISOString(),
  };
  return { statement: await signStatement(statementTypes.grant, payload, signer.person.sign), sealed };
}

/** Hands over the whole dossier. @throws SealError when the key cannot be sealed. */
export async function grantDossier(signer: Signer, terms: GrantTerms, dossierKey: Uint8Array): Promise<GrantDelivery> {
  const sealed = await handOver(dossierKey, publicKeyOf(terms.to), { purpose: "dossier", subject: terms.dossier, to: recipientName(granteeOf(terms.to)) });
  return deliver(signer, terms, { scope: "dossier", digest: await digestOfText(sealed) }, { dossier: sealed });
}

/** Hands over one channel: whoever holds it reads and writes there, and nowhere else. @throws SealError. */
export async function grantChannel(signer: Signer, terms: GrantTerms, channel: Channel, key: Uint8Array): Promise<GrantDelivery> {
  const sealed = await handOver(key, publicKeyOf(terms.to), {
    purpose: "channel",
    subject: `${terms.dossier}/${channel}`,
    to: recipientName(granteeOf(terms.to)),
  });
  return deliver(signer, terms, { scope: "channel", channel, digest: await digestOfText(sealed) }, { [`channel:${channel}`]: sealed });
}

/** Hands over single items: one 16-byte age file key each, nothing is encrypted again. @throws SealError; {@link Problem} role-forbidden when a channel key is not held. */
export async function grantItems(signer: Signer, terms: GrantTerms, items: readonly SharedItem[], keys: KeyRing): Promise<GrantDelivery> {
  const sealed: Record<string, string> = {};
  const named: { item: string; digest: string }[] = [];
  for (const { item, channel, header } of items) {
    const fileKey = keys.items.get(item) ?? (await fileKeyOf(keys, { dossier: terms.dossier, item, channel }, header));
    const one = await handOver(fileKey, publicKeyOf(terms.to), {
      purpose: "item",
      subject: `${terms.dossier}/${item}`,
      to: recipientName(granteeOf(terms.to)),
    });
    sealed[item] = one;
    named.push({ item, digest: await digestOfText(one) });
  }
  return deliver(signer, terms, { scope: "items", items: named }, sealed);
}

async function fileKeyOf(keys: KeyRing, place: { dossier: string; item: string; channel: Channel }, sealed: Uint8Array): Promise<Uint8Array> {
  const key = keys.channels.get(place.channel);
  if (key === undefined) throw new Problem("role-forbidden", `You hold no key to item ${place.item}`, "Ask the person whose dossier it is.");
  const header = readAgeHeader(sealed);
  if (header === null) throw new Problem("digest-mismatch", `Item ${place.item} is not a sealed file`, "Tell whoever runs this server.");
  return itemFileKey(header, key, place);
}

/** What a consent says; the rest is filled in. */
export interface ConsentTerms {
  readonly dossier: string;
  readonly to: { readonly desk: string; readonly role: DossierRole };
  readonly purpose: ConsentPayload["purpose"];
  readonly scope: ConsentPayload["scope"];
  readonly until: string;
}

/** A signed consent and its name. */
export interface SignedConsent {
  readonly statement: Envelope;
  /** Statement hash; grants refer to it. */
  readonly hash: string;
  /** What it says. */
  readonly terms: ConsentTerms;
}

/** Signs a consent (law 2); only the person whose dossier it is can. @throws SealError. */
export async function consent(signer: Signer, terms: ConsentTerms): Promise<SignedConsent> {
  const payload: ConsentPayload = {
    consent: newUuid(),
    dossier: terms.dossier,
    by: signer.person.person,
    to: terms.to,
    purpose: terms.purpose,
    scope: terms.scope,
    until: terms.until,
    at: new Date().toISOString(),
  };
  const statement = await signStatement(statementTypes.consent, payload, signer.person.sign);
  return { statement, hash: await statementHash(statement), terms };
}

/** Ends a consent: grants that rest on it end at once. What was read cannot be unread; the screen says so. @throws {@link Problem} not-found, role-forbidden. */
export async function withdrawConsent(session: Session, dossier: string, hash: string): Promise<void> {
  const payload: Static<typeof ConsentWithdrawalPayload> = { consent: hash, dossier, by: session.person.person, at: new Date().toISOString() };
  const statement = await signStatement(statementTypes.consentWithdrawal, payload, session.person.sign);
  await session.connection.command("POST", `/api/v1/dossiers/${dossier}/consent-withdrawals`, { statement });
}

/** A consent of this dossier whose signature by the owner was checked. */
export interface VerifiedConsent extends ConsentPayload {
  readonly hash: string;
  /** When it was withdrawn, or null. */
  readonly withdrawn: string | null;
}

/** Checks every consent of a dossier against its owner's key. @throws {@link Problem} signature-invalid. */
export async function verifyConsents(view: DossierView, owner: { readonly person: string; readonly signPublicKey: string }): Promise<VerifiedConsent[]> {
  return Promise.all(
    view.consents.map(async ({ statement, withdrawn }) => {
      const { payload, hash } = await verifyStatement(statement, statementTypes.consent, owner.signPublicKey);
      const read = parseAnswer(ConsentPayload, payload, "a consent");
      if (read.dossier !== view.id || read.by !== owner.person)
        throw new Problem("signature-invalid", "A consent is of another dossier or person", "Tell whoever runs this server.");
      return { ...read, hash, withdrawn };
    }),
  );
}

/** The consent that now covers a role, newest first; null when there is none. */
export function consentFor(consents: readonly VerifiedConsent[], role: DossierRole, desk?: string): VerifiedConsent | null {
  const now = Date.now();
  const covering = consents.filter(
    // A consent to look for the same actor hands over no keys.
    (one) =>
      one.purpose !== "same-actor" &&
      one.to.role === role &&
      (desk === undefined || one.to.desk === desk) &&
      one.withdrawn === null &&
      Date.parse(one.until) > now,
  );
  return covering.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

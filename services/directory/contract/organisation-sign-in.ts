/**
 * Signing in at one's own organisation (OpenID Connect), as a proof that one still works there: what client and server tell each other. Static data without I/O.
 *
 * [Note: What an organisation's sign-in proves] Keys are opened by passkey, passphrase or sheet, and by nothing else: a provider that could open them would be a second master key to every dossier of its employees.
 * What a provider can say is that this account exists with it today. So an organisation may ask that its people act for its desks only in a session that its provider confirmed not longer ago than some hours.
 * A provider can therefore keep its own people out, and can let nobody in: not into a desk (rosters are signed by leads), not into a dossier (keys), not into an account (an unlock method signs).
 */
import Type, { type Static } from "typebox";
import { Moment, Sha256, Uuid } from "./index.ts";

const OrganisationId = Type.String({ pattern: "^[a-z0-9-]{2,40}$" });

/** DSSE payload type of {@link OrganisationLinkPayload}. */
export const ORGANISATION_LINK = "application/vnd.rugdekking.organisation-link+json";

/** Signed by the person with their own key: this account of the organisation is mine. A session alone ties no account to a person. */
export const OrganisationLinkPayload = Type.Object(
  {
    version: Type.Literal(1),
    /** The attempt in which the provider named the account; good once. */
    attempt: Sha256,
    organisation: OrganisationId,
    /** Mark of the account as the server told it: HMAC-SHA256 of organisation, issuer and subject under a key of the server. */
    subject: Sha256,
    person: Uuid,
    /** Origin of the server. */
    audience: Type.String({ maxLength: 300 }),
    at: Moment,
  },
  { additionalProperties: false },
);
export type OrganisationLinkPayload = Static<typeof OrganisationLinkPayload>;

/** How it stands between the caller and one organisation that they are in a desk of. */
export const OrganisationStanding = Type.Object(
  {
    organisation: OrganisationId,
    name: Type.String(),
    /** Whether its desks need a confirmed session; otherwise confirming is possible and changes nothing. */
    required: Type.Boolean(),
    /** How long a confirmation counts, hours. */
    hours: Type.Integer({ minimum: 1 }),
    /** Whether the caller tied an account of this organisation to themself. */
    linked: Type.Boolean(),
    /** Until when this session counts as confirmed; null when it does not. */
    until: Type.Union([Moment, Type.Null()]),
    /** The provider did not answer when it was last asked. */
    away: Type.Boolean(),
    /** While it is away an earlier confirmation counts so many hours longer; 0: not at all. */
    graceHours: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type OrganisationStanding = Static<typeof OrganisationStanding>;

/** An attempt that was begun. */
export const OrganisationAttempt = Type.Object(
  {
    attempt: Sha256,
    /** Where the person goes next, at their organisation's provider. */
    address: Type.String(),
    expires: Moment,
  },
  { additionalProperties: false },
);
export type OrganisationAttempt = Static<typeof OrganisationAttempt>;

/** What came of an attempt. `link`: the provider named an account that nobody tied to themself yet; `subject` is what the person then signs. */
export const AttemptOutcome = Type.Object(
  { outcome: Type.Enum(["waiting", "confirmed", "link"]), subject: Type.Union([Sha256, Type.Null()]) },
  { additionalProperties: false },
);
export type AttemptOutcome = Static<typeof AttemptOutcome>;

/** What the provider sent the browser back with: the query of the address, as it stood there. */
export const ProviderAnswer = Type.Object(
  { organisation: OrganisationId, answer: Type.String({ minLength: 1, maxLength: 4096, pattern: "^[!-~]*$" }) },
  { additionalProperties: false },
);
export type ProviderAnswer = Static<typeof ProviderAnswer>;

/**
 * A person who, as the provider told at their last confirmation, is in none of the groups that their organisation names for a desk.
 * It proposes and changes nothing: who is in a desk is signed by a lead.
 */
export const RosterProposal = Type.Object({ person: Uuid, since: Moment }, { additionalProperties: false });
export type RosterProposal = Static<typeof RosterProposal>;

/** Address of the page a provider sends people back to; one for each organisation, so that an answer of one provider is never taken for that of another (RFC 9700 section 4.4). */
export const returnPage = (organisation: string): string => `/aanmelding/${organisation}`;

/** Where a provider tells that someone signed out there (OpenID Connect Back-Channel Logout 1.0). */
export const backChannelPath = (organisation: string): string => `/afmelding/${organisation}`;

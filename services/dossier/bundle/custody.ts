/** The chain of custody of a dossier as a list: who wrote, who received a key, when. Made from signed headers and hand-overs alone, so that build and verify come to the same list. For the evidence page. */
import { dutchRoles } from "#services/dossier/contract/dutch-roles.ts";
import type { ConsentPayload, DossierRole, EntryHeader, EntryKind, GrantPayload } from "#services/dossier/contract/index.ts";

/** What the list is made from; build gives what it packs, verify what it checked. */
export interface CustodySource {
  readonly headers: readonly EntryHeader[];
  readonly grants: readonly GrantPayload[];
  readonly consents: readonly ConsentPayload[];
  /** Desk id -> name in its newest roster. */
  readonly desks: ReadonlyMap<string, string>;
  readonly takenBy: string;
  readonly madeAt: string;
}

/** One line: when, and what happened, in Dutch. */
export interface CustodyLine {
  /** RFC 3339 UTC, as the one who signed stated it. */
  readonly at: string;
  readonly what: string;
}

const kindWords: Readonly<Partial<Record<EntryKind, string>>> = {
  report: "de melding",
  evidence: "meer bewijs",
  message: "een bericht",
  "norm-test": "de normtoets",
  seriousness: "hoe ernstig het is",
  action: "een actie",
  referral: "een doorverwijzing",
  outcome: "de afsluiting",
  request: "de aanvraag",
  timestamp: "tijdstempels",
  "help-request": "het verzoek om hulp",
  "help-offer": "wie er helpt",
  "aftercare-plan": "dagen voor nazorg",
  withdrawal: "het einde van het dossier",
};

/** A person or desk by what the signed statements say of them. */
function nameOf(source: CustodySource, role: DossierRole, desk: string | null): string {
  const name = desk === null ? undefined : source.desks.get(desk);
  return name === undefined ? dutchRoles[role] : `${dutchRoles[role]} (${name})`;
}

/** In what quality someone signed: what they last wrote as, else nothing but their id. */
function granterOf(source: CustodySource, person: string, at: string): string {
  const own = source.headers.filter(({ author }) => author.person === person);
  // As moments, not as text: `00Z` sorts behind `00.500Z`.
  const header = own.findLast((one) => Date.parse(one.at) <= Date.parse(at)) ?? own[0];
  return header === undefined ? `persoon ${person}` : nameOf(source, header.author.role, header.author.desk);
}

const days = (moment: string): string => `${moment.slice(8, 10)}-${moment.slice(5, 7)}-${moment.slice(0, 4)}`;

function handedOver(source: CustodySource, grant: GrantPayload): CustodyLine {
  const { keys, to, role } = grant;
  const what =
    keys.scope === "dossier"
      ? "de sleutel van het hele dossier"
      : keys.scope === "channel"
        ? "de sleutel van het deel over maatregelen"
        : `de sleutel van ${keys.items.length} ${keys.items.length === 1 ? "stuk" : "stukken"}`;
  const end = grant.until === null ? "" : `, tot ${days(grant.until)}`;
  const own = "person" in to && to.person === grant.by;
  const giver = granterOf(source, grant.by, grant.at);
  if (own) return { at: grant.at, what: `${giver} bewaarde ${what} voor zichzelf` };
  return { at: grant.at, what: `${giver} gaf ${what} aan ${nameOf(source, role, "desk" in to ? to.desk : null)}${end}` };
}

function written(source: CustodySource, header: EntryHeader): CustodyLine {
  const { author, kind, attachments } = header;
  const files = attachments.length === 0 ? "" : `, met ${attachments.length} ${attachments.length === 1 ? "bestand" : "bestanden"}`;
  return {
    at: header.at,
    what: `${nameOf(source, author.role, author.desk)} schreef ${kindWords[kind] ?? `een stuk (${kind})`}${files}: bericht ${header.seq}`,
  };
}

/** The list, oldest first; lines of the same moment stand in the order entries, consents, hand-overs. */
export function custodyOf(source: CustodySource): readonly CustodyLine[] {
  const lines = [
    ...source.headers.map((header) => written(source, header)),
    ...source.consents.map((consent): CustodyLine => ({
      at: consent.at,
      what: `${granterOf(source, consent.by, consent.at)} gaf toestemming aan ${nameOf(source, consent.to.role, consent.to.desk)}, tot ${days(consent.until)}`,
    })),
    ...source.grants.map((grant) => handedOver(source, grant)),
    { at: source.madeAt, what: `${granterOf(source, source.takenBy, source.madeAt)} maakte deze bundel` },
  ];
  return lines.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

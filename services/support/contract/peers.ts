/** The support desk's own list of people who can help: colleagues in office who lived through it, and experts. Kept sealed on the desk's device; no server ever sees it. */
import Type, { type Static } from "typebox";
import { Day, LongText, ShortText } from "#services/dossier/contract/bodies.ts";
import { HelpSituation, helpSituations, Hours, Seeker, seekers } from "./situation.ts";

/** Id of a line of such a list; means nothing outside it. */
const LineId = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });

/** Someone who can help, and when. */
export const Peer = Type.Object(
  {
    id: LineId,
    name: ShortText,
    kind: Type.Enum(["peer", "expert"]),
    /** What they are or were, or what they know: "oud-wethouder", "traumapsycholoog". */
    office: ShortText,
    /** For whom they can be asked; empty: anyone. */
    seekers: Type.Array(Seeker, { maxItems: seekers.length }),
    /** What they can help with; empty: anything. */
    situations: Type.Array(HelpSituation, { maxItems: helpSituations.length }),
    /** Number or address at which the desk reaches them. */
    reach: ShortText,
    hours: Hours,
    /** Not to be asked up to and including this day. */
    away: Type.Union([Day, Type.Null()]),
    note: LongText,
  },
  { additionalProperties: false },
);
export type Peer = Static<typeof Peer>;

/** The whole list of one desk. */
export const PeerList = Type.Object({ version: Type.Literal(1), peers: Type.Array(Peer, { maxItems: 2_000 }) }, { additionalProperties: false });
export type PeerList = Static<typeof PeerList>;

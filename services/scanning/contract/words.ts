/** The smallest words of a scan that several sealed bodies share: domains, rings, local ids. Read through the contract's index. */
import Type from "typebox";

/** The four risk domains (domain.md 1.6), in the words the advisers use. */
export const riskDomains = ["wonen", "werk", "digitaal", "verplaatsen"] as const;
export const RiskDomain = Type.Enum(riskDomains);
export type RiskDomain = (typeof riskDomains)[number];

/** Rings around the home, from the street inward to the safe room; other domains use `none`. */
export const rings = ["surroundings", "plot", "shell", "inside", "safe-room", "none"] as const;
export const Ring = Type.Enum(rings);
export type Ring = (typeof rings)[number];

/** Id of a finding or measure inside one dossier; made by the client, kept through versions. */
export const LocalId = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });

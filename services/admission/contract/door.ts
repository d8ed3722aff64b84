/** Which token a door asks for and how it travels, apart from the shapes of index.ts: every client's connection knows this, and most never see a challenge. */

/** What a token may be spent on. Each has a load of its own, so that a flood of one does not make the others dear. */
export const purposes = ["dossier", "account", "recovery"] as const;
export type Purpose = (typeof purposes)[number];

/** Request header that carries a token. */
export const tokenHeader = "Admission-Token";

/** What asks for a token when nobody is signed in, by path; every other door is a dossier's. */
export const purposeOf = (path: string): Purpose => (path === "/api/v1/persons" ? "account" : path === "/api/v1/recovery-claims" ? "recovery" : "dossier");

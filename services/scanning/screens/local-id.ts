/** Ids of findings, risks, measures and sections: made on the device, unlike any other in the dossier, kept through versions. Used where one is added. */

/** @param letter says what it is: finding, risk, measure, section */
export const newId = (letter: "f" | "r" | "m" | "s"): string => `${letter}-${crypto.randomUUID().slice(0, 8)}`;

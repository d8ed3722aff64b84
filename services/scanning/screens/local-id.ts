/** Ids of findings, risks, measures and sections: made on the device, unlike any other in the dossier, also of a second tablet (96 bits drawn by chance), kept through versions. Used where one is added. */

/** @param letter says what it is: finding, risk, measure, section */
export const newId = (letter: "f" | "r" | "m" | "s"): string => `${letter}-${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;

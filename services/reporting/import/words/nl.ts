/** Dutch sentences (B1) of what could not be read, by code. */
import type { TroubleData } from "#services/reporting/import/troubles.ts";
import { size, type TroubleWords } from "./shape.ts";

const mebibytes = ({ limit = 0 }: TroubleData): string => size(limit, "nl");

export const nl: TroubleWords = {
  trouble: {
    "file-unreadable": () => "Het bestand kon niet tot het einde worden gelezen. Is het verplaatst of veranderd? Kies het opnieuw.",
    "file-empty": () => "Het bestand is leeg.",
    "nothing-found": () => "Er staan geen berichten in die wij kunnen lezen.",
    "cursor-mismatch": () => "Dit zijn niet de bestanden waarmee u begon. Kies dezelfde bestanden opnieuw.",
    "stream-too-large": (data) => `Dit is groter dan ${mebibytes(data)}. Dat kan alleen uit een bestand.`,
    "stream-archive": () => "Een zip-bestand kan alleen uit een bestand worden gelezen. Bewaar het eerst.",
    "zip-truncated": () => "Het zip-bestand is afgebroken. Download het opnieuw.",
    "zip-damaged": () => "Het zip-bestand is hier beschadigd. Download het opnieuw.",
    "zip-encrypted": () => "Op het zip-bestand zit een wachtwoord. Pak het eerst uit, of maak het zonder wachtwoord.",
    "zip-split": () => "Dit is één deel van een zip-bestand in delen. Voeg de delen eerst samen.",
    "zip-method": () => "Dit is ingepakt op een manier die wij niet kunnen lezen. Pak het uit en kies de bestanden.",
    "zip-too-many-entries": ({ limit = 0 }) => `In het zip-bestand zitten meer dan ${limit} bestanden. Pak het uit en kies wat belangrijk is.`,
    "zip-bomb": ({ limit = 0 }) => `Uitgepakt wordt dit meer dan ${limit} keer zo groot. Dat doet een echte export niet. Misschien wil iemand u schade doen.`,
    "zip-too-large": (data) => `Uitgepakt is dit groter dan ${mebibytes(data)}. Pak het uit en kies wat belangrijk is.`,
    "zip-nested": () => "Dit is een zip-bestand in een zip-bestand. Pak het uit en kies het apart.",
    "zip-name-refused": () => "De naam van dit bestand wijst naar een plek buiten de zip, of kan geen naam zijn. Wij openden het niet.",
    "html-export": () => "Deze export bestaat uit webpagina's (HTML). Vraag hem opnieuw aan en kies JSON.",
    "encoding-unknown": () => "De tekens van deze tekst zijn niet te herkennen. Bewaar de tekst als UTF-8.",
    "line-too-long": (data) => `Een regel is langer dan ${mebibytes(data)}.`,
    "text-too-long": ({ limit = 0 }) => `De tekst is langer dan ${limit} tekens.`,
    "mail-too-large": (data) => `De mail is groter dan ${mebibytes(data)}.`,
    "mail-too-complex": () => "De mail heeft te veel delen in elkaar. Misschien wil iemand u schade doen.",
    "mail-malformed": () => "Dit is niet te lezen als mail.",
    "json-element-too-large": (data) => `Eén bericht is groter dan ${mebibytes(data)}.`,
    "json-too-deep": () => "Eén bericht heeft te veel lagen.",
    "json-malformed": ({ at = 0 }) => `Het bestand is beschadigd bij byte ${at}. Wat daarna komt, konden wij niet lezen.`,
    "json-truncated": () => "Het bestand stopt halverwege. Download het opnieuw.",
    "shape-unknown": () => "Dit bericht heeft een vorm die wij niet kennen.",
    "before-first-message": () => "De regels vóór het eerste bericht zijn van niemand.",
  },
  place: (file, entry, number) => [file, ...(entry === null ? [] : [entry]), ...(number === 0 ? [] : [`nummer ${number}`])].join(" › "),
};

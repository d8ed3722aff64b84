/** What the usual codes of a sampling frame are called, and which codes the usual words get: those of the published figures, so that a frame in words fits them. For this room. */
import type { Words } from "#registers/questionnaires/index.ts";

const words = (nl: string, en: string, fy: string): Words => ({ nl, en, fy });

/** Words of respondents' stratum on their own page. A code that is not here is called as the frame writes it. */
export const knownCodes: Readonly<Record<string, Words>> = {
  raadslid: words("raadslid", "municipal councillor", "riedslid"),
  wethouder: words("wethouder", "alderman", "wethâlder"),
  burgemeester: words("burgemeester", "mayor", "boargemaster"),
  statenlid: words("Statenlid", "provincial councillor", "Steatelid"),
  gedeputeerde: words("gedeputeerde", "member of the provincial executive", "deputearre"),
  commissaris: words("commissaris van de Koning", "King's commissioner", "kommissaris fan de Kening"),
  "algemeen-bestuur": words("lid algemeen bestuur", "member of the general board", "lid algemien bestjoer"),
  "dagelijks-bestuur": words("lid dagelijks bestuur", "member of the executive", "lid deistich bestjoer"),
  voorzitter: words("voorzitter waterschap", "chair of a water authority", "foarsitter wetterskip"),
  gemeente: words("gemeente", "municipality", "gemeente"),
  provincie: words("provincie", "province", "provinsje"),
  waterschap: words("waterschap", "water authority", "wetterskip"),
  "0-20": words("tot 20.000 inwoners", "up to 20,000 inhabitants", "oant 20.000 ynwenners"),
  "20-50": words("20.000 tot 50.000 inwoners", "20,000 to 50,000 inhabitants", "20.000 oant 50.000 ynwenners"),
  "50-100": words("50.000 tot 100.000 inwoners", "50,000 to 100,000 inhabitants", "50.000 oant 100.000 ynwenners"),
  "100-plus": words("100.000 inwoners of meer", "100,000 inhabitants or more", "100.000 ynwenners of mear"),
  overig: words("overig", "other", "oar"),
  alle: words("alle", "all", "alle"),
};

/** Other ways to write a code. */
export const sameCode: Readonly<Record<string, string>> = {
  gemeenteraadslid: "raadslid",
  "commissaris-van-de-koning": "commissaris",
  cdk: "commissaris",
  "lid-provinciale-staten": "statenlid",
  "lid-algemeen-bestuur": "algemeen-bestuur",
  "lid-dagelijks-bestuur": "dagelijks-bestuur",
  dijkgraaf: "voorzitter",
  "voorzitter-waterschap": "voorzitter",
  friesland: "fryslan",
};

/** A text as the words it is found by: lower case, without words that say nothing, each by its stem (Snowball's Dutch stemmer). Used by the index and the query alike. */
import { stemmer } from "@orama/stemmers/dutch";

/** Words that stand in every answer. Figures and names stay. */
const silent = new Set(
  "aan al alle alleen als bij ben bent biedt daar daarbij daarin dan dat de der deze die dit doet door dus een eens en er ge had heb hebben heeft het hier hij hoe hun ik in is ja kan kunnen kunt maar me mee meer men met mij mijn moet na naar nee niet nog nu of om omdat ons onze ook op over reeds te toe tot u uit uw van vanuit veel voor waar wanneer waren was wat we wel welk welke werd wie wij wil wilt worden wordt zal ze zich zie zij zijn zo zoals zou antwoord vraag vragen".split(
    " ",
  ),
);

/** "raadsleden" and "raadslid" are one word to who searches; the stemmer works on endings alone. */
const vowelChange = /(?<=^|[a-z])(leden|steden|schepen|wegen)$/u;
const singular: Readonly<Record<string, string>> = { leden: "lid", steden: "stad", schepen: "schip" };
const participles = new Set(["geleden", "verleden", "overleden", "bekleden", "reden", "betreden", "heden"]);

const stems = new Map<string, string>();

/** The stem of a word in lower case. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const plural = participles.has(word) ? undefined : singular[vowelChange.exec(word)?.[1] ?? ""];
  const stem = /\d/u.test(word) ? word : stemmer(plural === undefined ? word : word.replace(vowelChange, plural));
  // A published archive has some hundred thousand words; nobody must be able to fill the memory with more.
  if (stems.size < 400_000) stems.set(word, stem);
  return stem;
}

/** A word of a text and where it stands, UTF-16 units. */
export interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const pattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** The words of a text that it can be found by, in order. */
export function* wordsIn(text: string): Generator<Word> {
  for (const match of text.matchAll(pattern)) {
    const word = match[0].toLowerCase().normalize("NFC");
    if (silent.has(word) || word.length > 60) continue;
    const stem = stemOf(word);
    if (stem !== "") yield { stem, start: match.index, end: match.index + match[0].length };
  }
}

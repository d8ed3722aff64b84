/** Says what a test of staying came to, in plain words with its numbers. Called by intention.ts. */
import type { EquivalenceVerdict } from "@rugdekking/survey/models";
import type { Both } from "#services/monitor/contract/publication.ts";

/** A share with its margin, in whole percents. */
export interface SaidShare {
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

/** What is said: differences in percentage points, rounded to one decimal; shares in whole percents. */
export interface Said {
  readonly verdict: EquivalenceVerdict;
  /** Share of who met it less share of who did not. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly margin: number;
  readonly detectable: number;
  readonly without: SaidShare;
  readonly with: SaidShare;
}

/** Words for who: "wie agressie meemaakte", "wie geen agressie meemaakte". */
export interface Subject {
  readonly exposed: Both;
  readonly others: Both;
}

const dutch = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const english = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const opening = ({ exposed, others }: Subject, { verdict, difference, margin }: Said): Both => {
  switch (verdict) {
    case "inconclusive":
      return { nl: "Er is geen duidelijk bewijs, de ene of de andere kant op.", en: "There is no clear evidence either way." };
    case "equivalent":
      return {
        nl: `Er is geen verschil dat ertoe doet: het is kleiner dan ${dutch.format(margin)} procentpunt.`,
        en: `There is no difference that matters: it is smaller than ${english.format(margin)} percentage points.`,
      };
    case "small":
      return {
        nl: `Er is een verschil, maar het is klein: minder dan ${dutch.format(margin)} procentpunt.`,
        en: `There is a difference, but a small one: less than ${english.format(margin)} percentage points.`,
      };
    case "different":
      return {
        nl: `${capital(exposed.nl)}, wil ${difference < 0 ? "minder vaak" : "vaker"} verder in een ambt dan ${others.nl}.`,
        en: `${capital(exposed.en)} ${difference < 0 ? "less" : "more"} often want to go on in office than ${others.en}.`,
      };
  }
};

/** The result. It never says "because of": a survey shows what goes together. */
export function resultSentence(subject: Subject, said: Said): Both {
  const { difference, low, high } = said;
  const { exposed, others } = subject;
  const words = opening(subject, said);
  const more = (value: number): Both => ({
    nl: `${dutch.format(Math.abs(value))} ${value < 0 ? "minder" : "meer"}`,
    en: `${english.format(Math.abs(value))} ${value < 0 ? "less" : "more"}`,
  });
  const dutchShare = ({ percent, low: least, high: most }: SaidShare): string => `ongeveer ${percent} (tussen ${least} en ${most})`;
  const englishShare = ({ percent, low: least, high: most }: SaidShare): string => `about ${percent} (between ${least} and ${most})`;
  return {
    nl: `${words.nl} Van de 100 willen er ${dutchShare(said.with)} verder, bij ${exposed.nl}. Bij ${others.nl} zijn dat er ${dutchShare(said.without)}. Het verschil in procentpunten: ${more(difference).nl}, tussen ${more(low).nl} en ${more(high).nl}.`,
    en: `${words.en} Of every 100, ${englishShare(said.with)} want to go on among ${exposed.en}. Among ${others.en} it is ${englishShare(said.without)}. The difference in percentage points: ${more(difference).en}, between ${more(low).en} and ${more(high).en}.`,
  };
}

/** What the data could have missed. */
export function missedSentence({ verdict, detectable, margin }: Said): Both {
  const blind = detectable > margin && verdict === "inconclusive";
  return {
    nl: `Een verschil kleiner dan ongeveer ${dutch.format(detectable)} procentpunt kan in deze gegevens onopgemerkt blijven.${blind ? ` Wij noemden vooraf ${dutch.format(margin)} procentpunt klein. Er zijn dus te weinig antwoorden om het te weten.` : ""}`,
    en: `A difference smaller than about ${english.format(detectable)} percentage points can go unseen in these data.${blind ? ` Beforehand we called ${english.format(margin)} percentage points small. So there are too few answers to know.` : ""}`,
  };
}

/** One decimal. */
export const tenth = (value: number): number => Math.round(value * 10) / 10;

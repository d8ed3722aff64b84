/** Says what a test of staying came to, in plain words with its numbers. Called by intention.ts. */
import type { EquivalenceVerdict } from "@rugdekking/survey/models";
import type { Both } from "#services/monitor/contract/publication.ts";

/** What is said: differences in percentage points, rounded to one decimal. The shares themselves are not: beside the share of everyone they would tell of the few who did not say what they met. */
export interface Said {
  readonly verdict: EquivalenceVerdict;
  /** Share of who met it less share of who did not. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly margin: number;
  readonly detectable: number;
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
    en: `${english.format(Math.abs(value))} ${value < 0 ? "fewer" : "more"}`,
  });
  return {
    nl: `${words.nl} Bij ${exposed.nl} willen er van de 100 ongeveer ${more(difference).nl} verder dan bij ${others.nl} (tussen ${more(low).nl} en ${more(high).nl}).`,
    en: `${words.en} Of every 100, about ${more(difference).en} want to go on among ${exposed.en} than among ${others.en} (between ${more(low).en} and ${more(high).en}).`,
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

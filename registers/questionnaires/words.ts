/** The form of a questionnaire: questions, answers, routing and derived variables as data. Types only; read.ts makes them from JSON, services/monitor works with them. */

/** Languages the Monitor is asked in. Frisian is an official language in Fryslân (Wet gebruik Friese taal). */
export const questionnaireLanguages = ["nl", "en", "fy"] as const;
export type QuestionnaireLanguage = (typeof questionnaireLanguages)[number];

/** One text in every language. */
export type Words = Readonly<Record<QuestionnaireLanguage, string>>;

/** Over how many months a wave asks people to look back. */
export type RecallMonths = 6 | 12;

/** One answer one may choose. */
export interface Option {
  /** Never `refused` or `skipped`: those are what an answer may be besides an option. */
  readonly id: string;
  /** Value in the data, 0 or more, once per question. */
  readonly code: number;
  /** In a question of kind `some`: goes with no other option ("none of these"). */
  readonly alone: boolean;
  readonly words: Words;
}

/** True when the question was answered with one of these options; of a question of kind `some`, when at least one of them was chosen. Without an answer: false. */
export interface Test {
  readonly question: string;
  readonly in: readonly string[];
}
/** A condition that stands under `conditions`, by its id. */
export interface Named {
  readonly named: string;
}
export type Leaf = Test | Named;
/** When something is so. `none`: not one of them is. */
export type Condition = Leaf | { readonly all: readonly Leaf[] } | { readonly any: readonly Leaf[] } | { readonly none: readonly Leaf[] };

/** A condition with a name of its own. */
export interface NamedCondition {
  readonly id: string;
  readonly when: Condition;
  /** Goes on from "if ": "you hold political office now". */
  readonly words: Words;
}

/** A chapter of the questionnaire. */
export interface Block {
  readonly id: string;
  /** Whose published order of chapters it keeps, or that it is our own. Never a text that was taken over. */
  readonly follows: string;
  readonly title: Words;
  /** Said once, at the first question of the block; null when the questions speak for themselves. */
  readonly intro: Words | null;
}

export interface Question {
  readonly id: string;
  /** Name of the column in the data; of kind `some`, the start of one column per option. */
  readonly variable: string;
  /** Id of a block. */
  readonly block: string;
  /** `one`: one option; `some`: one or more. */
  readonly kind: "one" | "some";
  readonly options: readonly Option[];
  /** When it is asked; null for always. Looks back at earlier questions only. */
  readonly asked: Condition | null;
  /** A detail of the person that a small group is not asked: with function and region it could point at someone. */
  readonly detail: boolean;
  /** May hold `{recall}`, which becomes the wave's recall period. */
  readonly text: Words;
  readonly help: Words | null;
}

/** Among whom a share is counted. */
export interface Denominator {
  readonly id: string;
  /** Null: everyone. */
  readonly when: Condition | null;
  readonly words: Words;
}

/** A column that follows from the answers: 1 when `when` is so, else 0, among those of the denominator. */
export interface Derived {
  readonly variable: string;
  /** Id of a denominator. */
  readonly denominator: string;
  readonly when: Condition;
  readonly words: Words;
}

/** One published version. */
export interface Questionnaire {
  readonly set: string;
  readonly version: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly title: Words;
  /** In a stratum of fewer invited persons than this, questions marked `detail` are not asked. */
  readonly smallStratum: number;
  readonly recall: Readonly<Record<RecallMonths, Words>>;
  /** The answer every question has besides its options. */
  readonly refused: Words;
  readonly conditions: readonly NamedCondition[];
  /** Id of the condition under which the page shows where help is. */
  readonly help: string;
  /** Those with a question, in order. */
  readonly blocks: readonly Block[];
  /** In the order they are asked. */
  readonly questions: readonly Question[];
  /** The first is everyone. */
  readonly denominators: readonly Denominator[];
  readonly derived: readonly Derived[];
}

/** Says a condition and a question in words, for paper, preview and codebook. Called by screens and codebook.ts. */
import {
  leavesOf,
  type Condition,
  type Leaf,
  type Question,
  type Questionnaire,
  type QuestionnaireLanguage,
  type RecallMonths,
} from "#registers/questionnaires/index.ts";

/** A text of a questionnaire with its recall period filled in. */
export const recalled = (questionnaire: Questionnaire, text: string, recallMonths: RecallMonths, language: QuestionnaireLanguage): string =>
  text.replaceAll("{recall}", questionnaire.recall[recallMonths][language]);

const joins = { nl: { or: "of", and: "en" }, en: { or: "or", and: "and" }, fy: { or: "of", and: "en" } } as const;
const choose: Readonly<Record<QuestionnaireLanguage, (question: string, options: string) => string>> = {
  nl: (question, options) => `u bij ${question} koos: ${options}`,
  en: (question, options) => `at ${question} you chose: ${options}`,
  fy: (question, options) => `jo by ${question} keazen: ${options}`,
};
const notSo: Readonly<Record<QuestionnaireLanguage, (what: string) => string>> = {
  nl: (what) => `niet geldt dat ${what}`,
  en: (what) => `it is not so that ${what}`,
  fy: (what) => `net jildt dat ${what}`,
};

/**
 * A condition in words that go on from "if": "you hold political office now", "at question 12 you chose: Yes or No".
 * @param nameOf how a question is called here: its number on paper, its variable in a codebook
 */
export function describe(
  { questions, conditions }: Questionnaire,
  condition: Condition,
  language: QuestionnaireLanguage,
  nameOf: (question: Question) => string,
): string {
  const { or, and } = joins[language];
  const leaf = (one: Leaf): string => {
    if ("named" in one) return conditions.find(({ id }) => id === one.named)?.words[language] ?? one.named;
    const question = questions.find(({ id }) => id === one.question);
    if (question === undefined) return one.question;
    const options = question.options.filter(({ id }) => one.in.includes(id)).map(({ words }) => `“${words[language]}”`);
    return choose[language](nameOf(question), options.join(` ${or} `));
  };
  const said = leavesOf(condition).map(leaf);
  if ("none" in condition) return notSo[language](said.join(` ${or} `));
  return said.join(` ${"all" in condition ? and : or} `);
}

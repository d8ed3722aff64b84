/** The codebook of a questionnaire as one wave asked it: a row per column of the data. Called by the publication of open data and by whoever reads it. */
import { columnOf, type Denominator, type Questionnaire, type QuestionnaireLanguage, type Words } from "#registers/questionnaires/index.ts";
import { missingKinds, type MissingKind } from "./conditions.ts";
import { describe, recalled } from "./describe.ts";
import type { Setting } from "./road.ts";
import { columnKey, trendKey } from "./trend.ts";

/** One column. */
export interface CodebookRow {
  /** Name in the data. */
  readonly column: string;
  /** `question`: as answered; `option`: one option of a question with several answers; `derived`: follows from others. */
  readonly kind: "question" | "option" | "derived";
  /** Id of the question; null for a derived column. */
  readonly question: string | null;
  /** Title of the block; null for a derived column. */
  readonly block: string | null;
  /** The question as it was asked (for an option: followed by the option), or what a derived column says. */
  readonly label: string;
  readonly codes: readonly { readonly code: number; readonly label: string }[];
  /** What stands in a cell without a code. */
  readonly missing: readonly MissingKind[];
  /** Who was asked, or among whom it is counted. */
  readonly among: string;
  /** Id of the denominator of a derived column. */
  readonly denominator: string | null;
  /** Equal keys in two waves: the same question, so that a trend may be drawn. Null for a derived column, whose trend hangs on the columns it is made of. */
  readonly trend: string | null;
}

const everyone = ({ denominators }: Questionnaire): Words | undefined => denominators.find(({ when }: Denominator) => when === null)?.words;
const marks: Readonly<Record<QuestionnaireLanguage, readonly [zero: string, one: string]>> = {
  nl: ["Nee", "Ja"],
  en: ["No", "Yes"],
  fy: ["Nee", "Ja"],
};
const only: Readonly<Record<QuestionnaireLanguage, (what: string) => string>> = {
  nl: (what) => `alleen als ${what}`,
  en: (what) => `only if ${what}`,
  fy: (what) => `allinnich as ${what}`,
};

/** Every column of `derive`, in its order. A question that a small stratum is not asked is listed: other strata have it. */
export function codebook(questionnaire: Questionnaire, setting: Setting, language: QuestionnaireLanguage): readonly CodebookRow[] {
  const [zero, one] = marks[language];
  const yesNo = [
    { code: 1, label: one },
    { code: 0, label: zero },
  ];
  const all = everyone(questionnaire)?.[language] ?? "";
  const blocks = new Map(questionnaire.blocks.map(({ id, title }) => [id, title[language]]));
  const asked = questionnaire.questions.flatMap((question): CodebookRow[] => {
    const text = recalled(questionnaire, question.text[language], setting.recallMonths, language);
    const key = trendKey(questionnaire, question, setting);
    const common = {
      question: question.id,
      block: blocks.get(question.block) ?? null,
      missing: question.asked === null && !question.detail ? missingKinds.filter((kind) => kind !== "not-asked") : missingKinds,
      among: question.asked === null ? all : only[language](describe(questionnaire, question.asked, language, ({ variable }) => variable)),
      denominator: null,
    };
    if (question.kind === "one") {
      const codes = question.options.map(({ code, words }) => ({ code, label: words[language] }));
      return [{ column: question.variable, kind: "question", label: text, codes, trend: key, ...common }];
    }
    return question.options.map((option) => ({
      column: columnOf(question.variable, option),
      kind: "option",
      label: `${text} ${option.words[language]}`,
      codes: yesNo,
      trend: columnKey(key, question, option),
      ...common,
    }));
  });
  const derived = questionnaire.derived.map(({ variable, words, denominator }): CodebookRow => ({
    column: variable,
    kind: "derived",
    question: null,
    block: null,
    label: words[language],
    codes: yesNo,
    missing: missingKinds,
    among: questionnaire.denominators.find(({ id }) => id === denominator)?.words[language] ?? "",
    denominator,
    trend: null,
  }));
  return [...asked, ...derived];
}

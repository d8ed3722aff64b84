/** One question: its options as large cards, and "rather not say" as the last. Used by the walk. */
import type { JSX } from "preact";
import type { Question, QuestionnaireLanguage } from "#registers/questionnaires/index.ts";
import { Choice, Choices } from "#services/interface/index.ts";
import { press, recalled, type Answer, type Asking } from "#services/monitor/questionnaire/index.ts";

/** The question's heading is that of the page; the legend says it again for who jumps to the answers. @param onAnswer null takes the answer back. */
export function QuestionView({
  asking: { questionnaire, recallMonths },
  question,
  language,
  answer,
  onAnswer,
}: {
  readonly asking: Asking;
  readonly question: Question;
  readonly language: QuestionnaireLanguage;
  readonly answer: Answer | undefined;
  readonly onAnswer: (answer: Answer | null) => void;
}): JSX.Element {
  const options = [
    ...question.options.map(({ id, words }) => ({ value: id, title: words[language] })),
    { value: "refused", title: questionnaire.refused[language] },
  ];
  const legend = recalled(questionnaire, question.text[language], recallMonths, language);
  const hint = question.help?.[language];
  if (question.kind === "one") {
    return (
      <div class="monitor-question">
        <Choice legend={legend} hint={hint} options={options} value={typeof answer === "string" ? answer : null} onChoose={onAnswer} />
      </div>
    );
  }
  const before = Array.isArray(answer) ? answer : [];
  const shown = answer === "refused" ? ["refused"] : before;
  const choose = (values: readonly string[]): void => {
    const pressed = [...values.filter((one) => !shown.includes(one)), ...shown.filter((one) => !values.includes(one))][0];
    if (pressed === undefined) return;
    if (pressed === "refused") return onAnswer(answer === "refused" ? null : "refused");
    const after = press(question, before, pressed);
    onAnswer(after.length === 0 ? null : after);
  };
  return (
    <div class="monitor-question">
      <Choices legend={legend} hint={hint} options={options} values={shown} onChoose={choose} />
    </div>
  );
}

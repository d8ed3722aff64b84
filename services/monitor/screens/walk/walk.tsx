/** The walk through a questionnaire: one question at a time, back, stop, change, and a summary before anything is sent. The same for who takes part and for a preview; keeping and sending are its caller's. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Question } from "#registers/questionnaires/index.ts";
import { Button, ProgressBar, Tag } from "#services/interface/index.ts";
import {
  answerTo,
  chosen,
  describe,
  helpQuestions,
  needsHelp,
  nextQuestion,
  questionAfter,
  questionBefore,
  recalled,
  roadOf,
  said,
  type Answer,
  type Answers,
  type Asking,
} from "#services/monitor/questionnaire/index.ts";
import { MonitorFrame, MonitorLock } from "#services/monitor/screens/frame.tsx";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";
import { HelpBlock } from "./help-block.tsx";
import { QuestionView } from "./question-view.tsx";

interface WalkProps {
  readonly asking: Asking;
  readonly answers: Answers;
  /** Called at each press: what is kept is never behind what is seen. */
  readonly onAnswers: (answers: Answers) => void;
  /** One line about keeping, under the buttons. */
  readonly saved: string;
  readonly preview: boolean;
  readonly onStop: () => void;
  readonly onFinish: () => void;
}

const summary = "summary";

export function Walk(props: WalkProps): JSX.Element {
  const { asking, answers, onAnswers } = props;
  const [at, setAt] = useState(() => nextQuestion(roadOf(asking, answers))?.id ?? summary);
  const [changing, setChanging] = useState(false);
  const road = roadOf(asking, answers);
  const question = road.questions.find(({ id }) => id === at);
  if (question === undefined) {
    return (
      <Summary
        {...props}
        questions={road.questions}
        onChange={(id) => {
          setChanging(true);
          setAt(id);
        }}
      />
    );
  }
  const set = (answer: Answer | null): void => {
    const { [question.id]: _before, ...rest } = answers;
    onAnswers(answer === null ? rest : { ...rest, [question.id]: answer });
  };
  const goOn = (): void => {
    const now = answerTo(answers, question.id) === undefined ? { ...answers, [question.id]: "skipped" } : answers;
    if (now !== answers) onAnswers(now);
    const ahead = roadOf(asking, now);
    // A change may have opened questions: those come first, then the summary again.
    const to = (changing ? null : questionAfter(ahead, question.id)) ?? nextQuestion(ahead);
    if (to === null) setChanging(false);
    setAt(to?.id ?? summary);
  };
  const goBack = (): void => {
    const before = questionBefore(road, question.id);
    if (changing) {
      setChanging(false);
      setAt(nextQuestion(road)?.id ?? summary);
    } else if (before === null) props.onStop();
    else setAt(before.id);
  };
  return <Asked {...props} questions={road.questions} question={question} onAnswer={set} onNext={goOn} onBack={goBack} />;
}

function Asked({
  asking,
  answers,
  questions,
  question,
  saved,
  preview,
  onAnswer,
  onNext,
  onBack,
  onStop,
}: WalkProps & {
  readonly questions: readonly Question[];
  readonly question: Question;
  readonly onAnswer: (answer: Answer | null) => void;
  readonly onNext: () => void;
  readonly onBack: () => void;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { questionnaire, recallMonths } = asking;
  const place = questions.indexOf(question);
  const block = questionnaire.blocks.find(({ id }) => id === question.block);
  const first = questions.find((one) => one.block === question.block) === question;
  const answer = answerTo(answers, question.id);
  const w = m.walk;
  const numbers = new Map(questionnaire.questions.map(({ id }, at) => [id, at + 1]));
  const numbered = ({ id }: Question): string => m.form.question(numbers.get(id) ?? 0);
  return (
    <MonitorFrame
      title={recalled(questionnaire, question.text[language], recallMonths, language)}
      lead={first ? block?.intro?.[language] : undefined}
      part={question.id}
      lock={false}
      above={
        <div class="monitor-above">
          <p class="monitor-block">
            {block?.title[language]}
            {preview && <Tag tone="amber">{m.preview.tag}</Tag>}
          </p>
          <ProgressBar label={w.progress} done={place + 1} all={questions.length} words={w.progressOf(place + 1, questions.length)} />
        </div>
      }
    >
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onNext();
        }}
      >
        <QuestionView key={question.id} asking={asking} question={question} language={language} answer={answer} onAnswer={onAnswer} />
        {helpQuestions(asking).has(question.id) && needsHelp(asking, answers) && <HelpBlock live />}
        {preview && (
          <p class="soft small">
            {question.variable}: {question.asked === null ? w.everyone : w.only(describe(questionnaire, question.asked, language, numbered))}
            {question.detail && ` ${m.form.detail}`}
          </p>
        )}
        <div class="actions">
          <Button type="submit" look={said(answer) || answer === "refused" ? "first" : "second"} icon="arrow" iconLast>
            {said(answer) || answer === "refused" ? w.next : w.skip}
          </Button>
          <Button look="quiet" icon="back" onPress={onBack}>
            {w.back}
          </Button>
        </div>
      </form>
      <div class="monitor-stop">
        <p class="soft small" aria-live="polite">
          {saved} {w.free}
        </p>
        <Button look="quiet" size="small" onPress={onStop}>
          {preview ? w.stopPreview : w.stop}
        </Button>
      </div>
      <MonitorLock preview={preview} />
    </MonitorFrame>
  );
}

function Summary({
  asking,
  answers,
  questions,
  saved,
  preview,
  onChange,
  onStop,
  onFinish,
}: WalkProps & { readonly questions: readonly Question[]; readonly onChange: (id: string) => void }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { questionnaire, recallMonths } = asking;
  const w = m.summary;
  const words = (question: Question): string => {
    const answer = answerTo(answers, question.id);
    if (answer === "refused") return questionnaire.refused[language];
    const options = chosen(question, answer).map((option) => option.words[language]);
    return options.length === 0 ? w.skipped : options.join("; ");
  };
  return (
    <MonitorFrame title={w.title} lead={preview ? w.finishPreviewText : w.lead} part={summary} preview={preview}>
      {needsHelp(asking, answers) && <HelpBlock live={false} />}
      {questionnaire.blocks.map((block) => {
        const own = questions.filter((question) => question.block === block.id);
        return own.length === 0 ? null : (
          <section key={block.id} class="card">
            <h2>{block.title[language]}</h2>
            <dl class="monitor-summary">
              {own.map((question) => {
                const text = recalled(questionnaire, question.text[language], recallMonths, language);
                return (
                  <div key={question.id}>
                    <dt>{text}</dt>
                    <dd>
                      <span>{words(question)}</span>
                      <button type="button" class="link" aria-label={w.changeLabel(text)} onClick={() => onChange(question.id)}>
                        {w.change}
                      </button>
                    </dd>
                  </div>
                );
              })}
            </dl>
          </section>
        );
      })}
      {!preview && <p class="monitor-warning">{w.finishText}</p>}
      <div class="actions">
        <Button icon="check" onPress={onFinish}>
          {preview ? w.finishPreview : w.finish}
        </Button>
        {!preview && (
          <Button look="quiet" onPress={onStop}>
            {m.walk.stop}
          </Button>
        )}
      </div>
      <p class="soft small" aria-live="polite">
        {saved}
      </p>
    </MonitorFrame>
  );
}

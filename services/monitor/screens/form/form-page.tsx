/** /monitor/formulier: every question under each other with who gets it, to print. For reading and preparing: an answer on paper would not be anonymous, and the page says so. */
import type { JSX } from "preact";
import type { Question, Questionnaire, RecallMonths } from "#registers/questionnaires/index.ts";
import { Button, ErrorState, Skeleton } from "#services/interface/index.ts";
import { describe, recalled } from "#services/monitor/questionnaire/index.ts";
import { useQuestionnaire } from "#services/monitor/screens/asking.ts";
import { MonitorFrame } from "#services/monitor/screens/frame.tsx";
import { useMonitorLanguage, writeMonitorDate } from "#services/monitor/screens/language.ts";
import { ChooseQuestionnaire, useLooked } from "#services/monitor/screens/preview/choose-questionnaire.tsx";

export default function FormPage(): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const [looked, change] = useLooked();
  const loaded = useQuestionnaire(looked.set, looked.version);
  const title = loaded.state === "ready" ? loaded.questionnaire.title[language] : m.start.form;
  return (
    <MonitorFrame title={title} lead={m.form.lead} part="form" lock={false}>
      <ChooseQuestionnaire looked={looked} onChange={change} />
      <div class="actions no-print">
        <Button icon="print" disabled={loaded.state !== "ready"} onPress={() => print()}>
          {m.form.print}
        </Button>
      </div>
      {loaded.state === "loading" && <Skeleton lines={8} />}
      {loaded.state === "failed" && <ErrorState error={loaded.error} where={m.failed} onRetry={() => location.reload()} />}
      {loaded.state === "ready" && <Form questionnaire={loaded.questionnaire} recallMonths={looked.recallMonths} />}
    </MonitorFrame>
  );
}

function Form({ questionnaire, recallMonths }: { readonly questionnaire: Questionnaire; readonly recallMonths: RecallMonths }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { questions, blocks, set, version, date } = questionnaire;
  const number = (question: Question): number => questions.indexOf(question) + 1;
  return (
    <>
      <p class="soft small">
        {m.form.version(set, version, writeMonitorDate(language, date))}. {m.form.count(questions.length)}. {questionnaire.recall[recallMonths][language]}.
      </p>
      {blocks.map((block) => (
        <section key={block.id} class="monitor-form">
          <h2>{block.title[language]}</h2>
          {block.intro !== null && <p>{block.intro[language]}</p>}
          <ol start={Math.min(...questions.filter((one) => one.block === block.id).map(number))}>
            {questions
              .filter((one) => one.block === block.id)
              .map((question) => (
                <li key={question.id} value={number(question)}>
                  {(question.asked !== null || question.detail) && (
                    <p class="monitor-routing">
                      {question.asked !== null && m.walk.only(describe(questionnaire, question.asked, language, (one) => m.form.question(number(one))))}
                      {question.detail && ` ${m.form.detail}`}
                    </p>
                  )}
                  <p>
                    <strong>{recalled(questionnaire, question.text[language], recallMonths, language)}</strong>
                  </p>
                  <p class="soft small">
                    {question.help?.[language]} {question.kind === "one" && m.form.one}
                  </p>
                  <ul class="monitor-boxes" data-kind={question.kind}>
                    {[...question.options.map((option) => option.words[language]), questionnaire.refused[language]].map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </>
  );
}

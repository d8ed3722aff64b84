/** /monitor/voorbeeld: the questions for who wants to see them first. Needs no code and no server; nothing is kept and nothing is sent. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ButtonLink, ErrorState, Skeleton } from "#services/interface/index.ts";
import type { Answers } from "#services/monitor/questionnaire/index.ts";
import { useQuestionnaire } from "#services/monitor/screens/asking.ts";
import { MonitorFrame } from "#services/monitor/screens/frame.tsx";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";
import { Walk } from "#services/monitor/screens/walk/walk.tsx";
import { ChooseQuestionnaire, useLooked } from "./choose-questionnaire.tsx";

export default function PreviewPage(): JSX.Element {
  const { m } = useMonitorLanguage();
  const [looked, change] = useLooked();
  // Null: not begun. Memory only.
  const [answers, setAnswers] = useState<Answers | null>(null);
  const loaded = useQuestionnaire(looked.set, looked.version);
  const stop = (): void => setAnswers(null);
  if (answers !== null && loaded.state === "ready") {
    return (
      <Walk
        asking={{ questionnaire: loaded.questionnaire, recallMonths: looked.recallMonths, details: true }}
        answers={answers}
        onAnswers={setAnswers}
        saved={m.lock.previewWhy}
        preview
        onStop={stop}
        onFinish={stop}
      />
    );
  }
  return (
    <MonitorFrame title={m.preview.title} lead={m.preview.lead} part="choose" preview>
      {loaded.state === "failed" && <ErrorState error={loaded.error} where={m.failed} onRetry={() => location.reload()} />}
      {loaded.state === "loading" && answers !== null ? <Skeleton lines={4} /> : <ChooseQuestionnaire looked={looked} onChange={change} />}
      <div class="actions">
        <Button icon="arrow" iconLast busy={loaded.state === "loading"} onPress={() => setAnswers({})}>
          {m.preview.begin}
        </Button>
        <ButtonLink to="/monitor/formulier" look="quiet" icon="print">
          {m.start.form}
        </ButtonLink>
      </div>
    </MonitorFrame>
  );
}

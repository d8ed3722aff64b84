/** /monitor/vragen: the questions for who holds a token. Every answer is kept sealed on this device; when the walk ends they are laid ready and leave later. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Button, ErrorState, navigate, Notice, Skeleton } from "#services/interface/index.ts";
import { askingOf, useQuestionnaire } from "#services/monitor/screens/asking.ts";
import { MonitorFrame } from "#services/monitor/screens/frame.tsx";
import { change, useParticipation } from "#services/monitor/screens/kept-participation.ts";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";
import { Walk } from "./walk.tsx";

export default function QuestionsPage(): JSX.Element {
  const { m } = useMonitorLanguage();
  const { held: kept, saving } = useParticipation();
  const answering = kept !== "reading" && kept?.state === "answering" ? kept : null;
  const elsewhere = kept !== "reading" && answering === null;
  // Without a token, or with answers that are laid ready, there is nothing to ask here.
  useEffect(() => {
    if (elsewhere) navigate("/monitor", { replace: true });
  }, [elsewhere]);
  const loaded = useQuestionnaire(answering?.wave.questionnaire.set ?? null, answering?.wave.questionnaire.version ?? 0);
  if (loaded.state === "failed") {
    return (
      <MonitorFrame title={m.start.title} part="loading">
        {loaded.error === null ? (
          // The questionnaire was published after this page was loaded.
          <Notice tone="amber" title={m.refusals["app-old"].what} live>
            <Button onPress={() => location.reload()}>{m.reload}</Button>
          </Notice>
        ) : (
          <>
            <Notice tone="amber" title={m.failed} live />
            <ErrorState error={loaded.error} onRetry={() => location.reload()} />
          </>
        )}
      </MonitorFrame>
    );
  }
  if (answering === null || loaded.state === "loading") {
    return (
      <MonitorFrame title={m.start.title} part="loading">
        <Skeleton lines={6} />
      </MonitorFrame>
    );
  }
  const { wave, token, notBefore, answers } = answering;
  const savedWords = {
    nothing: m.walk.kept,
    keeping: m.walk.keeping,
    kept: m.walk.kept,
    "not-kept": m.notKept,
    "not-erased": m.walk.kept,
    elsewhere: m.elsewhere,
  }[saving];
  return (
    <Walk
      asking={askingOf(loaded.questionnaire, wave)}
      answers={answers}
      onAnswers={(next) => void change(answering, { ...answering, answers: next })}
      saved={savedWords}
      preview={false}
      onStop={() => navigate("/monitor")}
      onFinish={() => void change(answering, { state: "waiting", wave, token, notBefore, answers })}
    />
  );
}

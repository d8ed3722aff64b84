/** What /monitor shows once a token is on the device: collected, begun, waiting for its moment, sent. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ButtonLink, Dialog, Link, navigate, Notice } from "#services/interface/index.ts";
import { MonitorError, type OpenWave } from "#services/monitor/client/monitor-client.ts";
import { due, type Participation } from "#services/monitor/client/participation.ts";
import { completeness, roadOf } from "#services/monitor/questionnaire/index.ts";
import { askingOf, useQuestionnaire } from "#services/monitor/screens/asking.ts";
import { MonitorFailure, MonitorFrame } from "#services/monitor/screens/frame.tsx";
import { forget, keep } from "#services/monitor/screens/kept-participation.ts";
import { useMonitorLanguage, writeMonitorDay, writeMonitorMoment } from "#services/monitor/screens/language.ts";
import { sendWaiting } from "#services/monitor/screens/send.ts";

type In<S extends Participation["state"]> = Extract<Participation, { readonly state: S }>;

export function Collected({ participation, children }: { readonly participation: In<"collected">; readonly children: ComponentChildren }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { wave, token, notBefore } = participation;
  const begin = async (): Promise<void> => {
    await keep({ state: "answering", wave, token, notBefore, answers: {} });
    navigate("/monitor/vragen");
  };
  return (
    <MonitorFrame title={m.collected.title} lead={m.collected.text} part="collected">
      {children}
      <Notice title={m.collected.later}>
        <p>{m.collected.laterText}</p>
      </Notice>
      <p>
        {m.wave.until(writeMonitorDay(language, wave.closes))} {m.wave.length}
      </p>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={() => void begin()}>
          {m.collected.begin}
        </Button>
      </div>
    </MonitorFrame>
  );
}

export function Answering({
  participation,
  children,
}: {
  readonly participation: In<"answering" | "waiting">;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { wave, token, notBefore, answers } = participation;
  const [asking, setAsking] = useState(false);
  const loaded = useQuestionnaire(wave.questionnaire.set, wave.questionnaire.version);
  const far = loaded.state === "ready" ? completeness(roadOf(askingOf(loaded.questionnaire, wave), answers)) : null;
  const w = m.answering;
  return (
    <MonitorFrame title={w.title} lead={far === null ? undefined : w.at(far.asked - far.open, far.asked)} part="answering">
      {children}
      <p>{m.wave.until(writeMonitorDay(language, wave.closes))}</p>
      <div class="actions">
        <ButtonLink to="/monitor/vragen" icon="arrow" iconLast>
          {w.on}
        </ButtonLink>
        <Button look="quiet" icon="bin" onPress={() => setAsking(true)}>
          {w.erase}
        </Button>
      </div>
      <Dialog open={asking} title={w.eraseTitle} onClose={() => setAsking(false)}>
        <p>{w.eraseText}</p>
        <div class="actions">
          <Button look="final" onPress={() => void keep({ state: "collected", wave, token, notBefore })}>
            {w.eraseYes}
          </Button>
          <Button look="second" onPress={() => setAsking(false)}>
            {w.eraseNo}
          </Button>
        </div>
      </Dialog>
    </MonitorFrame>
  );
}

const minute = 60_000;

export function Waiting({
  participation,
  children,
}: {
  readonly participation: In<"answering" | "waiting">;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { wave, token, notBefore, answers } = participation;
  const w = m.waiting;
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<{ readonly thrown: unknown } | null>(null);
  const busy = useRef(false);
  const send = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    setError(null);
    try {
      await sendWaiting(participation);
    } catch (thrown) {
      setError({ thrown });
    } finally {
      busy.current = false;
      setSending(false);
    }
  };
  // Looked at every minute and when the line comes back; a long timer may sleep with the phone.
  useEffect(() => {
    const look = (): void => {
      if (due(participation, Date.now()) && !(error?.thrown instanceof MonitorError)) void send();
    };
    if (error === null) look();
    const every = setInterval(look, minute);
    addEventListener("online", look);
    return () => {
      clearInterval(every);
      removeEventListener("online", look);
    };
  }, [participation, error]);
  const refused = error?.thrown instanceof MonitorError;
  return (
    <MonitorFrame title={w.title} lead={due(participation, Date.now()) ? undefined : w.text(writeMonitorMoment(language, notBefore))} part="waiting">
      {children}
      {error !== null &&
        (refused ? (
          <MonitorFailure error={error.thrown} />
        ) : (
          <Notice tone="amber" title={w.failed} live>
            <p>{w.failedText}</p>
          </Notice>
        ))}
      {sending && <Notice title={w.sending} live />}
      {!refused && (
        <>
          <p>{w.stay}</p>
          <p>{w.until(writeMonitorDay(language, wave.closes))}</p>
        </>
      )}
      <div class="actions">
        {refused ? (
          <Button look="second" icon="bin" onPress={() => void forget()}>
            {m.answering.erase}
          </Button>
        ) : (
          <>
            <Button
              look="second"
              icon="pencil"
              onPress={() => void keep({ state: "answering", wave, token, notBefore, answers }).then(() => navigate("/monitor/vragen"))}
            >
              {w.back}
            </Button>
            {error === null ? (
              <Button look="quiet" busy={sending} onPress={() => setAsking(true)}>
                {w.now}
              </Button>
            ) : (
              <Button look="quiet" busy={sending} onPress={() => void send()}>
                {w.again}
              </Button>
            )}
          </>
        )}
      </div>
      <Dialog open={asking} title={w.nowTitle} onClose={() => setAsking(false)}>
        <p>{w.nowText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              setAsking(false);
              void send();
            }}
          >
            {w.nowYes}
          </Button>
          <Button look="second" onPress={() => setAsking(false)}>
            {w.nowNo}
          </Button>
        </div>
      </Dialog>
    </MonitorFrame>
  );
}

export function Sent({ wave }: { readonly wave: OpenWave }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  return (
    <MonitorFrame title={m.sent.title} lead={m.sent.text} part="sent" lock={false}>
      <p class="soft">{wave.title[language]}</p>
      <p>{m.sent.next}</p>
      <p>
        {m.sent.helpText} <Link to="/hulp">{m.sent.help}</Link>
      </p>
      <div class="actions">
        <Button look="quiet" icon="bin" onPress={() => void forget()}>
          {m.sent.erase}
        </Button>
      </div>
    </MonitorFrame>
  );
}

/** What /monitor shows once a token is on the device: collected, begun, waiting for its moment, sent. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ButtonLink, Dialog, Link, navigate, Notice } from "#services/interface/index.ts";
import { MonitorError } from "#services/monitor/client/monitor-client.ts";
import { due, type Participation } from "#services/monitor/client/participation.ts";
import { completeness, roadOf } from "#services/monitor/questionnaire/index.ts";
import { askingOf, useQuestionnaire } from "#services/monitor/screens/asking.ts";
import { MonitorFailure, MonitorFrame } from "#services/monitor/screens/frame.tsx";
import type { Saving } from "#services/monitor/screens/keeper.ts";
import { change, forget } from "#services/monitor/screens/kept-participation.ts";
import { useMonitorLanguage, writeMonitorMoment, writeMonitorUntil } from "#services/monitor/screens/language.ts";
import { sendWaiting } from "#services/monitor/screens/send.ts";
import { EraseForGood } from "./erase.tsx";

type In<S extends Participation["state"]> = Extract<Participation, { readonly state: S }>;

/** @param saving where the token could not be kept, the page does not say that it was */
export function Collected({
  participation,
  saving,
  children,
}: {
  readonly participation: In<"collected">;
  readonly saving: Saving;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { wave, token, notBefore } = participation;
  const [asking, setAsking] = useState(false);
  const begin = async (): Promise<void> => {
    if (await change(participation, { state: "answering", wave, token, notBefore, answers: {} })) navigate("/monitor/vragen");
  };
  return (
    <MonitorFrame title={m.collected.title} lead={saving === "not-kept" ? undefined : m.collected.text} part="collected">
      {children}
      <Notice title={m.collected.later}>
        <p>{m.collected.laterText}</p>
      </Notice>
      <p>
        {m.wave.until(writeMonitorUntil(language, wave.ends))} {m.wave.length}
      </p>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={() => void begin()}>
          {m.collected.begin}
        </Button>
        <Button look="quiet" icon="bin" onPress={() => setAsking(true)}>
          {m.erase.token}
        </Button>
      </div>
      <EraseForGood open={asking} participation={participation} onClose={() => setAsking(false)} />
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
      <p>{m.wave.until(writeMonitorUntil(language, wave.ends))}</p>
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
          <Button look="final" onPress={() => void change(participation, { state: "collected", wave, token, notBefore })}>
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
  const [erasing, setErasing] = useState(false);
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
  const refusal = error?.thrown instanceof MonitorError ? error.thrown.code : null;
  const refused = refusal !== null;
  const takeBack = async (): Promise<void> => {
    if (await change(participation, { state: "answering", wave, token, notBefore, answers })) navigate("/monitor/vragen");
  };
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
          <p>{w.until(writeMonitorUntil(language, wave.ends))}</p>
        </>
      )}
      <div class="actions">
        {/* While they are sent they can no longer be taken back. */}
        {!sending && (!refused || refusal === "answer-refused") && (
          <Button look="second" icon="pencil" onPress={() => void takeBack()}>
            {w.back}
          </Button>
        )}
        {!refused && error === null && (
          <Button look="quiet" busy={sending} onPress={() => setAsking(true)}>
            {w.now}
          </Button>
        )}
        {!refused && error !== null && (
          <Button look="quiet" busy={sending} onPress={() => void send()}>
            {w.again}
          </Button>
        )}
        {refusal === "app-old" && <Button onPress={() => location.reload()}>{m.reload}</Button>}
        {refused && refusal !== "app-old" && (
          <Button look="quiet" icon="bin" onPress={() => setErasing(true)}>
            {m.erase.all}
          </Button>
        )}
      </div>
      <EraseForGood open={erasing} participation={participation} onClose={() => setErasing(false)} />
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

/** The wave took its last answer, by this device's clock: nothing is left to do but to erase. */
export function Over({ participation, children }: { readonly participation: Participation; readonly children: ComponentChildren }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const [asking, setAsking] = useState(false);
  const w = m.refusals["wave-closed"];
  return (
    <MonitorFrame title={w.what} lead={w.mend} part="over">
      {children}
      <p class="soft">{participation.wave.title[language]}</p>
      <div class="actions">
        <Button look="second" icon="bin" onPress={() => setAsking(true)}>
          {m.erase.all}
        </Button>
      </div>
      <EraseForGood open={asking} participation={participation} onClose={() => setAsking(false)} />
    </MonitorFrame>
  );
}

/** @param children says so when the browser did not erase what was sent; then the lead does not say it did */
export function Sent({
  participation,
  saving,
  children,
}: {
  readonly participation: In<"sent">;
  readonly saving: Saving;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const { wave } = participation;
  return (
    <MonitorFrame title={m.sent.title} lead={saving === "not-erased" ? undefined : m.sent.text} part="sent" lock={false}>
      {children}
      <p class="soft">{wave.title[language]}</p>
      <p>{m.sent.next}</p>
      <p>
        {m.sent.helpText} <Link to="/hulp">{m.sent.help}</Link>
      </p>
      <div class="actions">
        <Button look="quiet" icon="bin" onPress={() => void forget(participation)}>
          {m.sent.erase}
        </Button>
      </div>
    </MonitorFrame>
  );
}

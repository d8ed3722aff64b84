/** /monitor: how anonymity works, collecting a token with the code of an invitation, and whatever comes after on this device: go on, wait, sent. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, ButtonLink, Field, navigate, Notice, Skeleton } from "#services/interface/index.ts";
import { MonitorError, type MonitorRefusal, type OpenWave } from "#services/monitor/client/monitor-client.ts";
import { ended, sendMoment, type Participation } from "#services/monitor/client/participation.ts";
import { MonitorFailure, MonitorFrame, SavingNotice } from "#services/monitor/screens/frame.tsx";
import type { Held } from "#services/monitor/screens/keeper.ts";
import { change, forget, useParticipation } from "#services/monitor/screens/kept-participation.ts";
import { useMonitorLanguage, writeMonitorUntil } from "#services/monitor/screens/language.ts";
import { monitorClient } from "#services/monitor/screens/monitor-client-maker.ts";
import { EraseForGood } from "./erase.tsx";
import { Answering, Collected, Over, Sent, Waiting } from "./later.tsx";
import { Occupied } from "./occupied.tsx";
import { AnonymityPicture } from "./picture.tsx";

/** The code that came behind `#` in the link of an invitation: a browser never sends it. It is taken out of the address at once. */
function codeInAddress(): string {
  const code = location.hash.slice(1).trim();
  if (code === "") return "";
  navigate("/monitor", { replace: true });
  try {
    return decodeURIComponent(code).slice(0, 100);
  } catch {
    return "";
  }
}

/** Half open: [0, 1), from the browser's good source of chance. */
const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** What went wrong, kept above the parts of the page: which of them is drawn changes while a token is collected. */
type Failure = { readonly thrown: unknown } | null;

/** After these the prepared token is of no use: another was collected with the code, or none ever will be. */
const endings: ReadonlySet<string> = new Set(["token-collected", "code-unknown", "wave-closed"] satisfies MonitorRefusal[]);

type Collecting = Extract<Participation, { readonly state: "collecting" }>;

/** Collects and keeps: the prepared token first, so that a connection that breaks loses nothing. Not when another tab began meanwhile: its token is the one (`[Note: Two tabs]`). */
async function collect(from: Held, start: Collecting): Promise<void> {
  const client = await monitorClient();
  if (!(await change(from, start))) return;
  try {
    const token = await client.collectToken(start.code, start.prepared);
    await change(start, { state: "collected", wave: start.wave, token, notBefore: sendMoment(start.wave, Date.now(), random()) });
  } catch (thrown) {
    if (thrown instanceof MonitorError && endings.has(thrown.code)) await forget(start);
    throw thrown;
  }
}

export default function MonitorPage(): JSX.Element {
  const { m } = useMonitorLanguage();
  const { held: kept, saving } = useParticipation();
  const [code, setCode] = useState(codeInAddress);
  const [wave, setWave] = useState<OpenWave | null>(null);
  const [followed, setFollowed] = useState(0);
  const [failure, setFailure] = useState<Failure>(null);
  // Another link followed in the same tab changes no more than what stands behind the #.
  useEffect(() => {
    const look = (): void => {
      const other = codeInAddress();
      if (other === "") return;
      setWave(null);
      setFailure(null);
      setCode(other);
      setFollowed((before) => before + 1);
    };
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  if (kept === "reading") {
    return (
      <MonitorFrame title={m.start.title} lead={m.start.lead} part="start">
        <Skeleton lines={6} />
      </MonitorFrame>
    );
  }
  const said = <SavingNotice saving={saving} />;
  const other = (): void => {
    setWave(null);
    setCode("");
    setFailure(null);
  };
  const over = kept !== null && ended(kept, Date.now());
  // A code that came while a token lies here: whose it is cannot be seen from here, so the person says what is to be done.
  if (kept !== null && !over && code !== "" && !(kept.state === "collecting" && kept.code === code.trim())) {
    return (
      <Occupied kept={kept} onGoOn={() => setCode("")}>
        {said}
      </Occupied>
    );
  }
  if (kept !== null && !(over && code !== "")) {
    switch (kept.state) {
      case "collecting":
        return (
          <Interrupted start={kept} failure={failure} onFailure={setFailure} onOther={other}>
            {said}
          </Interrupted>
        );
      case "collected":
        return over ? (
          <Over participation={kept}>{said}</Over>
        ) : (
          <Collected participation={kept} saving={saving}>
            {said}
          </Collected>
        );
      case "answering":
        return over ? <Over participation={kept}>{said}</Over> : <Answering participation={kept}>{said}</Answering>;
      case "waiting":
        return <Waiting participation={kept}>{said}</Waiting>;
      case "sent":
        return (
          <Sent participation={kept} saving={saving}>
            {said}
          </Sent>
        );
    }
  }
  if (wave !== null) {
    return (
      <Found wave={wave} code={code} from={kept} failure={failure} onFailure={setFailure} onCode={setCode} onOther={other}>
        {said}
      </Found>
    );
  }
  return (
    <MonitorFrame title={m.start.title} lead={m.start.lead} part="start">
      {said}
      <Code
        key={followed}
        typed={code}
        onFound={(found, by) => {
          setCode(by);
          setWave(found);
        }}
      />
      <section class="section">
        <h2>{m.start.how}</h2>
        <AnonymityPicture label={m.start.picture} />
        <ol class="numbered">
          {m.start.sentences.map((sentence) => (
            <li key={sentence}>
              <span>{sentence}</span>
            </li>
          ))}
        </ol>
        <details class="more">
          <summary>{m.start.more}</summary>
          <ul class="words">
            {m.start.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      </section>
      <section class="section">
        <p>{m.start.noInvitation}</p>
        <div class="actions">
          <ButtonLink to="/monitor/voorbeeld" look="second">
            {m.start.preview}
          </ButtonLink>
          <ButtonLink to="/monitor/formulier" look="quiet" icon="print">
            {m.start.form}
          </ButtonLink>
        </div>
      </section>
    </MonitorFrame>
  );
}

/** What is typed stays here until its wave was found: above, a code means one that came with a link. */
function Code({ typed, onFound }: { readonly typed: string; readonly onFound: (wave: OpenWave, code: string) => void }): JSX.Element {
  const { m } = useMonitorLanguage();
  const [code, setCode] = useState(typed);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<{ readonly thrown: unknown } | null>(null);
  const open = async (): Promise<void> => {
    setMissing(code.trim() === "");
    if (code.trim() === "" || busy) return;
    setBusy(true);
    setError(null);
    try {
      const client = await monitorClient();
      onFound(await client.openWave(code.trim()), code.trim());
    } catch (thrown) {
      setError({ thrown });
    } finally {
      setBusy(false);
    }
  };
  // Whoever followed the link of the invitation need not press as well.
  useEffect(() => {
    if (code !== "") void open();
  }, []);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Field
        label={m.start.code}
        hint={m.start.codeHint}
        error={missing ? m.start.codeMissing : null}
        value={code}
        maxLength={100}
        spellcheck={false}
        onInput={(text) => {
          setCode(text);
          setMissing(false);
        }}
      />
      {error !== null && <MonitorFailure error={error.thrown} />}
      <div class="actions">
        <Button type="submit" busy={busy} icon="arrow" iconLast>
          {m.start.open}
        </Button>
      </div>
    </form>
  );
}

interface Failing {
  readonly failure: Failure;
  readonly onFailure: (failure: Failure) => void;
  /** It is somebody else's invitation: its wave and code are let go. */
  readonly onOther: () => void;
  readonly children: ComponentChildren;
}

function Found({
  wave,
  code,
  from,
  failure,
  onFailure,
  onCode,
  onOther,
  children,
}: Failing & { readonly wave: OpenWave; readonly code: string; readonly from: Held; readonly onCode: (code: string) => void }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const w = m.wave;
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    onFailure(null);
    try {
      const client = await monitorClient();
      const start: Collecting = { state: "collecting", wave, code, prepared: await client.prepareToken(wave) };
      // From here on it is kept with what was prepared, and no longer a code that came with a link.
      onCode("");
      await collect(from, start);
    } catch (thrown) {
      // What was prepared is kept while it may still be of use: the page then shows how to go on with it.
      onCode(code);
      onFailure({ thrown });
    } finally {
      setBusy(false);
    }
  };
  return (
    <MonitorFrame
      title={wave.title[language]}
      lead={`${w.collectUntil(writeMonitorUntil(language, wave.closes))} ${w.until(writeMonitorUntil(language, wave.ends))} ${w.length}`}
      part="wave"
    >
      {children}
      <section class="card">
        <h2>{w.says}</h2>
        <ul class="monitor-stratum">
          {wave.stratum.map((words) => (
            <li key={words.nl} class="tag">
              {words[language]}
            </li>
          ))}
        </ul>
        <p class="soft">{w.saysWhy}</p>
        {!wave.details && <p class="soft">{w.small}</p>}
      </section>
      {failure !== null && <MonitorFailure error={failure.thrown} />}
      <p>{w.collectOnce}</p>
      <div class="actions">
        <Button busy={busy} icon="key" onPress={() => void go()}>
          {w.collect}
        </Button>
        <Button look="quiet" onPress={onOther}>
          {w.other}
        </Button>
      </div>
    </MonitorFrame>
  );
}

/** Collecting began, and its end was not seen: the same prepared token is asked for again. */
function Interrupted({ start, failure, onFailure, onOther, children }: Failing & { readonly start: Collecting }): JSX.Element {
  const { m, language } = useMonitorLanguage();
  const w = m.wave;
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    onFailure(null);
    try {
      await collect(start, start);
    } catch (thrown) {
      onFailure({ thrown });
    } finally {
      setBusy(false);
    }
  };
  return (
    <MonitorFrame title={start.wave.title[language]} part="collecting">
      {children}
      <Notice title={w.interrupted}>{w.interruptedText}</Notice>
      {failure !== null && <MonitorFailure error={failure.thrown} />}
      <div class="actions">
        <Button busy={busy} icon="key" onPress={() => void go()}>
          {w.again}
        </Button>
        <Button look="quiet" icon="bin" onPress={() => setAsking(true)}>
          {w.other}
        </Button>
      </div>
      <EraseForGood open={asking} participation={start} onClose={() => setAsking(false)} onErased={onOther} />
    </MonitorFrame>
  );
}

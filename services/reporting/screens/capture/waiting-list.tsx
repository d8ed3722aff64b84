/** What waits in the extension, opened here: look, choose, choose a report, and put it in. Part of /uitbreiding. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierView } from "#services/dossier/contract/index.ts";
import { Arrived, Button, ButtonLink, Notice, ProgressBar, Select, Skeleton } from "#services/interface/index.ts";
import type { OpenedCapture } from "#services/reporting/client/sealed-capture.ts";
import type { SealedCapture } from "#services/reporting/contract/extension.ts";
import type { Bridge, Connected } from "./bridge.ts";
import { Failed, Nothing } from "./failed.tsx";
import type { CaptureMessages } from "./nl.ts";
import { pictureOf, readPicture, readReports, readWaiting, takeOver, type Waiting } from "./take-over.ts";

interface ListProps {
  readonly m: CaptureMessages;
  readonly session: Session;
  readonly channel: Connected;
}

interface Known {
  readonly waiting: readonly Waiting[];
  readonly reports: readonly DossierView[];
}

export function WaitingList({ m, session, channel }: ListProps): JSX.Element {
  const [known, setKnown] = useState<Known | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [report, setReport] = useState("");
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const [missing, setMissing] = useState(false);
  const [taken, setTaken] = useState<{ readonly count: number; readonly dossier: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { bridge } = channel;
  const load = async (): Promise<void> => {
    try {
      const [waiting, reports] = await Promise.all([readWaiting(bridge, session), readReports(session)]);
      setKnown({ waiting, reports });
      setReport((now) => (reports.some(({ id }) => id === now) ? now : (reports[0]?.id ?? "")));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => {
    // While taking over, the extension tells of every capture it forgot.
    if (at !== null) return;
    setError(null);
    void load();
  }, [channel, session]);
  const chosen = (known?.waiting ?? []).flatMap(({ capture, opened }) => (opened === null || left.has(capture.id) ? [] : [{ capture, opened }]));
  const go = async (): Promise<void> => {
    setMissing(chosen.length === 0);
    setError(null);
    if (chosen.length === 0 || report === "") return;
    setAt([0, 1]);
    try {
      await takeOver(bridge, session, report, chosen, (done, all) => setAt([done, all]));
      setTaken({ count: chosen.length, dossier: report });
    } catch (thrown) {
      setError(thrown);
    }
    setAt(null);
    await load();
  };
  if (known === null) return error === null ? <Skeleton lines={4} /> : <Failed m={m} error={error} />;
  const turn = (id: string): void => setLeft((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])));
  return (
    <>
      {taken !== null && at === null && (
        <Arrived>
          <Notice title={m.taken.title(taken.count)} live>
            <p>{m.taken.text}</p>
            <div class="actions">
              <ButtonLink to={`/dossier/${taken.dossier}`}>{m.taken.open}</ButtonLink>
            </div>
          </Notice>
        </Arrived>
      )}
      {error !== null && <Failed m={m} error={error} />}
      {known.waiting.length === 0 ? (
        taken === null && <Nothing m={m} />
      ) : (
        <section class="section stack" aria-label={m.waiting.title(known.waiting.length)}>
          <h2>{m.waiting.title(known.waiting.length)}</h2>
          <p>{m.waiting.choose}</p>
          <ul class="plain stack-small">
            {known.waiting.map(({ capture, opened }) => (
              <li key={capture.id} class="card stack-small">
                {opened === null ? (
                  <p class="soft">
                    {m.waiting.at(capture.capturedAt)}. {m.waiting.closed}
                  </p>
                ) : (
                  <Captured m={m} bridge={bridge} capture={capture} opened={opened} chosen={!left.has(capture.id)} onTurn={() => turn(capture.id)} />
                )}
              </li>
            ))}
          </ul>
          {known.reports.length === 0 ? (
            <>
              <p>{m.waiting.none}</p>
              <div class="actions">
                <ButtonLink to="/melden">{m.waiting.begin}</ButtonLink>
              </div>
            </>
          ) : (
            <>
              <Select
                label={m.waiting.where}
                value={report}
                options={known.reports.map(({ id, opened }) => ({ value: id, label: m.waiting.dossier(opened) }))}
                onChoose={setReport}
              />
              <Notice tone="amber">
                <p>{m.waiting.final}</p>
              </Notice>
              {missing && <Notice tone="amber" live title={m.waiting.missing} />}
              {at !== null && (
                <ProgressBar label={m.waiting.busy} done={at[0]} all={Math.max(1, at[1])} words={`${Math.floor((100 * at[0]) / Math.max(1, at[1]))} %`} />
              )}
              <div class="actions">
                <Button icon="lock" busy={at !== null} onPress={() => void go()}>
                  {m.waiting.go}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
    </>
  );
}

interface CapturedProps {
  readonly m: CaptureMessages;
  readonly bridge: Bridge;
  readonly capture: SealedCapture;
  readonly opened: OpenedCapture;
  readonly chosen: boolean;
  readonly onTurn: () => void;
}

/** One capture: what it is by its own words; its picture only for who asks. What the page said is drawn apart, so that it cannot turn the words around it. */
function Captured({ m, bridge, capture, opened, chosen, onTurn }: CapturedProps): JSX.Element {
  const { facts, begin, lacks, parts } = opened.sheet;
  const [picture, setPicture] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(
    () => () => {
      if (picture !== null) URL.revokeObjectURL(picture);
    },
    [picture],
  );
  const look = async (): Promise<void> => {
    if (picture !== null) return setPicture(null);
    setBusy(true);
    setError(null);
    try {
      const found = await readPicture(bridge, capture, opened);
      if (found !== null) setPicture(URL.createObjectURL(found));
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const time = facts.time.shown === "" ? facts.time.stated : facts.time.shown;
  return (
    <>
      <label class="capture-line">
        <input type="checkbox" checked={chosen} onChange={onTurn} />
        <span>
          <strong>
            <bdi>{facts.account === "" ? m.waiting.nobody : facts.account}</bdi>
          </strong>{" "}
          <bdi class="soft">{facts.platform}</bdi>
        </span>
      </label>
      <p class="capture-begin">
        <bdi>{begin === "" ? facts.title : begin}</bdi>
      </p>
      <p class="soft small capture-address">
        <bdi>{facts.url}</bdi>
      </p>
      <p class="soft small">
        {m.waiting.at(capture.capturedAt)} · {m.waiting.files(parts.length)}
        {time !== "" && (
          <>
            {" · "}
            <bdi>{m.waiting.shown(time)}</bdi>
          </>
        )}
      </p>
      {lacks.whole && <p class="small">{m.waiting.lacksWhole}</p>}
      {lacks.text && <p class="small">{m.waiting.lacksText}</p>}
      {lacks.frames && <p class="small">{m.waiting.lacksFrames}</p>}
      {lacks.pictures === true && <p class="small">{m.waiting.lacksPictures}</p>}
      {error !== null && <Failed m={m} error={error} />}
      {pictureOf(opened.sheet) !== null && (
        <div class="actions">
          <Button look="second" size="small" busy={busy} onPress={() => void look()}>
            {picture === null ? m.waiting.look : m.waiting.hide}
          </Button>
        </div>
      )}
      {picture !== null && <img class="capture-picture" src={picture} alt={m.waiting.picture} />}
    </>
  );
}

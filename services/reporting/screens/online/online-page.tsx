/** /berichten: bring messages in, let the device sort them, see a summary first, read only what one wants to, and hand over what belongs. Nothing readable leaves the device. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { ErrorState, Notice, Page, Skeleton, Tabs, useMessages, useStore } from "#services/interface/index.ts";
import { Choose } from "./choose.tsx";
import { en } from "./en.ts";
import { firstChoice, type Choice } from "./found.ts";
import { KeptHere } from "./kept-here.tsx";
import { nl, type OnlineMessages } from "./nl.ts";
import "./online.css";
import { Progressing, Unfinished } from "./progressing.tsx";
import { Reading } from "./reading.tsx";
import { Overview, type Part } from "./overview.tsx";
import { TakeAlong } from "./take-along.tsx";
import { TimelinePicture } from "./timeline-picture.tsx";
import { WatchPanel } from "./watch-panel.tsx";
import { work } from "./work.ts";

const parts: readonly Part[] = ["overview", "read", "time", "own", "take"];

export default function OnlinePage(): JSX.Element {
  const m = useMessages<OnlineMessages>({ nl, en });
  const change = useStore(work.changes);
  const [part, setPart] = useState<Part>("overview");
  const [choice, setChoice] = useState<Choice>(firstChoice);
  const [wiping, setWiping] = useState<"no" | "busy" | "done">("no");
  const [notWiped, setNotWiped] = useState<unknown>(null);
  // The button that was pressed goes away with what it wiped: focus goes to the heading.
  const [wipes, setWipes] = useState(0);
  useEffect(() => void work.open(), []);
  const { stage } = work;
  const ready = stage.at === "ready" || (stage.at === "judging" && stage.again);
  const summary = useMemo(() => (ready && work.counts !== null ? { ...work.counts, ...work.found.countMarks() } : null), [ready, change]);
  // Buttons of one stretch are gone in the next: focus goes to the heading. What is only looked at again stays under one's hands.
  const stretch = ready ? "ready" : stage.at === "opening" || stage.at === "empty" ? "begin" : "busy";
  const lock = { sentence: m.lock, readers: [{ who: m.you, reason: m.youReason }] };
  const go = (to: Part, wanted?: Partial<Choice>): void => {
    if (wanted !== undefined) setChoice({ ...firstChoice, ...wanted });
    setPart(to);
    scrollTo(0, 0);
    // The button that was pressed is on the part that goes away.
    setTimeout(() => document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus({ preventScroll: true }));
  };
  const wipe = async (): Promise<void> => {
    setPart("overview");
    setChoice(firstChoice);
    setNotWiped(null);
    setWiping("busy");
    setWipes(wipes + 1);
    try {
      await work.wipe();
      setWiping("done");
    } catch (error) {
      setNotWiped(error);
      setWiping("no");
    }
  };
  const failed = work.error !== null && <ErrorState error={work.error} onRetry={() => void work.resume()} />;

  return (
    <Page title={m.title} lead={m.lead} lock={lock} width={ready ? "wide" : "column"} part={`${wipes} ${stretch}`}>
      {stage.at === "opening" && <Skeleton lines={5} />}
      {wiping === "busy" && <Notice title={m.kept.wiping} live />}
      {notWiped !== null && <ErrorState error={notWiped} where={m.kept.notWiped} onRetry={() => void wipe()} />}
      {stage.at === "empty" && wiping !== "busy" && (
        <>
          {wiping === "done" && <Notice title={m.kept.wiped} live />}
          {failed}
          <Choose
            m={m}
            onBring={() => {
              setWiping("no");
              setNotWiped(null);
            }}
          />
          <WatchPanel m={m} folded />
        </>
      )}
      {!ready && (stage.at === "reading" || stage.at === "judging") && <Progressing m={m} stage={stage} />}
      {summary !== null && (
        <>
          {work.resumed && (
            <Notice title={m.resumedTitle} live>
              <p>{m.resumed}</p>
            </Notice>
          )}
          {failed}
          <Unfinished m={m} />
          {stage.at === "judging" && <Progressing m={m} stage={stage} />}
          <Tabs
            label={m.tabsLabel}
            now={part}
            onGo={(to) => setPart(to)}
            tabs={parts.map((key) => ({ key, name: key === "take" && summary.marks.belongs > 0 ? `${m.tabs.take} (${summary.marks.belongs})` : m.tabs[key] }))}
          >
            {part === "overview" && <Overview m={m} summary={summary} onGo={go} />}
            {part === "read" && <Reading m={m} change={change} choice={choice} onChoose={setChoice} />}
            {part === "time" && <TimelinePicture m={m} onRead={(window) => go("read", { wish: "all", window, order: "time" })} />}
            {part === "own" && <WatchPanel m={m} />}
            {part === "take" && <TakeAlong m={m} change={change} onRead={() => go("read")} />}
          </Tabs>
        </>
      )}
      {stage.at !== "opening" && wiping !== "busy" && (stage.at !== "empty" || work.kept !== null) && <KeptHere m={m} onWipe={() => void wipe()} />}
    </Page>
  );
}

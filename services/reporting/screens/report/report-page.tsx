/** /melden: five short steps, saved as one types, then locked, sent, and the code. Holds the draft; the steps draw it. */
import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import type { CaptureWay } from "#services/dossier/contract/capture.ts";
import { takeIn } from "#services/dossier/screens/captured.ts";
import {
  Button,
  ConfirmCode,
  Dialog,
  ErrorState,
  isLeaving,
  navigate,
  Notice,
  Page,
  Skeleton,
  Steps,
  useInterfaceMessages,
  useMessages,
} from "#services/interface/index.ts";
import { ShowCode, WhatNow } from "./after.tsx";
import { brought } from "#services/reporting/screens/online/begin.ts";
import { beginWith } from "./begin.ts";
import { dropDraft, emptyDraft, isTold, keepDraft, readDraft, type Draft } from "./draft.ts";
import { en } from "./en.ts";
import { nl, type ReportMessages } from "./nl.ts";
import type * as laterSteps from "./later.ts";
import type { SendProgress, Sent } from "./send.ts";
import { unconfirmed } from "./unconfirmed.ts";
import { StepEvidence, StepWhat, StepWords } from "./steps.tsx";

type Later = typeof laterSteps;
type Stage = "telling" | "sending" | "code" | "confirm" | "done";
type Saving = "nothing" | "keeping" | "kept" | "not-kept";

/** What a step still lacks; steps 2 and 3 ask for nothing. */
function lacks(step: number, draft: Draft, desk: VerifiedDesk | null): boolean {
  if (step === 0) return draft.words.trim() === "" || draft.acute === null;
  if (step === 3) return draft.organisation === null || desk === null || (draft.contact !== "here" && draft.reach.trim() === "");
  return false;
}

export default function ReportPage(): JSX.Element {
  const m = useMessages<ReportMessages>({ nl, en });
  const frame = useInterfaceMessages();
  const session = useSession();
  const [draft, change, saving, resumed] = useDraft();
  const [files, setFiles] = useState<readonly File[]>(brought.get());
  const [desk, setDesk] = useState<VerifiedDesk | null>(null);
  const [showMissing, setShowMissing] = useState(false);
  const [stage, setStage] = useState<Stage>(unconfirmed.get() === null ? "telling" : "code");
  const [progress, setProgress] = useState<SendProgress>({ phase: "loading" });
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<Sent | null>(unconfirmed.get());
  const [throwing, setThrowing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const addFiles = useCallback((added: File[], how: CaptureWay) => {
    takeIn(added, how);
    setFiles((before) => [...before, ...added]);
  }, []);

  useEffect(() => brought.set([]), []);

  const { later, failed, fetchLater } = useLater();
  const guest = session === null;
  const deskId = desk?.id ?? null;
  useEffect(() => {
    if (later === null || !guest || stage !== "telling") return;
    // Not at once: whoever looks in and leaves again costs nobody anything.
    const wait = setTimeout(() => void later.layIn(deskId), deskId === null ? 2_500 : 0);
    return () => clearTimeout(wait);
  }, [later, guest, deskId]);
  useEffect(() => {
    if (stage === "done" || (stage === "telling" && files.length === 0)) return;
    const ask = (event: BeforeUnloadEvent): void => {
      // "Snel weg" must never be held up by a question.
      if (!isLeaving()) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [stage, files.length]);

  const go = (step: number): void => {
    setShowMissing(false);
    setError(null);
    change({ step });
  };
  const firstLack = (upTo: number): number | null => {
    for (let step = 0; step <= upTo; step += 1) if (lacks(step, draft, desk)) return step;
    return null;
  };
  const next = (): void => {
    const wanted = draft.step === 4 ? firstLack(4) : lacks(draft.step, draft, desk) ? draft.step : null;
    if (wanted === null) {
      if (draft.step === 4) void send();
      else go(draft.step + 1);
      return;
    }
    if (wanted !== draft.step) change({ step: wanted });
    setShowMissing(true);
    // The first field that lacks something takes the focus, once the errors are drawn.
    setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true], .field-error ~ .choices input")?.focus(), 50);
  };
  const send = async (): Promise<void> => {
    if (desk === null || draft.organisation === null || later === null) return;
    setStage("sending");
    setError(null);
    try {
      const done = await later.sendReport({ draft, organisation: draft.organisation, desk, files, session, onProgress: setProgress });
      setSent(done);
      if (done.code !== null) unconfirmed.set(done);
      setStage(done.code === null ? "done" : "code");
      await dropDraft();
    } catch (thrown) {
      setError(thrown);
      setStage("telling");
    }
  };
  const throwAway = async (): Promise<void> => {
    setThrowing(false);
    setFiles([]);
    setDesk(null);
    change(emptyDraft);
    await dropDraft();
    navigate("/", { replace: true });
  };

  const before = { sentence: m.lock.before, readers: [{ who: m.lock.you, reason: m.lock.youReason }] };
  const readers =
    desk === null
      ? before
      : {
          sentence: m.lock.afterSend(desk.name),
          readers: [
            before.readers[0] ?? { who: m.lock.you, reason: "" },
            ...desk.roster.members.map((member) => ({ who: `${member.name}, ${member.office}`, reason: m.lock.deskReason })),
          ],
        };

  if (sent !== null && stage === "code" && sent.code !== null) {
    return (
      <Page title={m.code.title} lead={m.code.lead} part="code">
        <ShowCode m={m} code={sent.code} onNext={() => setStage("confirm")} />
      </Page>
    );
  }
  if (sent !== null && stage === "confirm" && sent.code !== null) {
    return (
      <Page title={m.confirm.title} lead={m.confirm.lead} part="confirm">
        <ConfirmCode
          code={sent.code}
          onBack={() => setStage("code")}
          onDone={() => {
            unconfirmed.set(null);
            setStage("done");
          }}
        />
      </Page>
    );
  }
  if (sent !== null && stage === "done")
    return (
      <Page title={m.done.title} lead={m.done.lead} lock={readers} part="done">
        <WhatNow m={m} sent={sent} />
      </Page>
    );

  const titles = [m.words, m.what, m.evidence, m.who, m.check] as const;
  const words = titles[draft.step] ?? m.words;
  const step = { m, draft, change, showMissing };
  const savedWords = { nothing: "", keeping: m.keeping, kept: m.kept, "not-kept": m.notKept }[saving];
  return (
    <Page
      title={words.title}
      lead={words.lead}
      lock={before}
      part={draft.step}
      above={<Steps names={m.steps} now={draft.step} onGo={stage === "sending" ? undefined : go} />}
    >
      <form
        ref={form}
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (stage !== "sending") next();
        }}
      >
        {resumed && draft.step === 0 && (
          <Notice title={m.resumed} live>
            <p>{m.resumedHint}</p>
          </Notice>
        )}
        {draft.step === 0 && <StepWords {...step} saved={savedWords} />}
        {draft.step === 1 && <StepWhat {...step} />}
        {draft.step === 2 && <StepEvidence m={m} files={files} onAdd={addFiles} onRemove={(file) => setFiles(files.filter((other) => other !== file))} />}
        {draft.step >= 3 && later === null && (failed === null ? <Skeleton lines={5} /> : <ErrorState error={failed} onRetry={fetchLater} />)}
        {draft.step === 3 && later !== null && <later.StepWho {...step} desk={desk} onDesk={setDesk} />}
        {draft.step === 4 && later !== null && <later.StepCheck m={m} draft={draft} files={files} desk={desk} guest={session === null} onGo={go} />}
        {stage === "sending" && later !== null && <later.Sending m={m} progress={progress} />}
        {error !== null && <ErrorState error={error} />}
        <div class="actions">
          <Button type="submit" busy={stage === "sending"} icon={draft.step === 4 ? "lock" : "arrow"} iconLast={draft.step !== 4}>
            {stage === "sending" ? m.check.sending : draft.step === 4 ? m.check.send : frame.next}
          </Button>
          {draft.step > 0 && stage !== "sending" && (
            <Button look="second" icon="back" onPress={() => go(draft.step - 1)}>
              {frame.back}
            </Button>
          )}
          {isTold(draft) && stage !== "sending" && (
            <Button look="quiet" icon="bin" onPress={() => setThrowing(true)}>
              {m.throwAway}
            </Button>
          )}
        </div>
      </form>
      <Dialog open={throwing} title={m.throwTitle} onClose={() => setThrowing(false)}>
        <p>{m.throwText}</p>
        <div class="actions">
          <Button look="final" onPress={() => void throwAway()}>
            {m.throwYes}
          </Button>
          <Button look="second" onPress={() => setThrowing(false)}>
            {m.throwNo}
          </Button>
        </div>
      </Dialog>
    </Page>
  );
}

/** The later steps, then the client with the seals: fetched while the person types. A failure is shown when a later step is reached, with a button to try again. */
function useLater(): { readonly later: Later | null; readonly failed: unknown; readonly fetchLater: () => void } {
  const [later, setLater] = useState<Later | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const fetchLater = useCallback(() => {
    setFailed(null);
    import("./later.ts").then(setLater, setFailed);
  }, []);
  useEffect(() => {
    const steps = setTimeout(fetchLater, 300);
    // Failing is fine here: sending loads it again and says so if that fails too.
    const client = setTimeout(() => void import("#services/reporting/client/index.ts").catch(() => undefined), 2_000);
    return () => {
      clearTimeout(steps);
      clearTimeout(client);
    };
  }, []);
  return { later, failed, fetchLater };
}

/** The draft, kept sealed half a second after the last change; read back when the page opens. */
function useDraft(): readonly [Draft, (part: Partial<Draft>) => void, Saving, boolean] {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [saving, setSaving] = useState<Saving>("nothing");
  const [resumed, setResumed] = useState(false);
  const touched = useRef(false);
  const change = useCallback((part: Partial<Draft>) => {
    touched.current = true;
    setDraft((before) => ({ ...before, ...part }));
  }, []);
  useEffect(() => {
    const begin = beginWith.get();
    const read = async (): Promise<void> => {
      const kept = await readDraft();
      // Whoever already typed is not interrupted by an older text.
      if (kept !== null && !touched.current && isTold(kept)) {
        setDraft({ ...kept, step: Math.min(kept.step, 3) });
        setResumed(true);
      } else if (begin !== null) setDraft((before) => (before.forms.length === 0 ? { ...before, forms: [begin] } : before));
    };
    void read();
  }, []);
  useEffect(() => {
    if (!touched.current || !isTold(draft)) return;
    setSaving("keeping");
    const keep = async (): Promise<void> => {
      try {
        await keepDraft(draft);
        setSaving("kept");
      } catch {
        setSaving("not-kept");
      }
    };
    const wait = setTimeout(() => void keep(), 500);
    return () => clearTimeout(wait);
  }, [draft]);
  return [draft, change, saving, resumed];
}

/** The last part of a visit: day, who were there, what goes along, and sending it, with a new sign-in where the old one ended and without sending anything twice. Used by the visit page. */
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DeviceBox } from "#services/directory/client/kept-browser.ts";
import { signInAgain } from "#services/directory/screens/kept.ts";
import { session as sessionOfTab } from "#services/directory/screens/session.ts";
import { UnlockForm } from "#services/directory/screens/unlock-form.tsx";
import { Button, ErrorState, Field, Notice, problemCode, ProgressBar, TextArea, useMessages } from "#services/interface/index.ts";
import {
  nothingSent,
  openScan,
  packVisit,
  sendVisit,
  type SendRecord,
  type SentVisit,
  type VisitPack,
  type VisitProgress,
} from "#services/scanning/client/index.ts";
import { riskDomains } from "#services/scanning/contract/index.ts";
import type { Evaluation, ReadySet } from "#services/scanning/questions/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { afterFrame, useTyped } from "./after-frame.ts";
import type { Book } from "./book.ts";
import { HousePicture, pinsOf } from "#services/scanning/screens/house/index.ts";
import { Differences } from "./differences.tsx";
import { en } from "./en.ts";
import { markSent, readHandle, sendingOf } from "./kept.ts";
import { nl, type Messages } from "./nl.ts";
import { choose, differences, ontoPack, toSend } from "./notes.ts";
import { PhotoButtons, PhotoStrip, useRemovePhoto } from "./photos.tsx";

const signedOut = new Set(["session-missing", "session-expired"]);
/** Waits after a cut while sending, in milliseconds: whoever stands in the hall wants to know soon. */
const backOff = [500, 1_500, 4_000];

interface FinishProps {
  readonly session: Session;
  readonly box: DeviceBox;
  readonly book: Book;
  readonly pack: VisitPack;
  readonly set: ReadySet | null;
  readonly evaluation: Evaluation | null;
  readonly online: boolean;
  readonly onPack: (pack: VisitPack) => Promise<void>;
  readonly onSent: (sent: SentVisit) => void;
}

/** The record of what was sent; on a full disk it lives as long as the page. */
function keeperOf(box: DeviceBox, dossier: string): { read: () => Promise<SendRecord>; write: (record: SendRecord) => Promise<void> } {
  const onDisk = sendingOf(box, dossier);
  let inHand: SendRecord | null = null;
  return {
    read: async () => inHand ?? (await onDisk.read().catch(() => nothingSent)),
    write: async (record) => {
      inHand = record;
      await onDisk.write(record).catch(() => undefined);
    },
  };
}

export function Finish({ session, box, book, pack, set, evaluation, online, onPack, onSent }: FinishProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { notes, revise } = book;
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState<VisitProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  // Differences were shown once: pressing again sends both answers.
  const [shown, setShown] = useState(false);
  const removePhoto = useRemovePhoto();
  // Drawn anew only when they changed: each letter of the note below would draw forty photos and a house again.
  const house = useMemo(() => {
    const onHouse = notes.findings.filter(({ place }) => (place ?? null) !== null);
    return onHouse.length === 0 ? null : <HousePicture pins={pinsOf(onHouse)} />;
  }, [notes.findings]);
  const photos = useMemo(() => <PhotoStrip photos={notes.photos} onRemove={removePhoto} />, [notes.photos]);
  const differing = differences(notes, pack);
  const open = evaluation?.open.length ?? 0;
  const undecided = evaluation?.findings.filter(({ id }) => !notes.left.includes(id) && !notes.findings.some(({ from }) => from === id)).length ?? 0;
  const questionText = (id: string): string => set?.set.questions.find((one) => one.id === id)?.text ?? "";

  const send = async (as: Session): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await book.settled();
      const handle = await openScan(as, pack.dossier);
      const fresh = await packVisit(handle, pack.lock);
      await onPack(fresh);
      const next = ontoPack(notes, fresh);
      if (differences(next, fresh).length > 0 && !shown) {
        setShown(true);
        setBusy(false);
        return;
      }
      const sent = await sendVisit(handle, toSend(next, book.shelf.readPhoto, questionText), keeperOf(box, pack.dossier), { backOff, onProgress: setAt });
      await markSent(box, pack.dossier, sent.seq).catch(() => undefined);
      onSent(sent);
    } catch (thrown) {
      if (signedOut.has(problemCode(thrown) ?? "")) setAsking(true);
      else setError(thrown);
      setBusy(false);
      setAt(null);
    }
  };
  const press = (): void => {
    setChecked(true);
    if (busy || !isDay(notes.on) || notes.present.trim() === "") return;
    void send(session);
  };
  // The newest press, for a submit that waits one frame for the last letter to reach the notes.
  const newestPress = useRef(press);
  newestPress.current = press;
  const code = problemCode(error);
  return (
    <div class="stack">
      <h2>{m.finishTitle}</h2>
      <Differences differences={differing} pack={pack} set={set} onChoose={(answer) => revise((now) => choose(now, pack, answer))} />
      <section class="card card-tight stack-small" aria-label={m.goesAlong}>
        <p>
          <strong>{m.goesAlong}</strong>
        </p>
        <ul class="words">
          <li>{m.answersCount(notes.answers.length)}</li>
          {riskDomains.map((domain) => (
            <li key={domain}>
              {shared.domains[domain]}: {m.findings(notes.findings.filter((finding) => finding.domain === domain).length)}
            </li>
          ))}
          <li>{m.photoCount(notes.photos.length)}</li>
        </ul>
        {open > 0 && <p class="soft">{m.unseen(open)}</p>}
        {undecided > 0 && <p class="soft">{m.undecided(undecided)}</p>}
        {house}
        {photos}
        <div class="actions actions-tight">
          <PhotoButtons question={null} />
        </div>
      </section>
      <form
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          afterFrame(() => newestPress.current());
        }}
      >
        <Field
          type="date"
          narrow
          label={m.on}
          value={notes.on}
          error={checked && !isDay(notes.on) ? m.onMissing : null}
          onInput={(on) => revise((now) => ({ ...now, on }))}
        />
        <Present checked={checked} kept={notes.present} onTell={(present) => revise((now) => ({ ...now, present }))} />
        <Note kept={notes.note} onTell={(note) => revise((now) => ({ ...now, note }))} />
        <Notice tone="amber">
          <p>{m.final}</p>
        </Notice>
        {!online && <Notice title={m.cannotSend} live />}
        {at !== null && <ProgressBar label={m.sendingPhotos} done={at.photos} all={Math.max(1, at.allPhotos)} words={m.progressOf(at.photos, at.allPhotos)} />}
        {code === "phase-forbidden" || code === "role-forbidden" ? (
          <Notice tone="amber" live title={m.closedTitle}>
            <p>{m.closed}</p>
          </Notice>
        ) : code === "unavailable" ? (
          <Notice tone="amber" live title={m.broke} />
        ) : (
          error !== null && <ErrorState error={error} />
        )}
        {!asking && (
          <div class="actions">
            <Button type="submit" icon="lock" busy={busy}>
              {busy ? m.sending : m.send}
            </Button>
          </div>
        )}
      </form>
      {asking && (
        <section class="card stack-medium" aria-label={m.signInTitle}>
          <div>
            <h3 class="panel-title">{m.signInTitle}</h3>
            <p class="soft">{m.signInText}</p>
          </div>
          <UnlockForm
            go={m.signIn}
            onHeld={async (held) => {
              const handle = session.handle ?? (await readHandle(box));
              if (handle === null) return false;
              const signedIn = await signInAgain(handle, held);
              if (signedIn.person.person !== session.person.person) return false;
              sessionOfTab.set(signedIn);
              setAsking(false);
              void send(signedIn);
              return true;
            }}
          />
        </section>
      )}
    </div>
  );
}

interface TypedProps {
  readonly kept: string;
  readonly onTell: (words: string) => void;
}

// Components of their own: a letter draws the field it is typed in, and the page after the frame.
function Present({ kept, onTell, checked }: TypedProps & { readonly checked: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { value, write } = useTyped(kept, onTell);
  return (
    <Field
      label={m.present}
      hint={m.presentHint}
      maxLength={400}
      value={value}
      error={checked && value.trim() === "" ? m.presentMissing : null}
      onInput={write}
    />
  );
}

function Note({ kept, onTell }: TypedProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { value, write } = useTyped(kept, onTell);
  return <TextArea label={m.note} optional rows={3} maxLength={60_000} value={value} onInput={write} />;
}

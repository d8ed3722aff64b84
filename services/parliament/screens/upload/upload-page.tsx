/** /kamer/inlezen: reads a file with questions on this device, lets a person mend what was read, and opens the dossier of the set. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { recessEffects, type RecessEffect } from "#registers/answer-term/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { prepareDossier } from "#services/dossier/client/index.ts";
import { desksOf, OwnDesksPage, ToWork } from "#services/dossier/screens/own-desks.tsx";
import { Button, Choice, ErrorState, Field, FileDrop, navigate, Notice, Select, SendForm, Skeleton, useMessages } from "#services/interface/index.ts";
import { defaultSettings } from "#services/parliament/clock/index.ts";
import { openNewSet } from "#services/parliament/client/index.ts";
import type { Reading } from "#services/parliament/reading/index.ts";
import "#services/parliament/screens/kamer.css";
import { en } from "./en.ts";
import { MendReading, Troubles } from "./mend-reading.tsx";
import { addQuestion, beginMending, mayOpen, mendsOf, setsOf, stillWrong, type Mending } from "./mending.ts";
import { nl, type Messages } from "./nl.ts";

export default function UploadPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <OwnDesksPage
      title={m.title}
      lead={m.lead}
      width="wide"
      read={desksOf("parliament")}
      none={{ icon: "people", title: m.noDesk, text: <ToWork words={m.noDeskText} link={m.toWork} /> }}
      choice={m.desk}
      draw={(session, desk) => <Upload session={session} desk={desk} m={m} />}
    />
  );
}

interface Read {
  readonly file: File;
  readonly reading: Reading;
}

function Upload({ session, desk, m }: { readonly session: Session; readonly desk: OpenDesk; readonly m: Messages }): JSX.Element {
  const [read, setRead] = useState<Read | null>(null);
  const [mending, setMending] = useState<Mending | null>(null);
  const [which, setWhich] = useState(0);
  const [byHand, setByHand] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { readQuestions } = await import("#services/parliament/reading/index.ts");
      const reading = await readQuestions({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      setRead({ file, reading });
      setWhich(0);
      setByHand(false);
      setMending(beginMending(reading.dossier));
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  if (busy) return <Skeleton lines={6} />;
  if (read === null || mending === null)
    return (
      <>
        {error !== null && <ErrorState error={error} />}
        <FileDrop label={m.choose} files={[]} onAdd={([file]) => file !== undefined && void take(file)} onRemove={() => undefined} />
      </>
    );
  const sets = setsOf(read.reading.dossier);
  const empty = read.reading.text === "" && read.reading.dossier.questions.length === 0;
  return (
    <div class="stack">
      <p>
        <strong>{read.file.name}</strong>{" "}
        <Button
          look="quiet"
          size="small"
          icon="back"
          onPress={() => {
            setRead(null);
            setMending(null);
          }}
        >
          {m.again}
        </Button>
      </p>
      {sets.length > 1 && (
        <Notice tone="amber" title={m.sets(sets.length)}>
          <Select
            label={m.setsText}
            value={String(which)}
            options={sets.map((one, at) => ({ value: String(at), label: m.setOf(one.reference ?? one.title ?? m.setNoName, one.questions.length) }))}
            onChoose={(value) => {
              const chosen = sets[Number(value)];
              if (chosen === undefined) return;
              setWhich(Number(value));
              setMending(beginMending(chosen));
            }}
          />
        </Notice>
      )}
      {empty && !byHand ? (
        <>
          <Troubles troubles={read.reading.dossier.troubles} m={m} />
          <p>{m.byHandText}</p>
          <div class="actions">
            <Button
              look="second"
              icon="pencil"
              onPress={() => {
                setByHand(true);
                setMending(addQuestion(mending));
              }}
            >
              {m.byHand}
            </Button>
          </div>
        </>
      ) : (
        <>
          <MendReading reading={read.reading} mending={mending} change={setMending} m={m} />
          <Open key={which} session={session} desk={desk} file={read.file} mending={mending} m={m} />
        </>
      )}
    </div>
  );
}

/** How the letter names ministry and minister, and opening the dossier. */
function Open({
  session,
  desk,
  file,
  mending,
  m,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly file: File;
  readonly mending: Mending;
  readonly m: Messages;
}): JSX.Element {
  const [name, setName] = useState("");
  const [minister, setMinister] = useState("");
  const [recess, setRecess] = useState<RecessEffect>(defaultSettings.recess);
  const [checked, setChecked] = useState(false);
  // The same keys when a sending failed half-way: it goes on, and makes no second dossier.
  const [prepared] = useState(prepareDossier);
  useEffect(() => {
    const [first] = mending.addressees.split("\n");
    setMinister((now) => (now === "" ? (first ?? "") : now));
  }, []);
  const open = mayOpen(stillWrong(mending));
  return (
    <section class="card stack-medium">
      <h2>{m.openTitle}</h2>
      {checked && !open && <Notice tone="amber" title={m.cannot} live />}
      <SendForm
        button={m.go}
        ready={() => {
          setChecked(true);
          return open && name.trim() !== "" && minister.trim() !== "";
        }}
        send={async () => {
          const opened = await openNewSet(session, {
            read: mending.read,
            mends: mendsOf(mending),
            desk: desk.id,
            ministry: { name: name.trim(), minister: minister.trim() },
            recess,
            files: [{ name: file.name, mediaType: file.type === "" ? "application/octet-stream" : file.type, bytes: file, capturedAt: null, note: "" }],
            prepared,
          });
          navigate(`/dossier/${opened.dossier}`);
        }}
      >
        <Field label={m.ministry} maxLength={400} value={name} error={checked && name.trim() === "" ? m.ministryMissing : null} onInput={setName} />
        <Field label={m.minister} maxLength={400} value={minister} error={checked && minister.trim() === "" ? m.ministryMissing : null} onInput={setMinister} />
        <Choice
          legend={m.recess}
          hint={m.recessHint}
          options={recessEffects.map((value) => ({ value, title: m.recesses[value] }))}
          value={recess}
          onChoose={setRecess}
        />
      </SendForm>
    </section>
  );
}

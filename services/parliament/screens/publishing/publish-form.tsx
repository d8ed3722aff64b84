/** Publishing: makes the public version again that a colleague looked over, shows it with what was left out and the records that go along, and publishes exactly that. Drawn by the road. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Done } from "#services/dossier/screens/step-dialog.tsx";
import { today } from "#services/dossier/workflow/terms.ts";
import { Button, ErrorState, Field, Notice, saveFile, SendForm, Skeleton, useLanguage, useMessages, writeMoment } from "#services/interface/index.ts";
import { Problem } from "#services/problem/index.ts";
import { publishSet } from "#services/parliament/client/index.ts";
import type { PartProps } from "#services/parliament/screens/work/set-actions.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { digestOfNote } from "./paper-bytes.ts";
import { PublicLook } from "./public-look.tsx";
import { makePublic, type Made } from "./public-version.ts";
import { recordsOf, type Records } from "./records.ts";

const https = (address: string): boolean => /^https:\/\/\S+$/u.test(address.trim());

export function PublishForm({ handle, view, m: words, done }: Omit<PartProps, "onChange"> & { readonly done: Done }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [made, setMade] = useState<Made | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [on, setOn] = useState(today);
  const [letter, setLetter] = useState("");
  const [note, setNote] = useState("");
  const [publisher, setPublisher] = useState("");
  const [records, setRecords] = useState<Records | string | null>(null);
  const [checked, setChecked] = useState(false);
  const { publicVersion } = view;
  useEffect(() => {
    if (publicVersion !== null) makePublic(view, publicVersion.version, publicVersion.person, nl).then(setMade, setError);
  }, [view]);
  useEffect(() => {
    let wanted = true;
    recordsOf(view, { on, publisher }).then(
      (one) => wanted && setRecords(one),
      (thrown: unknown) => wanted && setRecords(thrown instanceof Error ? thrown.message : String(thrown)),
    );
    return () => {
      wanted = false;
    };
  }, [view, on, publisher]);
  if (view.entries.some(({ content, author }) => content?.kind === "initial" && author.person === handle.session.person.person))
    return <Notice title={m.ownInitial} />;
  if (error !== null) return <ErrorState error={error} />;
  if (publicVersion === null || made === null) return <Skeleton lines={8} />;
  const { version } = publicVersion;
  const whole = typeof records === "object" && records !== null ? records : null;
  const ready = whole !== null && https(letter) && https(note);
  return (
    <SendForm
      button={m.publishGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (whole === null) return;
        if ((await digestOfNote(made.note)) !== version.sha256) throw new Problem("digest-mismatch", m.differs, m.differs);
        const signed = view.signature?.body.documents.find(({ what }) => what === "letter")?.sha256 ?? "";
        const documents = [
          { what: "letter" as const, documentType: "antwoord Kamervragen", title: words.letter, address: letter.trim(), sha256: signed },
          { what: "note" as const, documentType: "beslisnota", title: words.notePaper, address: note.trim(), sha256: version.sha256 },
        ];
        await done(publishSet(handle, view, { on, documents, record: whole.json, words: "" }));
      }}
    >
      <p>{m.checkedBy(publicVersion.body.signedBy.name, writeMoment(language, publicVersion.at))}</p>
      <PublicLook made={{ ...made, withheld: version.withheld }} names={version.names.length} m={m} />
      <h3>{m.publish}</h3>
      <Field type="date" narrow label={m.publishedOn} value={on} onInput={setOn} />
      <Field label={m.address} maxLength={2000} value={letter} error={checked && !https(letter) ? m.addressWrong : null} onInput={setLetter} />
      <Field label={m.noteAddress} maxLength={2000} value={note} error={checked && !https(note) ? m.addressWrong : null} onInput={setNote} />
      <Field
        label={m.publisher}
        hint={m.publisherHint}
        maxLength={200}
        value={publisher}
        error={checked && typeof records === "string" ? `${m.recordWrong} ${records}` : null}
        onInput={setPublisher}
      />
      {whole !== null && (
        <section class="stack-small" aria-label={m.record}>
          <h3>{m.record}</h3>
          <p class="soft small">{m.recordText}</p>
          <details>
            <summary>{m.record}</summary>
            <pre class="kamer-record" tabIndex={0}>
              {whole.json}
            </pre>
          </details>
          <div class="actions">
            <Button look="second" size="small" icon="download" onPress={() => saveXml("antwoordbrief.xml", whole.xml.letter)}>
              {m.recordLetter}
            </Button>
            <Button look="second" size="small" icon="download" onPress={() => saveXml("beslisnota.xml", whole.xml.note)}>
              {m.recordNote}
            </Button>
          </div>
        </section>
      )}
    </SendForm>
  );
}

const saveXml = (name: string, text: string): void => saveFile(name, new TextEncoder().encode(text), "application/xml");

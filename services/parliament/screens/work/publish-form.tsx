/** Telling that letter and note were published, and who looked at the public version. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { ErrorState, Field, Select, SendForm, Skeleton } from "#services/interface/index.ts";
import { publishSet } from "#services/parliament/client/index.ts";
import { useDesks } from "./desks.ts";
import type { FormProps } from "./text-form.tsx";

export function PublishForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [desks, error] = useDesks({ handle }, "parliament");
  const [on, setOn] = useState(today);
  const [letter, setLetter] = useState("");
  const [note, setNote] = useState("");
  const [who, setWho] = useState("");
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ErrorState error={error} />;
  if (desks === null) return <Skeleton lines={3} />;
  const self = handle.session.person.person;
  const people = desks
    .filter(({ id }) => id === view.lead.desk)
    .flatMap(({ roster }) => roster.members)
    .filter(({ person }) => person !== self);
  const checker = people.find(({ person }) => person === who);
  const https = (address: string): boolean => /^https:\/\/\S+$/u.test(address.trim());
  const ready = checker !== undefined && https(letter) && https(note);
  const signed = (what: "letter" | "note"): string => view.signature?.body.documents.find((one) => one.what === what)?.sha256 ?? "";
  return (
    <SendForm
      button={m.publishGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (checker === undefined) return;
        const documents = [
          { what: "letter" as const, documentType: "antwoord Kamervragen", title: m.letter, address: letter.trim(), sha256: signed("letter") },
          { what: "note" as const, documentType: "beslisnota", title: m.notePaper, address: note.trim(), sha256: signed("note") },
        ];
        await done(
          publishSet(handle, view, {
            on,
            documents,
            withheld: [],
            checkedBy: { name: checker.name.slice(0, 400), office: checker.office.slice(0, 400) },
            record: "",
            words: "",
          }),
        );
      }}
    >
      <Field type="date" narrow label={m.publishedOn} value={on} onInput={setOn} />
      <Field label={m.address} maxLength={2000} value={letter} error={checked && !https(letter) ? m.addressWrong : null} onInput={setLetter} />
      <Field label={m.noteAddress} maxLength={2000} value={note} error={checked && !https(note) ? m.addressWrong : null} onInput={setNote} />
      <Select
        label={m.checkedBy}
        error={checked && checker === undefined ? m.fill : null}
        value={who}
        options={[{ value: "", label: m.someone }, ...people.map(({ person, name }) => ({ value: person, label: name }))]}
        onChoose={setWho}
      />
    </SendForm>
  );
}

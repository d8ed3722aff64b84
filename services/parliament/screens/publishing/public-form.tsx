/** The second pair of eyes: someone who did not write the newest words chooses what stays inside, reads the public version whole, and signs for exactly that file. Drawn by the road. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Done } from "#services/dossier/screens/step-dialog.tsx";
import { Choices, ErrorState, Notice, Select, SendForm, Skeleton, TextArea, useMessages } from "#services/interface/index.ts";
import { initialPublic } from "#services/parliament/client/index.ts";
import type { PartProps } from "#services/parliament/screens/work/set-actions.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { digestOfNote } from "./paper-bytes.ts";
import { PublicLook } from "./public-look.tsx";
import { makePublic, officialsOf, writersOf, type Made } from "./public-version.ts";

export function PublicForm({ handle, view, m: words, done }: Omit<PartProps, "onChange"> & { readonly done: Done }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [names, setNames] = useState<readonly string[] | null>(null);
  const [inside, setInside] = useState<readonly string[]>([]);
  const [grounds, setGrounds] = useState<Readonly<Partial<Record<string, string>>>>({});
  const [mayStand, setMayStand] = useState<readonly string[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const [comment, setComment] = useState("");
  const [checked, setChecked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const self = handle.session.person.person;
  const own = writersOf(view).includes(self);
  const parts = inside.map((part) => ({ part, ground: grounds[part] ?? "" }));
  const missing = parts.some(({ ground }) => ground === "");
  const choices = { parts: parts.filter(({ ground }) => ground !== ""), names: names === null ? [] : [...names], mayStand: [...mayStand] };
  useEffect(() => {
    officialsOf(handle, view).then(setNames, setError);
  }, [handle, view]);
  const chosen = JSON.stringify(choices);
  useEffect(() => {
    let wanted = true;
    // Another name than the writer's: the server holds that it is another person.
    if (names !== null && !own) makePublic(view, choices, self, nl).then((one) => wanted && setMade(one), setError);
    return () => {
      wanted = false;
    };
  }, [chosen, names]);
  if (own) return <Notice title={m.ownWords} />;
  if (error !== null) return <ErrorState error={error} />;
  if (made === null || names === null) return <Skeleton lines={8} />;
  const nameOf = (id: string): string => {
    const part = view.note.parts.find((one) => one.id === id);
    return part === undefined ? id : part.heading === "" ? (words.sections[part.section] ?? part.section) : part.heading;
  };
  return (
    <SendForm
      button={m.makeGo}
      ready={() => {
        setChecked(true);
        return !missing;
      }}
      send={async () => {
        const sha256 = await digestOfNote(made.note);
        await done(initialPublic(handle, view, { ...choices, sha256, withheld: [...made.withheld] }, comment.trim()));
      }}
    >
      <p>{m.makeText}</p>
      <Choices
        legend={m.parts}
        hint={m.partsHint}
        options={view.note.parts.map(({ id }) => ({ value: id, title: nameOf(id) }))}
        values={inside}
        onChoose={setInside}
      />
      {inside.map((id) => (
        <Select
          key={id}
          label={m.ground(nameOf(id))}
          value={grounds[id] ?? ""}
          error={checked && (grounds[id] ?? "") === "" ? m.groundMissing : null}
          options={[{ value: "", label: m.choose }, ...Object.entries(m.grounds).map(([value, label]) => ({ value, label }))]}
          onChoose={(value) => setGrounds({ ...grounds, [id]: value })}
        />
      ))}
      {made.found.length > 0 && (
        <Choices
          legend={m.standing}
          hint={m.standingHint}
          options={made.found.map((value) => ({ value, title: value }))}
          values={mayStand}
          onChoose={setMayStand}
        />
      )}
      <PublicLook key={chosen} made={made} names={names.length} m={m} />
      <TextArea label={m.comment} rows={2} maxLength={20_000} optional value={comment} onInput={setComment} />
    </SendForm>
  );
}

/** Letter and note side by side, as they read now. */
import { Fragment, type JSX } from "preact";
import { useState } from "preact/hooks";
import { readAnchorUnverified } from "#services/directory/screens/session.ts";
import { PaperList, type PaperOffer } from "#services/dossier/screens/papers/paper-list.tsx";
import { Button, ErrorState, saveFile } from "#services/interface/index.ts";
import { canMake, letterOf, noteOf } from "./papers.ts";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

/** "de leden A (X) en B (Y)", as the letter names them. */
function membersInWords(members: PartProps["view"]["set"]["members"]): string {
  const names = members.map(({ name, faction }) => (faction === null ? name : `${name} (${faction})`));
  return `${names.length === 1 ? "het lid" : "de leden"} ${new Intl.ListFormat("nl", { type: "conjunction" }).format(names)}`;
}

export function Preview({ view, m }: PartProps): JSX.Element {
  const { set, also } = view;
  const behalf = also.map(({ ministry }) => ministry.minister);
  return (
    <section class="stack-medium">
      <h2>{m.preview}</h2>
      <p class="soft">{m.previewText}</p>
      <div class="kamer-papers">
        <section class="kamer-paper" aria-label={m.letter} lang="nl">
          <h3>{m.letter}</h3>
          <p>
            Hierbij bied ik u{behalf.length > 0 && `, mede namens ${new Intl.ListFormat("nl", { type: "conjunction" }).format(behalf)},`} de antwoorden aan op
            de schriftelijke vragen van {membersInWords(set.members)}
            {set.subject !== null && ` over ${set.subject}`}
            {set.reference !== null && ` (kenmerk ${set.reference})`}.
          </p>
          <p>{view.lead.minister}</p>
          {view.questions.map(({ number, question, draft }) => (
            <Fragment key={number}>
              <h4>Vraag {number}</h4>
              <p class="kamer-quote">{question.text}</p>
              <h4>Antwoord {number}</h4>
              {draft.newest === null ? <p class="soft">{m.noWords}</p> : <Words words={draft.newest.words} />}
            </Fragment>
          ))}
        </section>
        <section class="kamer-paper" aria-label={m.notePaper} lang="nl">
          <h3>{m.notePaper}</h3>
          {view.note.parts.map(({ id, section, heading, questions, text }) => (
            <Fragment key={id}>
              <h4>
                {heading === "" ? (m.sections[section] ?? section) : heading}
                {questions.length > 0 && ` (${m.onQuestions(questions)})`}
              </h4>
              <Words words={text.newest?.words ?? []} />
            </Fragment>
          ))}
        </section>
      </div>
      {canMake(view) && <Downloads view={view} m={m} />}
    </section>
  );
}

const settings = (): { readonly site: string | null } => ({ site: location.origin.startsWith("https:") ? location.origin : null });
const how = async (): Promise<{ readonly signing: false; readonly demonstration: boolean }> => ({
  signing: false,
  demonstration: (await readAnchorUnverified())?.demonstration === true,
});
const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const odt = "application/vnd.oasis.opendocument.text";

/** Both papers to keep: PDF by the paper worker, DOCX and ODT by this page. The room that makes them is fetched when someone asks. */
function Downloads({ view, m }: Pick<PartProps, "view" | "m">): JSX.Element {
  const [busy, setBusy] = useState("");
  const [error, setError] = useState<unknown>(null);
  const save = (key: string, make: () => Promise<readonly [string, Uint8Array<ArrayBuffer>, string]>): void => {
    setBusy(key);
    setError(null);
    make()
      .then(([name, bytes, type]) => saveFile(name, bytes, type))
      .catch(setError)
      .finally(() => setBusy(""));
  };
  const offers: readonly PaperOffer[] = [
    {
      key: `letter ${view.whole}`,
      name: m.letter,
      text: m.letterText,
      make: async (set) => {
        const { letterPaper } = await import("#services/parliament/documents/index.ts");
        return await set({ ...letterPaper(letterOf(view, await how()), settings()), assets: {}, fileName: "antwoordbrief.pdf", leftOut: [] });
      },
    },
    {
      key: `note ${view.whole}`,
      name: m.notePaper,
      text: m.noteText,
      make: async (set) => {
        const { notePaper } = await import("#services/parliament/documents/index.ts");
        return await set({ ...notePaper(noteOf(view, await how()), settings()), assets: {}, fileName: "beslisnota.pdf", leftOut: [] });
      },
    },
  ];
  const files = [
    [
      "letter-docx",
      `${m.letter}: ${m.docx}`,
      async () => ["antwoordbrief.docx", await (await documents()).letterDocx(letterOf(view, await how()), settings()), docx] as const,
    ],
    [
      "letter-odt",
      `${m.letter}: ${m.odt}`,
      async () => ["antwoordbrief.odt", await (await documents()).letterOdt(letterOf(view, await how()), settings()), odt] as const,
    ],
    [
      "note-docx",
      `${m.notePaper}: ${m.docx}`,
      async () => ["beslisnota.docx", await (await documents()).noteDocx(noteOf(view, await how()), settings()), docx] as const,
    ],
    [
      "note-odt",
      `${m.notePaper}: ${m.odt}`,
      async () => ["beslisnota.odt", await (await documents()).noteOdt(noteOf(view, await how()), settings()), odt] as const,
    ],
  ] as const;
  return (
    <>
      <PaperList offers={offers} />
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        {files.map(([key, name, make]) => (
          <Button key={key} look="second" size="small" icon="download" busy={busy === key} onPress={() => save(key, make)}>
            {name}
          </Button>
        ))}
      </div>
    </>
  );
}
const documents = () => import("#services/parliament/documents/index.ts");
